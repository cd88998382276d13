"""Periods: what they cover, how they are called, and what belongs to which."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanxin.core.calendar import (
    CustomPeriod,
    NoSuchPeriod,
    Period,
    PeriodBackwards,
    PeriodKind,
    period_of,
    periods_in,
    sub_periods,
)

AUTUMN = CustomPeriod("2026-T1", "2026年秋季学期", date(2026, 9, 1), date(2027, 1, 15))
SPRING = CustomPeriod("2026-T2", "2027年春季学期", date(2027, 2, 22), date(2027, 7, 9))
TERMS = (SPRING, AUTUMN)
CALENDRICAL = [
    PeriodKind.WEEK,
    PeriodKind.MONTH,
    PeriodKind.QUARTER,
    PeriodKind.HALF,
    PeriodKind.YEAR,
]
KINDS = st.sampled_from(CALENDRICAL)
NEAR_EDGES = st.builds(
    lambda year, edge, shift: date(year, *edge) + timedelta(days=shift),
    st.integers(1999, 2105),
    st.sampled_from([(1, 1), (3, 1), (7, 1)]),
    st.integers(-4, 4),
)
DAYS = st.dates(date(1950, 1, 1), date(2200, 12, 31)) | NEAR_EDGES


@pytest.mark.parametrize(
    ("kind", "day", "code", "start", "last"),
    [
        ("year", "2026-11-23", "2026", "2026-01-01", "2026-12-31"),
        ("half", "2026-06-30", "2026-H1", "2026-01-01", "2026-06-30"),
        ("half", "2026-07-01", "2026-H2", "2026-07-01", "2026-12-31"),
        ("quarter", "2026-08-15", "2026-Q3", "2026-07-01", "2026-09-30"),
        ("quarter", "2026-12-31", "2026-Q4", "2026-10-01", "2026-12-31"),
        ("month", "2026-05-31", "2026-05", "2026-05-01", "2026-05-31"),
        ("month", "2024-02-29", "2024-02", "2024-02-01", "2024-02-29"),
        ("week", "2026-02-15", "2026-W07", "2026-02-09", "2026-02-15"),
        ("week", "2027-01-03", "2026-W53", "2026-12-28", "2027-01-03"),
        ("week", "2024-12-30", "2025-W01", "2024-12-30", "2025-01-05"),
        ("term", "2027-01-15", "2026-T1", "2026-09-01", "2027-01-15"),
        ("custom", "2027-02-22", "2026-T2", "2027-02-22", "2027-07-09"),
    ],
)
def test_a_day_lies_in_a_period_with_a_stable_code(kind, day, code, start, last):
    period = period_of(PeriodKind(kind), date.fromisoformat(day), terms=TERMS)

    assert (period.kind, period.code) == (kind, code)
    assert (period.start.isoformat(), period.last_day.isoformat()) == (start, last)


def test_the_vacation_lies_in_no_term():
    with pytest.raises(NoSuchPeriod, match="no term covers 2027-01-16"):
        period_of(PeriodKind.TERM, date(2027, 1, 16), terms=TERMS)
    with pytest.raises(NoSuchPeriod):
        period_of(PeriodKind.CUSTOM, date(2026, 11, 23))


def test_of_overlapping_campaigns_the_one_that_began_last_is_meant():
    campaign = CustomPeriod("2026-drive", "专项行动", date(2026, 10, 1), date(2026, 10, 31))
    both = (campaign, AUTUMN)

    assert period_of(PeriodKind.CUSTOM, date(2026, 10, 31), terms=both).code == "2026-drive"
    assert period_of(PeriodKind.CUSTOM, date(2026, 11, 1), terms=both).code == "2026-T1"


def test_a_period_that_ends_before_it_begins_cannot_be_named():
    with pytest.raises(PeriodBackwards, match="2026-X"):
        CustomPeriod("2026-X", "", date(2026, 5, 2), date(2026, 5, 1))

    assert CustomPeriod("2026-Y", "", date(2026, 5, 2), date(2026, 5, 2)).start == date(2026, 5, 2)


def test_periods_with_a_day_in_the_range_come_whole_and_in_order():
    months = periods_in(PeriodKind.MONTH, date(2026, 12, 31), date(2027, 2, 1))
    terms = periods_in(PeriodKind.TERM, date(2027, 1, 15), date(2027, 2, 23), terms=TERMS)

    assert [month.code for month in months] == ["2026-12", "2027-01"]
    assert months[0].start == date(2026, 12, 1)
    assert [term.code for term in terms] == ["2026-T1", "2026-T2"]


def test_terms_that_only_touch_the_range_are_outside():
    assert periods_in(PeriodKind.TERM, date(2027, 1, 16), date(2027, 2, 22), terms=TERMS) == ()


@pytest.mark.parametrize("kind", CALENDRICAL)
def test_an_empty_range_has_no_periods(kind):
    assert periods_in(kind, date(2026, 5, 1), date(2026, 5, 1)) == ()
    assert periods_in(kind, date(2026, 5, 1), date(2026, 4, 1)) == ()


def test_a_year_has_its_quarters_halves_months_and_terms():
    year = period_of(PeriodKind.YEAR, date(2026, 11, 23))

    assert [each.code for each in sub_periods(year, PeriodKind.HALF)] == ["2026-H1", "2026-H2"]
    assert [each.code[-2:] for each in sub_periods(year, PeriodKind.QUARTER)] == [
        "Q1",
        "Q2",
        "Q3",
        "Q4",
    ]
    assert len(sub_periods(year, PeriodKind.MONTH)) == 12
    assert [each.code for each in sub_periods(year, PeriodKind.TERM, TERMS)] == ["2026-T1"]


def test_a_week_belongs_to_the_year_of_its_thursday():
    weeks = sub_periods(period_of(PeriodKind.YEAR, date(2026, 6, 1)), PeriodKind.WEEK)

    assert (len(weeks), weeks[0].code, weeks[-1].code) == (53, "2026-W01", "2026-W53")
    assert weeks[0].start == date(2025, 12, 29)


def test_a_month_of_which_the_term_has_the_lesser_part_is_not_asked_for():
    term = period_of(PeriodKind.TERM, date(2026, 9, 1), terms=TERMS)

    months = [each.code for each in sub_periods(term, PeriodKind.MONTH)]

    assert months == ["2026-09", "2026-10", "2026-11", "2026-12"]


def test_a_longer_period_is_no_part_of_a_shorter():
    july = period_of(PeriodKind.MONTH, date(2026, 7, 2))

    assert sub_periods(july, PeriodKind.YEAR) == ()
    assert sub_periods(july, PeriodKind.MONTH) == (july,)


def test_a_period_knows_its_days():
    february = period_of(PeriodKind.MONTH, date(2028, 2, 29))

    assert february == Period(
        PeriodKind.MONTH, date(2028, 2, 1), end_exclusive=date(2028, 3, 1), code="2028-02"
    )
    assert february.days == 29
    assert date(2028, 2, 29) in february
    assert date(2028, 3, 1) not in february


@given(KINDS, DAYS)
def test_a_day_lies_in_exactly_one_period_of_a_kind(kind, day):
    period = period_of(kind, day)

    assert day in period
    assert period_of(kind, period.start) == period
    assert period_of(kind, period.last_day) == period
    assert period_of(kind, period.end_exclusive) != period
    assert period_of(kind, period.start - timedelta(days=1)) != period


@given(KINDS, DAYS, DAYS)
def test_different_periods_have_different_codes(kind, one, other):
    first, second = period_of(kind, one), period_of(kind, other)

    assert (first.code == second.code) == (first == second)


@given(KINDS, DAYS, st.integers(1, 1500))
def test_periods_follow_each_other_without_gap(kind, start, days):
    end = start + timedelta(days=days)

    periods = periods_in(kind, start, end)

    assert start in periods[0]
    assert end - timedelta(days=1) in periods[-1]
    assert all(one.end_exclusive == other.start for one, other in pairwise(periods))


@given(KINDS, KINDS, DAYS)
def test_every_part_belongs_to_one_whole_and_none_is_lost(kind, finer, day):
    whole = period_of(kind, day)
    following = period_of(kind, whole.end_exclusive)
    parts = sub_periods(whole, finer) + sub_periods(following, finer)

    if CALENDRICAL.index(finer) > CALENDRICAL.index(kind):
        assert not sub_periods(whole, finer)
    else:
        assert all(one.end_exclusive == other.start for one, other in pairwise(parts))
        assert all(part.middle in whole for part in sub_periods(whole, finer))


@given(DAYS, st.sampled_from([PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF]))
def test_the_parts_of_a_year_cover_it_to_the_day(day, kind):
    year = period_of(PeriodKind.YEAR, day)

    parts = sub_periods(year, kind)

    assert (parts[0].start, parts[-1].end_exclusive) == (year.start, year.end_exclusive)
    assert sum(part.days for part in parts) == year.days
