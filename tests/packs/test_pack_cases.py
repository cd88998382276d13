from datetime import date

import pytest
from cases import all_cases, matches, snapshot_of, told

from tanxin.core.calendar import WorkCalendar
from tanxin.core.policy import derive, load_packs
from tanxin.packs import shipped_sources

CASES = list(all_cases())


def duties_of(case):
    checked = load_packs(shipped_sources(*case["packs"]))
    assert not checked.faults
    horizon = (date(case["year"], 1, 1), date(case["year"] + 1, 1, 1))
    snapshot = snapshot_of(case["given"])
    return list(derive(snapshot, checked.packs, horizon, WorkCalendar(), today=case["today"]))


@pytest.mark.parametrize("case", CASES)
def test_a_case_of_a_pack_comes_out_as_written(case):
    duties = duties_of(case)

    expected = case.get("expect", [])
    for each in expected:
        wanted = each.get("times", 1)
        assert sum(matches(each, duty) for duty in duties) == wanted, (
            each,
            list(map(told, duties)),
        )
    named = {each["rule"] for each in expected}
    assert [
        told(duty)
        for duty in duties
        if duty.rule.rule in named and not any(matches(each, duty) for each in expected)
    ] == []
    for absent in case.get("absent", []):
        unwanted = absent if isinstance(absent, dict) else {"rule": absent}
        assert [told(duty) for duty in duties if matches(unwanted, duty)] == []


@pytest.mark.parametrize("case", CASES)
def test_a_case_names_only_rules_there_are(case):
    packs = load_packs(shipped_sources(*case["packs"])).packs
    known = {rule.id for pack in packs for rule in pack.rules}

    absent = [each["rule"] if isinstance(each, dict) else each for each in case.get("absent", [])]

    assert {each["rule"] for each in case.get("expect", [])} | set(absent) <= known
    assert case.get("expect") or absent
