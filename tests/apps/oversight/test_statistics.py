"""A quarter is counted once, each thing in one column of one unit, and told in steps."""

from datetime import date, datetime, timedelta
from json import loads

import pytest
from django.utils import timezone

from appraisal_steps import entrusted
from talk_steps import duty_of
from tanxin.apps.audit.selectors import leaves_for
from tanxin.apps.duties.models import Duty
from tanxin.apps.duties.services import meet
from tanxin.apps.org.services.recusing import recuse_from_person
from tanxin.apps.oversight.coverage.models import QuarterTaken
from tanxin.apps.oversight.coverage.reading import (
    StatisticsForbidden,
    StatisticsNotFound,
    quarter,
    quarters,
)
from tanxin.apps.oversight.coverage.taking import column_of, last_quarter, take_quarter
from tanxin.apps.talks.models import Request
from tanxin.core.access import Actor
from tanxin.core.disclosure import Interval

TODAY = timezone.localdate()
PERIOD = last_quarter(TODAY)
DAY = PERIOD.start + timedelta(days=20)


@pytest.fixture
def counted(world):
    """In Ben's department nine talks were owed and seven held; two were owed in the centre."""
    entrusted(world)
    for number in range(11):
        unit = "planning" if number < 9 else "centre"
        duty = duty_of(world, "ben", "cleo", unit_id=world.units[unit], opens=DAY, due=DAY)
        if number < 7:
            meet(world.realm_id, [duty.pk], on=DAY, at=timezone.now())
    for number in range(6):
        asked = timezone.make_aware(datetime(DAY.year, DAY.month, DAY.day, 9))
        Request.objects.create(
            realm_id=world.realm_id, asker_id=world.cleo, asked_id=world.ben, state="accepted",
            asked_at=asked - timedelta(days=9), answer_by=DAY,
            answered_at=asked + timedelta(days=1 if number < 1 else -1),
        )  # fmt: skip
    assert take_quarter(world.realm_id, today=TODAY, at=timezone.now())
    return world


def told(world, name, table="talks"):
    found = quarter(world.actor(name), PERIOD.code, on=TODAY)
    return {line.unit: line for line in found.tables[table]}


def test_a_quarter_is_counted_once_and_then_stays(counted):
    row = QuarterTaken.objects.get()
    assert loads(row.counts)["talks"][str(counted.units["planning"])] == [7, 2]
    assert loads(row.counts)["requests"][str(counted.units["planning"])] == [5, 1]
    assert [leaf.event for leaf in leaves_for(row.realm_id, row.pk)] == ["statistics.taken"]

    Duty.objects.filter(realm=counted.realm_id).delete()
    assert not take_quarter(counted.realm_id, today=TODAY, at=timezone.now())
    assert QuarterTaken.objects.get().counts == row.counts


def test_others_read_steps_and_who_leads_the_unit_the_number(counted):
    planning = counted.units["planning"]

    assert told(counted, "cleo")[planning].numbers == (Interval(5, 9), Interval(0, 4))
    assert told(counted, "sol")[planning].numbers == (Interval(5, 9), Interval(0, 4))
    assert told(counted, "ben")[planning].numbers == (Interval(7, 7), Interval(2, 2))
    assert not told(counted, "ben")[counted.units["centre"]].is_exact


def test_the_whole_says_no_more_than_its_parts_also_to_who_knows_one(counted):
    for name in ("cleo", "ben"):
        lines = told(counted, name)
        units = [line for unit, line in lines.items() if unit is not None]
        assert len(units) >= 3
        outside = told(counted, "cleo")
        added = sum(outside[line.unit].numbers[0].high for line in units)
        assert lines[None].numbers[0].high == added


def test_whom_something_is_kept_from_reads_steps_everywhere(counted):
    recuse_from_person(
        counted.actor("cleo"), counted.ben, counted.cleo, because="dispute", at=timezone.now()
    )

    assert told(counted, "ben")[counted.units["planning"]].numbers[0] == Interval(5, 9)


def test_who_does_not_belong_reads_nothing(counted):
    nobody = Actor(counted.realm_id)
    with pytest.raises(StatisticsForbidden):
        quarters(nobody)
    with pytest.raises(StatisticsForbidden):
        quarter(nobody, PERIOD.code, on=TODAY)
    with pytest.raises(StatisticsNotFound):
        quarter(counted.actor("ben"), "2001-Q1", on=TODAY)
    assert quarters(counted.actor("ben")) == [PERIOD.code]


@pytest.mark.parametrize(
    ("reached", "column"), [(1, 3), (3, 2), (7, 1), (5, 1), (15, 0), (9, 0), (0, 3)]
)
def test_every_issue_is_in_one_column(reached, column):
    assert column_of(reached) == column


def test_a_quarter_settles_for_two_weeks():
    assert last_quarter(date(2026, 10, 15)).code == "2026-Q2"
    assert last_quarter(date(2026, 10, 16)).code == "2026-Q3"
    assert last_quarter(date(2027, 1, 10)).code == "2026-Q3"
