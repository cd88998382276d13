from datetime import date

import pytest

from tanxin.apps.org.roster import Known, Severity, read_roster
from tanxin.demo.files import (
    faulty_workbook,
    institution_table,
    leaders_forms,
    main_workbook,
    relations_workbook,
)
from tanxin.demo.invent import invent
from tanxin.demo.seeding.founding import ELSEWHERE

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def org():
    return invent(TODAY)


def known(org):
    return Known(
        units=frozenset(unit.name for unit in org.units),
        teams=frozenset(seat.team for seat in org.seats),
        names=frozenset(human.name for human in org.people),
        numbers=frozenset(human.number for human in org.people),
    )


def bad(roster):
    return [finding for finding in roster.findings if finding.severity is not Severity.NOTE]


def test_the_commission_is_as_large_as_it_says(org):
    assert len(org.people) == 640
    assert len(org.leaders) == 7
    assert sum(unit.kind == "处室" for unit in org.units) == 22
    assert sum(unit.kind == "下属单位" for unit in org.units) == 6
    assert sum(unit.kind == "党支部" for unit in org.units) == 30
    assert len({human.name for human in org.people}) == 640


def test_it_is_invented_the_same_way_every_time_on_a_day():
    assert invent(TODAY) == invent(TODAY)


@pytest.mark.parametrize("day", [date(2027, 2, 28), date(2028, 2, 29), date(2029, 7, 1)])
def test_it_can_be_invented_on_any_day(day):
    org = invent(day)
    roster = read_roster("册.xlsx", main_workbook(org, ELSEWHERE), today=day)

    assert not bad(roster)
    assert all(state.start <= day for state in org.states)


def test_every_file_reads_without_a_question(org):
    here = read_roster("册.xlsx", main_workbook(org, ELSEWHERE), today=TODAY)
    there = read_roster("院.csv", institution_table(org, ELSEWHERE), today=TODAY, known=known(org))
    more = read_roster("联系.xlsx", relations_workbook(org), today=TODAY, known=known(org))

    assert [bad(roster) for roster in (here, there, more)] == [[], [], []]
    assert len(here.people) + len(there.people) == 640
    assert len(more.charges) == 28
    assert len(more.states) == len(org.states)


def test_each_leader_has_a_form(org):
    forms = leaders_forms(org)
    rosters = [read_roster(name, data, today=TODAY) for name, data in forms.items()]

    assert [roster.people[0].name for roster in rosters] == [leader.name for leader in org.leaders]
    assert all(roster.people[0].career for roster in rosters)


def test_the_faulty_file_shows_the_classic_faults_and_some_good_rows(org):
    roster = read_roster("待修正.xlsx", faulty_workbook(org), today=TODAY, known=known(org))
    codes = {finding.code for finding in bad(roster)}

    assert {
        "id-length", "date-impossible", "unit-unknown-like", "rank-unknown", "phone-unreadable",
        "before-birth", "name-missing", "id-gender-differs", "date-ambiguous", "id-lost-digits",
    } <= codes  # fmt: skip
    assert sum(roster.takes(row) for row in roster.people) >= 3


def test_nobody_could_be_real(org):
    assert all(human.id_number.startswith("990101") for human in org.people)
    assert all(human.phone.startswith("140") for human in org.people)
