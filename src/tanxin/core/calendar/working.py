"""Working days with 调休: an organisation's own table over the seed over the weekday."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType

from tanxin.core.calendar.days import Day, DayKind
from tanxin.core.calendar.seed import LAST_ANNOUNCED_YEAR, seed_of

_ONE_DAY = timedelta(days=1)
_FRIDAY = 4
_WORKDAY, _WEEKEND = Day(DayKind.WORKDAY), Day(DayKind.WEEKEND)
_OPEN_WORKDAY = Day(DayKind.WORKDAY, provisional=True)
_OPEN_WEEKEND = Day(DayKind.WEEKEND, provisional=True)


@dataclass(frozen=True, slots=True, eq=False)
class WorkCalendar:
    """Tells of any day whether it is worked. The overrides are copied and win over the seed.

    In a year without a notice every day is provisional, for any Saturday may yet be worked. The
    year is settled as soon as overrides that are not provisional cover all its statutory days, as
    they do once the notice has been entered.
    """

    overrides: Mapping[date, Day] = field(default_factory=dict)
    _settled: frozenset[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        own = dict(self.overrides)
        object.__setattr__(self, "overrides", MappingProxyType(own))
        object.__setattr__(self, "_settled", _settled_years(own))

    def day(self, d: date) -> Day:
        return self.overrides.get(d) or seed_of(d.year).get(d) or self._by_weekday(d)

    def is_working_day(self, d: date) -> bool:
        return self.day(d).is_working

    def is_provisional(self, d: date) -> bool:
        return self.day(d).provisional

    def working_day_from(self, d: date) -> date:
        """Return ``d`` if it is worked, else the next working day."""
        while not self.is_working_day(d):
            d += _ONE_DAY
        return d

    def working_day_until(self, d: date) -> date:
        """Return ``d`` if it is worked, else the working day before."""
        while not self.is_working_day(d):
            d -= _ONE_DAY
        return d

    def add_working_days(self, d: date, n: int) -> date:
        """Return the ``n``-th working day after ``d``, or before it where ``n`` is negative.

        ``d`` itself is not counted. With 0 it is ``d`` if worked, else the next working day; who
        needs the one before asks ``working_day_until``.
        """
        if n == 0:
            return self.working_day_from(d)
        step = _ONE_DAY if n > 0 else -_ONE_DAY
        left = abs(n)
        while left:
            d += step
            left -= self.is_working_day(d)
        return d

    def working_days(self, start: date, end: date) -> int:
        """Count the working days from ``start`` up to, not including, ``end``.

        Nothing lies between days in the wrong order, so they give 0.
        """
        days = range(start.toordinal(), end.toordinal())
        return sum(self.is_working_day(date.fromordinal(ordinal)) for ordinal in days)

    def _by_weekday(self, d: date) -> Day:
        # A moment equals no date, so it would silently miss every holiday and end up here.
        if isinstance(d, datetime):
            raise TypeError("a calendar is asked about a date, not about a moment")
        if d.year > LAST_ANNOUNCED_YEAR and d.year not in self._settled:
            return _OPEN_WORKDAY if d.weekday() <= _FRIDAY else _OPEN_WEEKEND
        return _WORKDAY if d.weekday() <= _FRIDAY else _WEEKEND


def _settled_years(own: Mapping[date, Day]) -> frozenset[int]:
    firm = {day for day, what in own.items() if not what.provisional}
    open_years = {day.year for day in firm if day.year > LAST_ANNOUNCED_YEAR}
    return frozenset(year for year in open_years if seed_of(year) and firm >= seed_of(year).keys())
