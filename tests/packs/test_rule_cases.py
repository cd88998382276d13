"""The page of cases speaks of every word of the code, and its examples hold."""

import pytest

from our_tools import tool
from tanxin.core.policy import load_packs
from tanxin.core.policy.case_faults import case_faults
from tanxin.core.policy.cases import cases_in, misses
from tanxin.packs import LIBRARY, shipped_sources

page = tool("rule_cases")
PACKS = load_packs(shipped_sources(*LIBRARY)).packs


@pytest.mark.parametrize(
    ("section", "word", "text"),
    list(page.examples()),
    ids=[f"{section}-{word}" for section, word, _ in page.examples()],
)
def test_every_example_is_a_case_that_can_be_run(section, word, text):
    assert case_faults("a", text, PACKS) == []
    assert word in page.texts()[section][word]["example"]
    for case in cases_in(text):
        found = misses(case, [pack for pack in PACKS if pack.id in case["packs"]])
        assert section not in {"expect", "case"} or found == []


def test_a_word_without_a_text_is_missed(monkeypatch):
    sections = {**page.SECTIONS, "lapse": ("Lapse", ("day", "person", "rule", "hour"))}
    monkeypatch.setattr(page, "SECTIONS", sections)

    with pytest.raises(page.WordsOfCasesDiffer, match="hour"):
        page.texts()
