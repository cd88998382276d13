"""Which days are worked: the seed, the table over it, and counting."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanxin.core.calendar import (
    LAST_ANNOUNCED_YEAR,
    Day,
    DayKind,
    WorkCalendar,
    YearOutOfReach,
    seed_days,
)

SEEDED = WorkCalendar()
UNANNOUNCED = LAST_ANNOUNCED_YEAR + 1
DAYS = st.dates(date(2003, 12, 1), date(2031, 2, 1))
# Where years meet and where February ends, which is where counting goes wrong.
EDGES = st.sampled_from(
    [
        date(year, month, day) + timedelta(days=shift)
        for year in (2004, 2015, 2020, 2024, 2025, 2026, 2027, 2028)
        for month, day in ((1, 1), (3, 1))
        for shift in (-2, -1, 0, 1)
    ]
)
ANY_DAY = DAYS | EDGES
KINDS = st.sampled_from(DayKind)
TABLES = st.dictionaries(ANY_DAY, st.builds(Day, KINDS), max_size=40)


def test_a_saturday_worked_for_the_spring_festival_is_a_working_day():
    assert SEEDED.day(date(2026, 2, 14)) == Day(DayKind.MAKEUP, "春节")
    assert SEEDED.is_working_day(date(2026, 2, 14))


def test_a_weekday_in_the_holidays_is_not():
    assert SEEDED.day(date(2026, 10, 5)) == Day(DayKind.HOLIDAY, "国庆")
    assert not SEEDED.is_working_day(date(2026, 10, 5))


def test_a_holiday_that_happened_once_keeps_its_own_name():
    parade = SEEDED.day(date(2015, 9, 3))

    assert parade == Day(DayKind.HOLIDAY, "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日")


def test_other_days_follow_the_weekday():
    assert SEEDED.day(date(2026, 11, 23)) == Day(DayKind.WORKDAY)
    assert SEEDED.day(date(2026, 11, 22)) == Day(DayKind.WEEKEND)


def test_any_date_has_a_day_even_where_no_data_reaches():
    assert SEEDED.day(date(1949, 10, 1)) == Day(DayKind.WEEKEND)
    assert SEEDED.day(date(2150, 1, 1)) == Day(DayKind.WORKDAY, provisional=True)


def test_a_moment_is_refused_because_it_would_miss_every_holiday():
    with pytest.raises(TypeError, match="not about a moment"):
        SEEDED.is_working_day(datetime(2026, 10, 1, 9))


def test_the_table_wins_over_the_seed_and_over_the_weekday():
    founded = Day(DayKind.HOLIDAY, "校庆")
    calendar = WorkCalendar({date(2026, 5, 4): founded, date(2026, 11, 23): founded})

    assert calendar.day(date(2026, 5, 4)) == founded
    assert calendar.day(date(2026, 11, 23)) == founded
    assert calendar.day(date(2026, 5, 5)) == Day(DayKind.HOLIDAY, "劳动节")


def test_a_calendar_does_not_change_with_the_table_it_was_made_from():
    table = {date(2026, 11, 23): Day(DayKind.HOLIDAY)}
    calendar = WorkCalendar(table)

    table.clear()

    assert not calendar.is_working_day(date(2026, 11, 23))
    with pytest.raises(TypeError):
        calendar.overrides[date(2026, 11, 24)] = Day(DayKind.HOLIDAY)


def test_the_seed_holds_what_the_weekday_does_not_tell():
    days = seed_days(2026, 2026)

    made_up = [day for day, what in days.items() if what.kind is DayKind.MAKEUP]
    assert sorted(made_up) == [
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
    ]
    assert len(days) - len(made_up) == 33
    assert list(days) == sorted(days)
    assert not any(what.provisional for what in days.values())


def test_a_year_without_a_notice_is_seeded_with_thirteen_provisional_days():
    days = seed_days(2050, 2050)

    assert [(day.month, day.day, what.name) for day, what in days.items()] == [
        (1, 1, "元旦"),
        (1, 22, "春节"),
        (1, 23, "春节"),
        (1, 24, "春节"),
        (1, 25, "春节"),
        (4, 4, "清明"),
        (5, 1, "劳动节"),
        (5, 2, "劳动节"),
        (6, 23, "端午"),
        (9, 30, "中秋"),
        (10, 1, "国庆"),
        (10, 2, "国庆"),
        (10, 3, "国庆"),
    ]
    assert {(what.kind, what.provisional) for what in days.values()} == {(DayKind.HOLIDAY, True)}


def test_mid_autumn_on_the_national_day_adds_no_day():
    assert seed_days(2077, 2077)[date(2077, 10, 1)].name == "国庆"
    assert len(seed_days(2077, 2077)) == 12


def test_seeding_many_years_is_seeding_each():
    assert seed_days(2025, 2028) == {
        **seed_days(2025, 2026),
        **seed_days(2027, 2027),
        **seed_days(2028, 2028),
    }
    assert seed_days(2026, 2025) == {}


@pytest.mark.parametrize("year", [2003, 2100])
def test_years_without_data_are_refused_not_left_empty(year):
    with pytest.raises(YearOutOfReach, match=str(year)):
        seed_days(year, year)


def test_changing_what_was_seeded_changes_nothing_for_the_next():
    seed_days(2026, 2026).clear()

    assert seed_days(2026, 2026)
    assert not SEEDED.is_working_day(date(2026, 10, 1))


def test_every_day_of_a_year_without_a_notice_is_provisional():
    assert SEEDED.is_provisional(date(UNANNOUNCED, 10, 1))
    assert SEEDED.is_provisional(date(UNANNOUNCED, 3, 10))
    assert not SEEDED.is_provisional(date(LAST_ANNOUNCED_YEAR, 3, 10))
    assert not SEEDED.is_provisional(date(1990, 3, 10))


def test_entering_the_notice_settles_the_year():
    table = {
        day: Day(what.kind, what.name) for day, what in seed_days(UNANNOUNCED, UNANNOUNCED).items()
    }
    calendar = WorkCalendar(table)

    assert not calendar.is_provisional(date(UNANNOUNCED, 10, 1))
    assert not calendar.is_provisional(date(UNANNOUNCED, 3, 10))
    assert calendar.is_provisional(date(UNANNOUNCED + 1, 3, 10))


def test_a_day_of_ones_own_does_not_settle_the_year():
    calendar = WorkCalendar({date(UNANNOUNCED, 5, 6): Day(DayKind.HOLIDAY, "校庆")})

    assert not calendar.is_provisional(date(UNANNOUNCED, 5, 6))
    assert calendar.is_provisional(date(UNANNOUNCED, 3, 10))


def test_a_table_that_is_still_provisional_does_not_settle_the_year():
    calendar = WorkCalendar(seed_days(UNANNOUNCED, UNANNOUNCED))

    assert calendar.is_provisional(date(UNANNOUNCED, 3, 10))


def test_a_firm_day_beyond_all_data_settles_nothing():
    calendar = WorkCalendar({date(2150, 5, 6): Day(DayKind.HOLIDAY)})

    assert calendar.is_provisional(date(2150, 3, 10))


def test_working_days_are_counted_past_the_holidays():
    assert SEEDED.add_working_days(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert SEEDED.add_working_days(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert SEEDED.add_working_days(date(2026, 10, 8), -1) == date(2026, 9, 30)
    assert SEEDED.add_working_days(date(2025, 12, 31), 1) == date(2026, 1, 4)


def test_no_working_days_from_a_day_off_is_the_next_working_day():
    assert SEEDED.add_working_days(date(2026, 9, 30), 0) == date(2026, 9, 30)
    assert SEEDED.add_working_days(date(2026, 10, 1), 0) == date(2026, 10, 8)
    assert SEEDED.working_day_until(date(2026, 10, 7)) == date(2026, 9, 30)


def test_the_end_of_a_range_does_not_count():
    assert SEEDED.working_days(date(2026, 9, 30), date(2026, 10, 8)) == 1
    assert SEEDED.working_days(date(2026, 9, 30), date(2026, 10, 9)) == 2
    assert SEEDED.working_days(date(2026, 9, 30), date(2026, 9, 30)) == 0
    assert SEEDED.working_days(date(2026, 10, 9), date(2026, 9, 30)) == 0


@given(ANY_DAY, TABLES)
def test_the_order_is_table_then_seed_then_weekday(day, table):
    what = WorkCalendar(table).day(day)

    seeded = seed_days(2004, 2031).get(day)
    plain = DayKind.WORKDAY if day.weekday() < 5 else DayKind.WEEKEND
    if day in table:
        assert what == table[day]
    elif seeded:
        assert what == seeded
    else:
        assert (what.kind, what.name) == (plain, "")


@given(ANY_DAY, st.integers(-60, 60).filter(bool), TABLES)
def test_adding_days_lands_on_a_working_day_with_as_many_passed(day, n, table):
    calendar = WorkCalendar(table)

    landed = calendar.add_working_days(day, n)

    assert calendar.is_working_day(landed)
    assert (landed > day) == (n > 0)
    one = timedelta(days=1)
    passed = (day + one, landed + one) if n > 0 else (landed, day)
    assert calendar.working_days(*passed) == abs(n)


@given(ANY_DAY, st.integers(1, 60), TABLES)
def test_going_and_coming_back_ends_where_it_began_on_a_working_day(day, n, table):
    calendar = WorkCalendar(table)
    start = calendar.working_day_from(day)

    assert calendar.add_working_days(calendar.add_working_days(start, n), -n) == start
    assert calendar.add_working_days(calendar.add_working_days(start, -n), n) == start


@given(ANY_DAY, TABLES)
def test_the_nearest_working_days_have_none_between(day, table):
    calendar = WorkCalendar(table)
    after, before = calendar.working_day_from(day), calendar.working_day_until(day)

    assert before <= day <= after
    assert calendar.is_working_day(before)
    assert calendar.is_working_day(after)
    assert (before == after) == calendar.is_working_day(day)
    assert calendar.working_days(before + timedelta(days=1), after) == 0


@given(ANY_DAY, st.integers(0, 300), st.integers(0, 300), TABLES)
def test_counts_of_neighbouring_ranges_add_up(day, first, second, table):
    calendar = WorkCalendar(table)
    middle = day + timedelta(days=first)
    end = middle + timedelta(days=second)

    whole = calendar.working_days(day, end)

    assert calendar.working_days(day, middle) + calendar.working_days(middle, end) == whole
