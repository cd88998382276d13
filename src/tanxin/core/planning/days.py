"""Working days as bits: day number *n* of the plan is bit *n* of a mask."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date, timedelta


class Days:
    """``days`` are the working days of the plan; other days do not exist for it."""

    def __init__(self, days: Iterable[date]) -> None:
        self.days = sorted(set(days))
        mondays = [day - timedelta(days=day.weekday()) for day in self.days]
        self.mondays = sorted(set(mondays))
        number = {monday: at for at, monday in enumerate(self.mondays)}
        self.week_of = [number[monday] for monday in mondays]
        self.weeks = [0] * len(self.mondays)
        for at, week in enumerate(self.week_of):
            self.weeks[week] |= 1 << at
        self.all = (1 << len(self.days)) - 1
        self._masks: dict[tuple[date, date], int] = {}

    def __len__(self) -> int:
        return len(self.days)

    def number(self, day: date) -> int | None:
        at = bisect_left(self.days, day)
        return at if at < len(self.days) and self.days[at] == day else None

    def mask(self, first: date, last: date) -> int:
        """The working days from ``first`` to ``last``, both included."""
        known = self._masks.get((first, last))
        if known is None:
            begin, end = bisect_left(self.days, first), bisect_right(self.days, last)
            known = ((1 << end) - 1) & ~((1 << begin) - 1) if end > begin else 0
            self._masks[first, last] = known
        return known


def first(mask: int) -> int:
    """The number of the earliest day in ``mask``, which must hold one."""
    return (mask & -mask).bit_length() - 1


def nearest(mask: int, target: int) -> int:
    """The day in ``mask`` closest to ``target``; of two as close, the earlier."""
    before = mask & ((2 << target) - 1)
    after = mask >> target
    earlier = before.bit_length() - 1 if before else -1
    if not after:
        return earlier
    later = target + first(after)
    return earlier if before and target - earlier <= later - target else later


def each(mask: int) -> Iterable[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
