from datetime import date

import pytest
from cases import all_cases

from tanxin.core.policy import load_packs
from tanxin.core.policy.cases import misses
from tanxin.packs import shipped_sources

CASES = list(all_cases())


def packs_of(case):
    checked = load_packs(shipped_sources(*case["packs"]))
    assert not checked.faults
    return checked.packs


@pytest.mark.parametrize("case", CASES)
def test_a_case_of_a_pack_comes_out_as_written(case):
    assert misses(case, packs_of(case)) == []


@pytest.mark.parametrize("case", CASES)
def test_a_case_names_only_rules_there_are(case):
    known = {rule.id for pack in packs_of(case) for rule in pack.rules}

    absent = [each["rule"] if isinstance(each, dict) else each for each in case.get("absent", [])]

    assert {each["rule"] for each in case.get("expect", [])} | set(absent) <= known
    assert case.get("expect") or absent


WRONG = {
    "packs": ["national"],
    "today": date(2026, 11, 23),
    "year": 2026,
    "given": {"branch": {"first": {"ada": "secretary", "ben": "committee", "cleo": "member"}}},
}
AMONG = "branch-committee-among"
MEMBER = "branch-committee-member"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"expect": [{"rule": AMONG, "who": "ben"}]}, [(1, 0), (0, 1)]),
        ({"expect": [{"rule": MEMBER, "times": 2}]}, [(2, 1)]),
        ({"absent": [AMONG]}, [(0, 1)]),
        ({"absent": [{"rule": AMONG, "whom": "cleo"}]}, []),
    ],
)
def test_a_case_says_what_came_out_otherwise(said, found):
    wrong = misses({**WRONG, **said}, packs_of(WRONG))

    assert [(miss.wanted, miss.found) for miss in wrong] == found
