import pytest
from cases import all_cases

from tanxin.core.policy import load_packs
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


def test_a_pack_can_be_read_alone():
    assert list(shipped_sources("national")) == ["national/pack.yaml"]
