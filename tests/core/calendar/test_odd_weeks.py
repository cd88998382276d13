"""Odd and even weeks and months."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tanxin.core.calendar import (
    is_even_month,
    is_even_week,
    is_odd_month,
    is_odd_week,
    week_number,
)

DAYS = st.dates(date(1950, 1, 1), date(2200, 12, 31))


def test_weeks_are_odd_or_even_by_their_iso_number():
    assert is_odd_week(date(2026, 2, 15))
    assert is_even_week(date(2026, 2, 16))
    assert not is_odd_week(date(2026, 2, 16))
    assert not is_even_week(date(2026, 2, 15))


def test_two_odd_weeks_meet_after_a_year_of_53():
    assert is_odd_week(date(2026, 12, 31))
    assert is_odd_week(date(2027, 1, 4))


def test_teaching_weeks_are_counted_from_the_week_the_term_begins_in():
    begins = date(2026, 9, 2)

    assert week_number(date(2026, 8, 31), since=begins) == 1
    assert week_number(date(2026, 9, 6), since=begins) == 1
    assert week_number(date(2026, 9, 7), since=begins) == 2
    assert week_number(date(2027, 1, 4), since=begins) == 19
    assert week_number(date(2026, 8, 30), since=begins) == 0
    assert is_odd_week(date(2027, 1, 4), since=begins)
    assert is_even_week(date(2026, 9, 7), since=begins)


def test_months_are_odd_or_even_by_their_number():
    assert is_odd_month(date(2026, 11, 23))
    assert not is_even_month(date(2026, 11, 23))
    assert is_even_month(date(2026, 12, 1))
    assert not is_odd_month(date(2026, 12, 1))


@given(DAYS)
def test_a_week_is_either_odd_or_even_from_monday_to_sunday(day):
    monday = day - timedelta(days=day.weekday())

    assert is_odd_week(day) != is_even_week(day)
    assert is_odd_month(day) != is_even_month(day)
    assert is_odd_week(day) == is_odd_week(monday)


@given(DAYS, DAYS)
def test_weeks_counted_from_a_day_always_alternate(day, since):
    assert is_odd_week(day, since) != is_odd_week(day + timedelta(weeks=1), since)
    assert is_odd_week(since, since)
