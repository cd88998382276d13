"""The reference page speaks of every word of the schema, and its examples are accepted."""

import pytest

from our_tools import tool
from tanxin.core.policy import load_packs
from tanxin.packs import LIBRARY, shipped_sources

page = tool("rule_language")
EXAMPLES = list(page.examples())


def test_every_word_of_the_schema_has_a_text_and_an_example_where_one_can_stand_alone():
    texts = page.texts()
    without = {
        word
        for section, entries in texts.items()
        for word, entry in entries.items()
        if section not in {"citation", "patterns"} and "example" not in entry
    }

    assert without == {"answer", "text_only", "replaces"}


@pytest.mark.parametrize(("section", "word", "text"), EXAMPLES, ids=lambda each: str(each)[:20])
def test_every_example_works_and_says_its_word(section, word, text):
    assert page.faults_of(text) == []
    assert word in text


def test_a_word_without_a_text_is_missed(monkeypatch):
    sections = {**page.SECTIONS, "count": ("Count", ("pair", "trio"))}
    monkeypatch.setattr(page, "SECTIONS", sections)

    with pytest.raises(page.WordsDiffer, match="trio"):
        page.texts()


def test_every_pattern_leads_to_a_rule_there_is():
    packs = load_packs(shipped_sources(*LIBRARY)).packs
    known = {f"{pack.id}/{rule.id}" for pack in packs for rule in pack.rules}

    assert {entry["example"] for entry in page.texts()["patterns"].values()} <= known
