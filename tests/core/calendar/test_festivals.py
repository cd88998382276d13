"""The nodes that talks are held before."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanxin.core.calendar import (
    FESTIVAL_CODES,
    LAST_ANNOUNCED_YEAR,
    Node,
    WorkCalendar,
    YearOutOfReach,
    festivals,
)

# As published by the Hong Kong Observatory; 2033 has a leap eleventh, 2025 a leap sixth month.
KNOWN = {
    2004: {"春节": (1, 22), "端午": (6, 22), "中秋": (9, 28), "重阳": (10, 22)},
    2020: {"春节": (1, 25), "端午": (6, 25), "中秋": (10, 1), "重阳": (10, 25)},
    2025: {"春节": (1, 29), "端午": (5, 31), "中秋": (10, 6), "重阳": (10, 29)},
    2026: {"春节": (2, 17), "端午": (6, 19), "中秋": (9, 25), "重阳": (10, 18)},
    2027: {"春节": (2, 6), "端午": (6, 9), "中秋": (9, 15), "重阳": (10, 8)},
    2033: {"春节": (1, 31), "端午": (6, 1), "中秋": (9, 8), "重阳": (10, 1)},
}
YEARS = st.integers(1901, 2099)


def test_a_year_has_ten_festivals_by_date():
    assert [(node.name, node.on.isoformat()) for node in festivals(2026)] == [
        ("元旦", "2026-01-01"),
        ("春节", "2026-02-17"),
        ("元宵", "2026-03-03"),
        ("清明", "2026-04-05"),
        ("劳动节", "2026-05-01"),
        ("端午", "2026-06-19"),
        ("七一", "2026-07-01"),
        ("中秋", "2026-09-25"),
        ("国庆", "2026-10-01"),
        ("重阳", "2026-10-18"),
    ]


@pytest.mark.parametrize("year", KNOWN)
def test_lunar_festivals_fall_where_the_almanac_says(year):
    found = {node.name: (node.on.month, node.on.day) for node in festivals(year)}

    assert {name: found[name] for name in KNOWN[year]} == KNOWN[year]


def test_a_festival_in_a_repeated_month_is_kept_in_the_first():
    # 2052 repeats the eighth month, 2028 the fifth.
    assert Node("mid-autumn", "中秋", date(2052, 9, 7), provisional=True) in festivals(2052)
    assert date(2028, 5, 28) in {node.on for node in festivals(2028) if node.code == "dragon-boat"}


def test_only_days_off_that_are_not_announced_are_provisional():
    unannounced = {node.name for node in festivals(LAST_ANNOUNCED_YEAR + 1) if node.provisional}

    assert unannounced == {"元旦", "春节", "清明", "劳动节", "端午", "中秋", "国庆"}
    assert not any(node.provisional for node in festivals(LAST_ANNOUNCED_YEAR))


@pytest.mark.parametrize("year", range(2008, LAST_ANNOUNCED_YEAR + 1))
def test_nobody_worked_on_a_statutory_festival_in_any_announced_year(year):
    calendar = WorkCalendar()
    statutory = {node.code for node in festivals(LAST_ANNOUNCED_YEAR + 1) if node.provisional}

    nodes = [node for node in festivals(year) if node.code in statutory]

    assert len(nodes) == 7
    assert [node.name for node in nodes if calendar.is_working_day(node.on)] == []


@pytest.mark.parametrize("year", [1900, 2100])
def test_years_without_a_lunar_calendar_are_refused(year):
    with pytest.raises(YearOutOfReach, match=str(year)):
        festivals(year)


@given(YEARS)
def test_every_year_has_each_festival_once_and_in_its_season(year):
    nodes = festivals(year)
    on = {node.code: node.on for node in nodes}

    assert {node.code for node in nodes} == FESTIVAL_CODES
    assert len(nodes) == len(FESTIVAL_CODES)
    assert list(nodes) == sorted(nodes, key=lambda node: node.on)
    assert date(year, 1, 21) <= on["spring-festival"] <= date(year, 2, 21)
    assert on["lantern"] - on["spring-festival"] == timedelta(days=14)
    assert date(year, 4, 4) <= on["qingming"] <= date(year, 4, 6)
    assert date(year, 5, 26) <= on["dragon-boat"] <= date(year, 6, 26)
    assert date(year, 9, 6) <= on["mid-autumn"] <= date(year, 10, 9)
    assert date(year, 9, 30) <= on["double-ninth"] <= date(year, 11, 3)
