"""When something is due: counted forward from an event, or backward from one to come."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tanxin.core.calendar.span import HalfOpen
from tanxin.core.calendar.working import WorkCalendar

_MONTHS_A_YEAR = 12


class NegativeOffset(ValueError):
    """A distance is counted from 0 up; its direction is in the function that uses it."""


class CalendarNeeded(TypeError):
    """Working days cannot be counted without a calendar."""


class OffsetUnit(StrEnum):
    DAY = "day"
    WORKING_DAY = "working_day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Offset:
    n: int
    unit: OffsetUnit

    def __post_init__(self) -> None:
        if self.n < 0:
            raise NegativeOffset(f"{self.n} {self.unit} has no direction")


@dataclass(frozen=True, slots=True)
class Window(HalfOpen):
    start: date
    end_exclusive: date


def deadline_after(anchor: date, offset: Offset, calendar: WorkCalendar) -> date:
    """Return the last day to do something within ``offset`` after ``anchor``.

    The anchor does not count: one day after Monday is Tuesday. Months and years keep the day of
    the month, or its last day where it is shorter. Only working days care for days off; any other
    deadline may fall on one. From a day off, both none and one working day lead to the next worked.
    """
    if offset.unit is OffsetUnit.WORKING_DAY:
        return calendar.add_working_days(anchor, offset.n)
    return _moved(anchor, offset.n, offset.unit)


def deadline_before(anchor: date, offset: Offset, calendar: WorkCalendar) -> date:
    """Return the last day to do something that must be done ``offset`` before ``anchor``.

    As ``deadline_after``, counted back; no working days before a day off is the working day before.
    """
    if offset.unit is OffsetUnit.WORKING_DAY:
        if offset.n == 0:
            return calendar.working_day_until(anchor)
        return calendar.add_working_days(anchor, -offset.n)
    return _moved(anchor, -offset.n, offset.unit)


def window_around(day: date, offset: Offset, calendar: WorkCalendar | None = None) -> Window:
    """Return the days within ``offset`` of ``day`` on either side, both ends included.

    Raises ``CalendarNeeded`` for working days without a calendar.
    """
    if calendar is None and offset.unit is OffsetUnit.WORKING_DAY:
        raise CalendarNeeded("a window of working days needs the calendar that says which")
    calendar = calendar or WorkCalendar()
    last = deadline_after(day, offset, calendar)
    return Window(deadline_before(day, offset, calendar), last + timedelta(days=1))


def yearly_date(born_or_joined: date, year: int) -> date:
    """Return the birthday or anniversary in ``year``: 29 February on the 28th in common years."""
    return _in_month(year, born_or_joined.month, born_or_joined.day)


def _moved(anchor: date, n: int, unit: OffsetUnit) -> date:
    match unit:
        case OffsetUnit.DAY:
            return anchor + timedelta(days=n)
        case OffsetUnit.WEEK:
            return anchor + timedelta(weeks=n)
        case OffsetUnit.MONTH:
            return _months_later(anchor, n)
        case _:
            return _months_later(anchor, n * _MONTHS_A_YEAR)


def _months_later(anchor: date, n: int) -> date:
    years, month = divmod(anchor.month - 1 + n, _MONTHS_A_YEAR)
    return _in_month(anchor.year + years, month + 1, anchor.day)


def _in_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
