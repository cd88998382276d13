import pytest
from cases import all_cases

from tanxin.core.policy import load_packs, notes_on
from tanxin.packs import LIBRARY, SHIPPED, shipped_sources


def test_the_shipped_packs_have_no_fault():
    checked = load_packs(shipped_sources())

    assert checked.faults == ()
    assert [pack.id for pack in checked.packs] == list(SHIPPED)


@pytest.mark.parametrize(
    "pack", load_packs(shipped_sources(*LIBRARY)).packs, ids=lambda pack: pack.id
)
def test_every_shipped_rule_rests_on_a_clause_nobody_claims_to_have_verified(pack):
    for rule in pack.rules:
        assert rule.cites
        assert all(citation.clause and not citation.verified for citation in rule.cites)
        assert rule.title.zh
        assert rule.title.en


def test_every_shipped_pack_has_cases():

    assert {param.id.partition("/")[0] for param in all_cases()} == set(LIBRARY)


def test_all_packs_can_be_checked_together():
    assert load_packs(shipped_sources(*LIBRARY)).faults == ()


@pytest.mark.parametrize(
    ("pack", "rule", "other", "code"),
    [
        ("university", "s1-2-members-among", "s2-2-members-before-meeting", "overlap"),
        ("university", "s1-1-chiefs-with-members", "s1-2-members-among", "overlap"),
        ("bureau", "s60-1-retired.calls", "s60-1-retired.visits", "conflict"),
        ("bureau", "s38-1-slight-matters.below", "s38-1-slight-matters.below", None),
    ],
)
def test_the_check_says_where_published_rules_speak_of_the_same_people(pack, rule, other, code):
    packs = load_packs(shipped_sources(pack)).packs

    codes = {(note.params["rule"], note.params["other"]): note.code for note in notes_on(packs)}

    assert codes.get((f"{pack}/{rule}", f"{pack}/{other}")) == code


def test_a_pack_can_be_read_alone():
    assert list(shipped_sources("national")) == ["national/pack.yaml"]
