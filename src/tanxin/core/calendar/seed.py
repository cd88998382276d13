"""The day table before anybody edits it."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from tanxin.core.calendar.announced import ANNOUNCED, FIRST_ANNOUNCED_YEAR, LAST_ANNOUNCED_YEAR
from tanxin.core.calendar.days import Day, DayKind
from tanxin.core.calendar.festivals import FESTIVALS
from tanxin.core.calendar.lunar import LAST_LUNAR_YEAR, YearOutOfReach

__all__ = ["FIRST_SEEDED_YEAR", "LAST_ANNOUNCED_YEAR", "seed_days", "seed_of"]

FIRST_SEEDED_YEAR = FIRST_ANNOUNCED_YEAR


def seed_days(first_year: int, last_year: int) -> dict[date, Day]:
    """Return the days of these years, both included, that the weekday alone does not tell.

    Announced years hold holidays and make-up days. Later years hold the statutory days only, all
    provisional: which days are moved or worked in exchange is not known before the notice.
    Raises ``YearOutOfReach`` before 2004 and after 2099.
    """
    days: dict[date, Day] = {}
    for year in range(first_year, last_year + 1):
        if not FIRST_SEEDED_YEAR <= year <= LAST_LUNAR_YEAR:
            raise YearOutOfReach(
                f"days are seeded for {FIRST_SEEDED_YEAR} to {LAST_LUNAR_YEAR}, not {year}"
            )
        days.update(seed_of(year))
    return days


@lru_cache(maxsize=512)
def seed_of(year: int) -> Mapping[date, Day]:
    """Return the seeded days of one year; none where no data reaches."""
    if LAST_ANNOUNCED_YEAR < year <= LAST_LUNAR_YEAR:
        return MappingProxyType(dict(sorted(_statutory(year).items())))
    return MappingProxyType(dict(sorted(ANNOUNCED.get(year, {}).items())))


def _statutory(year: int) -> dict[date, Day]:
    days: dict[date, Day] = {}
    for festival in FESTIVALS:
        for distance in festival.days_off:
            day = festival.in_year(year) + timedelta(days=distance)
            # 中秋 may fall among the days of 国庆, which then keep their name.
            days.setdefault(day, Day(DayKind.HOLIDAY, festival.name, provisional=True))
    return days
