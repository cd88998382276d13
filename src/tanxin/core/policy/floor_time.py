"""Whether one rule asks more rarely, or later, than another."""

from datetime import date

from tanxin.core.calendar import OffsetUnit, PeriodKind
from tanxin.core.policy.dated import Dated
from tanxin.core.policy.schema import (
    AfterEvent,
    BeforeEvent,
    Distance,
    EachPeriod,
    Only,
    Time,
    YearlyDate,
)
from tanxin.core.policy.windows import share


def is_rarer(mine: Time, floor: Time) -> bool:
    """Say whether ``mine`` can ask for less than ``floor``, or cannot be compared with it."""
    match mine, floor:
        case EachPeriod(), EachPeriod():
            return not _as_often(mine, floor) or _later_in_period(mine, floor)
        case AfterEvent(), AfterEvent():
            later = _may_exceed(mine.within, floor.within)
        case BeforeEvent(), BeforeEvent():
            later = _may_exceed(floor.by, mine.by)
        case YearlyDate(), YearlyDate():
            later = bool(floor.every % mine.every) or _may_exceed(mine.within, floor.within)
        case _:
            return True
    fewer = _falls_below(mine.at_least, floor.at_least)
    return later or fewer or not answers_to_all(mine, floor)


def answers_to_all(mine: Time, floor: Time) -> bool:
    """Say whether ``mine`` answers to everything that ``floor`` answers to."""
    if isinstance(floor, EachPeriod) or type(mine) is not type(floor):
        return isinstance(mine, EachPeriod) and isinstance(floor, EachPeriod)
    words = (
        set(getattr(floor, name, ())) <= set(getattr(mine, name, ()))
        for name in ("events", "states", "ended", "talks", "lapsed", "nodes", "dates")
    )
    return all(words) and getattr(mine, "below", False) >= getattr(floor, "below", False)


_A_YEAR = {
    PeriodKind.WEEK: 52,
    PeriodKind.MONTH: 12,
    PeriodKind.QUARTER: 4,
    PeriodKind.HALF: 2,
    PeriodKind.TERM: 2,
    PeriodKind.YEAR: 1,
}


def _as_often(mine: EachPeriod, floor: EachPeriod) -> bool:
    """In each of the floor's periods as many talks must be sure to fall as it asks for."""
    if mine.percent is not floor.percent or mine.only not in (Only(), floor.only):
        return False
    own, upper = mine.spread or mine.period, floor.spread or floor.period
    if own is upper and mine.own == floor.own:
        parts = 1
    elif PeriodKind.CUSTOM in (own, upper) or mine.own or floor.own:
        return False
    else:
        # Weeks do not fit evenly into months; one of them may lie in the next.
        parts = _A_YEAR[own] // _A_YEAR[upper] - (own is PeriodKind.WEEK)
    return all(
        mine.at_least.on(day) // share(mine) * parts >= floor.at_least.on(day) // share(floor)
        for day in _changes(mine.at_least, floor.at_least)
    )


def _later_in_period(mine: EachPeriod, floor: EachPeriod) -> bool:
    """Say whether the floor wants the talks before a meeting and ``mine`` does not, or later."""
    if not floor.before:
        return False
    if not set(floor.before) <= set(mine.before) or mine.by is None or floor.by is None:
        return True
    return _may_exceed(floor.by, mine.by)


def _falls_below(mine: Dated, floor: Dated) -> bool:
    return any(mine.on(day) < floor.on(day) for day in _changes(mine, floor))


def _changes(one: Dated, other: Dated) -> set[date]:
    return {day for day, _ in (*one.values, *other.values)}


# The fewest and the most days that a unit can mean; a long holiday may lie among working days.
_DAYS = {
    OffsetUnit.DAY: (1, 1),
    OffsetUnit.WORKING_DAY: (1, 3),
    OffsetUnit.WEEK: (7, 7),
    OffsetUnit.MONTH: (28, 31),
    OffsetUnit.YEAR: (365, 366),
}


def _may_exceed(one: Distance, other: Distance) -> bool:
    """Say whether ``one`` can be longer than ``other`` on any day."""
    most, fewest = _DAYS[one.unit][1], _DAYS[other.unit][0]
    if one.unit is other.unit:
        most = fewest = 1
    return any(
        one.amount.on(day) * most > other.amount.on(day) * fewest
        for day in _changes(one.amount, other.amount)
    )
