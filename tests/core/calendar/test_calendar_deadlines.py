"""Deadlines forward and backward, yearly days and windows."""

from calendar import isleap, monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanxin.core.calendar import (
    CalendarNeeded,
    Day,
    DayKind,
    NegativeOffset,
    Offset,
    OffsetUnit,
    Window,
    WorkCalendar,
    deadline_after,
    deadline_before,
    window_around,
    yearly_date,
)

CALENDAR = WorkCalendar()
UNITS = st.sampled_from(OffsetUnit)
OFFSETS = st.builds(Offset, st.integers(0, 60), UNITS)
MONTHLY = st.builds(
    Offset, st.integers(0, 60), st.sampled_from([OffsetUnit.MONTH, OffsetUnit.YEAR])
)
LEAP_DAYS = st.sampled_from([date(year, 2, 29) for year in range(1980, 2100, 4)])
YEAR_ENDS = st.builds(
    lambda year, shift: date(year, 1, 1) + timedelta(days=shift),
    st.integers(1980, 2099),
    st.integers(-3, 2),
)
DAYS = st.dates(date(1980, 1, 1), date(2099, 12, 31)) | LEAP_DAYS | YEAR_ENDS


def offset(text):
    n, unit = text.split()
    return Offset(int(n), OffsetUnit(unit))


@pytest.mark.parametrize(
    ("anchor", "by", "due"),
    [
        ("2026-11-23", "1 day", "2026-11-24"),
        ("2026-12-31", "1 day", "2027-01-01"),
        ("2026-11-23", "1 week", "2026-11-30"),
        ("2024-02-29", "1 day", "2024-03-01"),
        ("2026-01-31", "1 month", "2026-02-28"),
        ("2024-01-31", "1 month", "2024-02-29"),
        ("2026-12-31", "2 month", "2027-02-28"),
        ("2026-11-30", "1 month", "2026-12-30"),
        ("2024-02-29", "1 year", "2025-02-28"),
        ("2024-02-29", "4 year", "2028-02-29"),
        ("2026-09-30", "5 working_day", "2026-10-13"),
        ("2025-12-31", "1 working_day", "2026-01-04"),
        ("2026-10-03", "0 working_day", "2026-10-08"),
        ("2026-10-03", "0 day", "2026-10-03"),
    ],
)
def test_a_deadline_after_an_event_does_not_count_its_day(anchor, by, due):
    found = deadline_after(date.fromisoformat(anchor), offset(by), CALENDAR)

    assert found.isoformat() == due


@pytest.mark.parametrize(
    ("anchor", "by", "due"),
    [
        ("2026-11-23", "1 day", "2026-11-22"),
        ("2027-01-01", "1 day", "2026-12-31"),
        ("2027-01-04", "1 week", "2026-12-28"),
        ("2024-03-31", "1 month", "2024-02-29"),
        ("2027-01-31", "2 month", "2026-11-30"),
        ("2024-02-29", "1 year", "2023-02-28"),
        ("2026-02-17", "1 working_day", "2026-02-14"),
        ("2026-10-08", "3 working_day", "2026-09-28"),
        ("2026-10-03", "0 working_day", "2026-09-30"),
        ("2026-09-30", "0 working_day", "2026-09-30"),
    ],
)
def test_a_deadline_before_an_event_does_not_count_its_day(anchor, by, due):
    found = deadline_before(date.fromisoformat(anchor), offset(by), CALENDAR)

    assert found.isoformat() == due


def test_working_days_follow_the_organisations_own_table():
    closed = WorkCalendar({date(2026, 11, 24): Day(DayKind.HOLIDAY, "校庆")})

    assert deadline_after(date(2026, 11, 23), offset("1 working_day"), closed) == date(2026, 11, 25)
    assert deadline_before(date(2026, 11, 25), offset("1 working_day"), closed) == date(
        2026, 11, 23
    )


def test_an_offset_has_no_direction_of_its_own():
    with pytest.raises(NegativeOffset, match="-1 week"):
        Offset(-1, OffsetUnit.WEEK)


def test_a_birthday_on_29_february_is_kept_on_the_28th_in_common_years():
    born = date(1964, 2, 29)

    assert yearly_date(born, 2026) == date(2026, 2, 28)
    assert yearly_date(born, 2028) == date(2028, 2, 29)
    assert yearly_date(born, 2100) == date(2100, 2, 28)
    assert yearly_date(date(1970, 12, 31), 2026) == date(2026, 12, 31)


