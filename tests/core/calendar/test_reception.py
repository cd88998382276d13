from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tanxin.core.calendar import Rhythm, Weeks, WorkCalendar, is_even_week, reception_days

CALENDAR = WorkCalendar()
YEAR = date(2026, 1, 1), date(2026, 12, 31)
rhythms = st.builds(
    Rhythm,
    weekday=st.integers(0, 4),
    weeks=st.sampled_from(list(Weeks)),
    start=st.dates(*YEAR),
    last=st.none() | st.dates(*YEAR),
    moves=st.booleans(),
)


@given(rhythms, st.dates(*YEAR), st.integers(0, 90))
def test_every_day_is_worked_and_comes_once(rhythm, since, days):
    found = list(reception_days(rhythm, CALENDAR, since, since + timedelta(days=days)))

    assert found == sorted(set(found))
    for day in found:
        assert CALENDAR.is_working_day(day)
        assert rhythm.moves or rhythm.means(day)
        assert rhythm.means(day) or not CALENDAR.is_working_day(day - timedelta(days=1))


@given(rhythms, st.dates(*YEAR), st.integers(1, 60), st.integers(0, 30))
def test_however_one_cuts_the_year_the_same_days_come_out(rhythm, since, first, second):
    middle, until = since + timedelta(days=first), since + timedelta(days=first + second)
    whole = list(reception_days(rhythm, CALENDAR, since, until))
    day = timedelta(days=1)

    parts = [
        *reception_days(rhythm, CALENDAR, since, middle - day),
        *reception_days(rhythm, CALENDAR, middle, until),
    ]

    assert parts == whole


def days(rhythm, month):
    last = date(2026, month + 1, 1) - timedelta(days=1)
    return [one.day for one in reception_days(rhythm, CALENDAR, date(2026, month, 1), last)]


def test_weeks_alternate_and_months_begin():
    year = date(2026, 1, 1)
    even = Rhythm(2, Weeks.EVEN, year)

    assert all(is_even_week(date(2026, 11, day)) for day in days(even, 11))
    assert sorted(days(even, 11) + days(Rhythm(2, Weeks.ODD, year), 11)) == [4, 11, 18, 25]
    assert days(Rhythm(0, Weeks.FIRST, year), 11) == [2]


def test_what_falls_into_a_festival_moves_behind_it_or_is_left_out():
    thursdays = Rhythm(3, Weeks.EVERY, date(2026, 1, 1), moves=False)
    moved = Rhythm(3, Weeks.EVERY, date(2026, 1, 1), moves=True)

    assert not CALENDAR.is_working_day(date(2026, 10, 1))
    assert days(thursdays, 10) == [8, 15, 22, 29]
    assert days(moved, 10) == [8, 15, 22, 29]
    monday = Rhythm(0, Weeks.EVERY, date(2026, 10, 1), date(2026, 10, 5), moves=True)
    assert days(monday, 10) == [8]
