"""The days off and make-up days the State Council has announced, as chinesecalendar lists them."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from chinese_calendar import Holiday, holidays, workdays

from tanxin.core.calendar.days import Day, DayKind

FIRST_ANNOUNCED_YEAR: int = min(holidays).year
LAST_ANNOUNCED_YEAR: int = max(holidays).year

# Our shorter word where the library's differs from the name of the node.
_NAMES = {"国庆节": "国庆"}


def _name(holiday: str) -> str:
    name: str = Holiday(holiday).chinese
    return _NAMES.get(name, name)


def _by_year() -> dict[int, dict[date, Day]]:
    years: dict[int, dict[date, Day]] = defaultdict(dict)
    for kind, table in ((DayKind.HOLIDAY, holidays), (DayKind.MAKEUP, workdays)):
        for day, holiday in table.items():
            years[day.year][day] = Day(kind, _name(holiday))
    return dict(years)


ANNOUNCED: Mapping[int, Mapping[date, Day]] = _by_year()