def test_a_window_reaches_as_far_before_as_after():
    around = window_around(date(2027, 1, 1), offset("1 week"))

    assert around == Window(date(2026, 12, 25), end_exclusive=date(2027, 1, 9))
    assert around.last_day == date(2027, 1, 8)
    assert date(2027, 1, 8) in around
    assert date(2027, 1, 9) not in around


def test_a_window_of_working_days_needs_to_know_which_they_are():
    with pytest.raises(CalendarNeeded):
        window_around(date(2026, 10, 1), offset("1 working_day"))

    around = window_around(date(2026, 10, 1), offset("1 working_day"), CALENDAR)
    assert (around.start, around.last_day) == (date(2026, 9, 30), date(2026, 10, 8))


@given(DAYS, OFFSETS)
def test_deadlines_lie_on_their_own_side_of_the_event(anchor, by):
    before = deadline_before(anchor, by, CALENDAR)
    after = deadline_after(anchor, by, CALENDAR)

    assert before <= anchor <= after
    if by.n:
        assert before < anchor < after


@given(DAYS, DAYS, OFFSETS)
def test_a_later_event_never_has_an_earlier_deadline(one, other, by):
    early, late = sorted((one, other))

    assert deadline_after(early, by, CALENDAR) <= deadline_after(late, by, CALENDAR)
    assert deadline_before(early, by, CALENDAR) <= deadline_before(late, by, CALENDAR)


@given(DAYS, st.integers(1, 60), UNITS)
def test_a_longer_offset_always_reaches_further(anchor, n, unit):
    shorter, longer = Offset(n, unit), Offset(n + 1, unit)

    assert deadline_after(anchor, shorter, CALENDAR) < deadline_after(anchor, longer, CALENDAR)
    assert deadline_before(anchor, longer, CALENDAR) < deadline_before(anchor, shorter, CALENDAR)


@given(DAYS)
def test_from_a_day_off_none_and_one_working_day_are_the_same(anchor):
    none, one = offset("0 working_day"), offset("1 working_day")
    worked = CALENDAR.is_working_day(anchor)

    for due in (deadline_after, deadline_before):
        assert (due(anchor, none, CALENDAR) == anchor) == worked
        assert (due(anchor, none, CALENDAR) == due(anchor, one, CALENDAR)) != worked


@given(DAYS, MONTHLY)
def test_months_keep_the_day_or_end_with_the_month(anchor, by):
    months = by.n * (12 if by.unit is OffsetUnit.YEAR else 1)
    for due, sign in (
        (deadline_after(anchor, by, CALENDAR), 1),
        (deadline_before(anchor, by, CALENDAR), -1),
    ):
        passed = (due.year - anchor.year) * 12 + due.month - anchor.month
        assert passed == sign * months
        assert due.day == min(anchor.day, monthrange(due.year, due.month)[1])


@given(DAYS, st.integers(0, 200))
def test_seven_days_are_a_week_and_twelve_months_a_year(anchor, n):
    weeks, years = Offset(n, OffsetUnit.WEEK), Offset(n % 60, OffsetUnit.YEAR)
    days, months = Offset(7 * n, OffsetUnit.DAY), Offset(12 * (n % 60), OffsetUnit.MONTH)

    for due in (deadline_after, deadline_before):
        assert due(anchor, weeks, CALENDAR) == due(anchor, days, CALENDAR)
        assert due(anchor, years, CALENDAR) == due(anchor, months, CALENDAR)


@given(DAYS, st.integers(1980, 2120))
def test_everybody_has_one_birthday_a_year(born, year):
    found = yearly_date(born, year)

    assert (found.year, found.month) == (year, born.month)
    moved = (born.month, born.day) == (2, 29) and not isleap(year)
    assert found.day == (28 if moved else born.day)


@given(DAYS, OFFSETS)
def test_a_window_holds_the_day_and_both_its_ends(day, by):
    around = window_around(day, by, CALENDAR)

    assert day in around
    assert around.start == deadline_before(day, by, CALENDAR)
    assert around.last_day == deadline_after(day, by, CALENDAR)
    assert around.days == (around.last_day - around.start).days + 1
