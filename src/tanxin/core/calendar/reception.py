"""On which days somebody receives (接待日): a rhythm of weeks or months, on working days only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tanxin.core.calendar.parity import is_odd_week
from tanxin.core.calendar.working import WorkCalendar

_DAY = timedelta(days=1)
_WEEK = 7
# Longer than any run of days off, so that a day that moved into a span is found from before it.
_LONGEST_BREAK = timedelta(days=15)


class Weeks(StrEnum):
    """``FIRST`` is the first such weekday of each month."""

    EVERY = "every"
    ODD = "odd"
    EVEN = "even"
    FIRST = "first"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """From ``start`` to ``last``, both included.

    What falls on a day off is held on the next day worked where it ``moves``, else not at all.
    """

    weekday: int
    weeks: Weeks
    start: date
    last: date | None = None
    moves: bool = False

    def means(self, day: date) -> bool:
        """Whether it would fall on this day if every day were worked."""
        if day.weekday() != self.weekday or day < self.start or (self.last and day > self.last):
            return False
        if self.weeks is Weeks.EVERY:
            return True
        if self.weeks is Weeks.FIRST:
            return day.day <= _WEEK
        return is_odd_week(day) == (self.weeks is Weeks.ODD)


def reception_days(
    rhythm: Rhythm, calendar: WorkCalendar, since: date, until: date
) -> Iterator[date]:
    """The days from ``since`` to ``until``, both included, each once and in order."""
    found = set()
    day = since - _LONGEST_BREAK
    while day <= until:
        if rhythm.means(day):
            if calendar.is_working_day(day):
                found.add(day)
            elif rhythm.moves:
                found.add(calendar.working_day_from(day))
        day += _DAY
    yield from sorted(one for one in found if since <= one <= until)
