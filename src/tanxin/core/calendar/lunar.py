"""Where a lunar day or 清明 falls in a solar year. Data: cnlunar, 1901 to 2099."""

from bisect import bisect_left
from datetime import date, datetime, time

from cnlunar.lunar import Lunar

FIRST_LUNAR_YEAR = 1901
LAST_LUNAR_YEAR = 2099


class YearOutOfReach(ValueError):
    """No data says where the festivals of this year fall."""


def lunar_day(year: int, month: int, day: int) -> date:
    """Return the day of solar ``year`` that is ``day`` of ``month`` in the lunar year begun in it.

    A leap month never counts: festivals are kept in the month it repeats. Only for days before the
    solar year ends, as all festivals are. Raises ``YearOutOfReach``.
    """
    _check(year)
    first = date(year, 1, 1).toordinal()
    last = date(year, 12, 31).toordinal()
    wanted = (year, month, False, day)
    return date.fromordinal(bisect_left(range(last + 1), wanted, lo=first, key=_position))


def qingming(year: int) -> date:
    """Return the day of the solar term 清明. Raises ``YearOutOfReach``."""
    _check(year)
    month, day = _lunar(date(year, 4, 5)).thisYearSolarTermsDic["清明"]
    return date(year, month, day)


def _check(year: int) -> None:
    if not FIRST_LUNAR_YEAR <= year <= LAST_LUNAR_YEAR:
        raise YearOutOfReach(
            f"festivals are known for {FIRST_LUNAR_YEAR} to {LAST_LUNAR_YEAR}, not {year}"
        )


def _position(ordinal: int) -> tuple[int, int, bool, int]:
    found = _lunar(date.fromordinal(ordinal))
    return found.lunarYear, found.lunarMonth, found.isLunarLeapMonth, found.lunarDay


def _lunar(day: date) -> Lunar:
    # The library insists on a naive moment; noon is on that day under any of its conventions.
    return Lunar(datetime.combine(day, time(12)))
