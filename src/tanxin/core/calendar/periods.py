"""Stretches of time that something is owed in, each with a code that never changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tanxin.core.calendar.span import HalfOpen

_ONE_DAY = timedelta(days=1)


class NoSuchPeriod(LookupError):
    """No term or custom period covers the day, as in the vacation."""


class PeriodBackwards(ValueError):
    """A period would end before it begins."""


class PeriodKind(StrEnum):
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    TERM = "term"
    YEAR = "year"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class CustomPeriod:
    """A term or any other stretch an organisation names itself; ``end`` is its last day.

    ``code`` is the organisation's, such as ``2026-T1`` for a school term.
    """

    code: str
    name: str
    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise PeriodBackwards(f"{self.code} ends on {self.end}, before {self.start}")


@dataclass(frozen=True, slots=True)
class Period(HalfOpen):
    """Codes: ``2026``, ``2026-H1``, ``2026-Q3``, ``2026-05``, ``2026-W07``, or the own one."""

    kind: PeriodKind
    start: date
    end_exclusive: date
    code: str

    @property
    def middle(self) -> date:
        """The day that decides which longer period this one belongs to: a week's Thursday."""
        return self.start + timedelta(days=(self.days - 1) // 2)


_MONTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.HALF: 6,
    PeriodKind.YEAR: 12,
}
_GIVEN = (PeriodKind.TERM, PeriodKind.CUSTOM)


def period_of(kind: PeriodKind, day: date, terms: Sequence[CustomPeriod] = ()) -> Period:
    """Return the period of this kind that ``day`` lies in; weeks are ISO weeks, from Monday.

    ``terms`` are the organisation's terms for ``TERM``, its own periods for ``CUSTOM``; where they
    overlap it is the one that began last. Raises ``NoSuchPeriod`` where none covers the day.
    """
    if kind in _GIVEN:
        covering = list(periods_in(kind, day, day + _ONE_DAY, terms))
        if not covering:
            raise NoSuchPeriod(f"no {kind} covers {day}")
        return covering[-1]
    if kind is PeriodKind.WEEK:
        return _week(day)
    return _months(kind, day)


def periods_in(
    kind: PeriodKind, start: date, end: date, terms: Sequence[CustomPeriod] = ()
) -> tuple[Period, ...]:
    """Return, in order and whole, the periods with a day from ``start`` up to before ``end``."""
    if kind in _GIVEN:
        own = (Period(kind, each.start, each.end + _ONE_DAY, each.code) for each in terms)
        touching = (each for each in own if each.start < end and each.end_exclusive > start)
        return tuple(sorted(touching, key=lambda each: (each.start, each.code)))
    return tuple(_following(kind, start, end))


def sub_periods(
    period: Period, kind: PeriodKind, terms: Sequence[CustomPeriod] = ()
) -> tuple[Period, ...]:
    """Return the periods of a shorter ``kind`` that belong to ``period``, whole and in order.

    One belongs where its middle day lies, as ISO weeks belong to the year of their Thursday, so
    neighbouring periods share none and lose none. A longer kind gives nothing.
    """
    parts = periods_in(kind, period.start, period.end_exclusive, terms)
    return tuple(each for each in parts if each.middle in period and each.days <= period.days)


def _following(kind: PeriodKind, start: date, end: date) -> Iterator[Period]:
    while start < end:
        period = period_of(kind, start)
        yield period
        start = period.end_exclusive


def _week(day: date) -> Period:
    year, week, weekday = day.isocalendar()
    start = day - timedelta(days=weekday - 1)
    return Period(PeriodKind.WEEK, start, start + timedelta(weeks=1), f"{year:04}-W{week:02}")


def _months(kind: PeriodKind, day: date) -> Period:
    length = _MONTHS[kind]
    index = (day.month - 1) // length
    start = date(day.year, index * length + 1, 1)
    years, month = divmod(start.month - 1 + length, 12)
    end = date(day.year + years, month + 1, 1)
    return Period(kind, start, end, _code(kind, day.year, index + 1))


def _code(kind: PeriodKind, year: int, number: int) -> str:
    match kind:
        case PeriodKind.MONTH:
            return f"{year:04}-{number:02}"
        case PeriodKind.QUARTER:
            return f"{year:04}-Q{number}"
        case PeriodKind.HALF:
            return f"{year:04}-H{number}"
        case _:
            return f"{year:04}"
