"""The festivals that talks are held before, and the statutory days off they carry."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tanxin.core.calendar.announced import LAST_ANNOUNCED_YEAR
from tanxin.core.calendar.lunar import lunar_day, qingming


@dataclass(frozen=True, slots=True)
class Festival:
    """``days_off`` counts from the festival itself; empty where the law gives no day off."""

    code: str
    name: str
    in_year: Callable[[int], date]
    days_off: range = range(0)


@dataclass(frozen=True, slots=True)
class Node:
    """A festival of one year, on its own day (not on the first day off).

    ``provisional`` where days off belong to it and have not been announced; the day stands.
    """

    code: str
    name: str
    on: date
    provisional: bool


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _lunar(month: int, day: int) -> Callable[[int], date]:
    return lambda year: lunar_day(year, month, day)


# Days off as in 全国年节及纪念日放假办法 in force since 2025: thirteen days, 除夕 among them.
FESTIVALS = (
    Festival("new-year", "元旦", _fixed(1, 1), range(1)),
    Festival("spring-festival", "春节", _lunar(1, 1), range(-1, 3)),
    Festival("lantern", "元宵", _lunar(1, 15)),
    Festival("qingming", "清明", qingming, range(1)),
    Festival("labour-day", "劳动节", _fixed(5, 1), range(2)),
    Festival("dragon-boat", "端午", _lunar(5, 5), range(1)),
    Festival("party-day", "七一", _fixed(7, 1)),
    Festival("national-day", "国庆", _fixed(10, 1), range(3)),
    Festival("mid-autumn", "中秋", _lunar(8, 15), range(1)),
    Festival("double-ninth", "重阳", _lunar(9, 9)),
)
FESTIVAL_CODES = frozenset(festival.code for festival in FESTIVALS)


@lru_cache(maxsize=256)
def festivals(year: int) -> tuple[Node, ...]:
    """Return the festivals of solar ``year``, by date.

    Raises ``YearOutOfReach`` where the lunar calendar is not known (before 1901, after 2099).
    """
    unannounced = year > LAST_ANNOUNCED_YEAR
    nodes = (
        Node(each.code, each.name, each.in_year(year), unannounced and bool(each.days_off))
        for each in FESTIVALS
    )
    return tuple(sorted(nodes, key=lambda node: node.on))
