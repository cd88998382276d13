"""The source of a draft: the same after reading and writing, and untouched where nothing changed."""

from copy import deepcopy
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanxin.core.drafting.placed import look_at
from tanxin.core.drafting.rewrite import read_tree, rewritten
from tanxin.core.drafting.shown import shown
from tanxin.core.drafting.tree import in_one_line, text_of
from tanxin.packs import LIBRARY, shipped_sources

PACKS = {name: next(iter(shipped_sources(name).values())) for name in LIBRARY}


@pytest.mark.parametrize("name", LIBRARY)
def test_a_published_pack_written_anew_says_the_same(name):
    tree = read_tree(PACKS[name])

    assert read_tree(text_of(tree)) == tree


@pytest.mark.parametrize("name", LIBRARY)
def test_a_published_pack_shown_with_its_clauses_is_the_same_pack(name):
    tree = read_tree(PACKS[name])

    assert read_tree(shown(tree, "zh")) == tree
    assert "# 《" in shown(tree, "en")


@pytest.mark.parametrize("name", LIBRARY)
def test_what_was_not_changed_stays_letter_by_letter(name):
    assert rewritten(PACKS[name], read_tree(PACKS[name])) == PACKS[name]


@pytest.mark.parametrize("name", LIBRARY)
def test_a_changed_rule_leaves_every_other_line_as_it_was(name):
    text, tree = PACKS[name], read_tree(PACKS[name])
    tree["rules"][0]["title"] = {"zh": "改过的规则", "en": "Changed"}

    after = rewritten(text, tree)

    assert read_tree(after) == tree
    gone = [line for line in text.splitlines() if line not in after.splitlines()]
    assert len(gone) <= 30
    assert [line for line in gone if line.startswith("#")] == []


def test_rules_can_be_added_moved_and_removed_with_their_comments():
    text = "# head\npack: a\nrules:\n  # of b\n  - {id: b}\n\n  # of c\n  - {id: c}\n# end\n"
    tree = read_tree(text)
    one, two = tree["rules"]

    assert rewritten(text, {**tree, "rules": [two, one]}).index("# of c") < 40
    assert "# of b" not in rewritten(text, {**tree, "rules": [two]})
    assert "{id: b}" in rewritten(text, {**tree, "rules": [one, two, {"id": "d"}]})
    assert "# end" in rewritten(text, {**tree, "rules": [one, two, {"id": "d"}]})


SCALARS = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",)), max_size=12),
    st.sampled_from(["on", "yes", "null", "~", "2026.1", "1e3", "12", "2026-01-01", "a: b", "#x"]),
    st.integers(-9999, 99999),
    st.booleans(),
    st.dates(date(1921, 1, 1), date(2100, 1, 1)),
)
TREES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("ab_on", max_size=4), inner, max_size=3)
    ),
    max_leaves=12,
)


@settings(max_examples=40)
@given(
    st.dictionaries(st.sampled_from(["pack", "rules", "title", "words", "on"]), TREES, max_size=4)
)
def test_whatever_is_written_reads_the_same(tree):
    assert read_tree(text_of(tree)) == tree


ANY_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)


@settings(max_examples=40)
@given(ANY_TEXT, ANY_TEXT, TREES)
def test_whatever_is_shown_reads_the_same(title, clause, value):
    tree = {
        "title": {"zh": title},
        "citations": {"own-1": {"document": "文", "clause": clause}},
        "rules": [{"id": "a", "title": {"zh": title}, "cites": "own-1", "value": value}, value],
    }

    assert read_tree(shown(tree, "zh")) == tree
    line = in_one_line(value)
    assert "\n" not in line
    assert read_tree(f"value: {line}") == {"value": value}


@settings(max_examples=40)
@given(
    st.dictionaries(st.sampled_from(["pack", "rules", "title", "words"]), TREES, max_size=4),
    st.dictionaries(st.sampled_from(["pack", "rules", "title", "words"]), TREES, max_size=4),
)
def test_whatever_was_changed_reads_as_wanted(before, after):
    assert read_tree(rewritten(text_of(before), after)) == after


def test_a_fault_is_placed_at_its_value_and_says_its_line():
    tree = deepcopy(read_tree(PACKS["demo-commission"]))
    tree["rules"][1]["whom"] = {"branch": "membr"}
    del tree["rules"][2]["count"]
    text = text_of(tree)

    found = {placed.path: placed.fault for placed in look_at("x", text, {}).faults}

    wrong = found["rules", 1, "whom", "branch"]
    assert (wrong.code, wrong.hint) == ("value.unknown", "member")
    assert "membr" in text.splitlines()[wrong.line - 1]
    assert found["rules", 2, "count"].code == "key.missing"


def test_text_that_is_no_yaml_has_its_fault_and_no_pack():
    looked = look_at("x", "pack: [", {})

    assert looked.pack is None
    assert [placed.fault.code for placed in looked.faults] == ["yaml.syntax"]
