"""Which of the periods of a kind a rule means: odd or even ones, numbered ones, those of a term."""

from collections.abc import Iterable, Sequence
from datetime import date

from tanxin.core.calendar import CustomPeriod, Period, PeriodKind, week_number
from tanxin.core.policy.schema import Only, Parity, Stretch

_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF: 6}
_A_YEAR = 12


def is_meant(only: Only, period: Period, terms: Sequence[CustomPeriod]) -> bool:
    """Say whether ``period`` counts; it lies in a stretch if its middle day does."""
    since: date | None = None
    if only.in_terms or only.during:
        stretches = [(each.start, each.end) for each in terms] if only.in_terms else []
        since = _beginning(stretches or _days(only.during), period.middle)
        if since is None:
            return False
    if only.numbers:
        return number_of(period, since) in only.numbers
    if only.parity is not None:
        return (number_of(period, since) % 2 == 1) is (only.parity is Parity.ODD)
    return True


def number_of(period: Period, since: date | None = None) -> int:
    """Return the number of a period in its year, or counted from that of ``since``, which is 1."""
    if period.kind is PeriodKind.WEEK:
        return week_number(period.start, since)
    length = _MONTHS.get(period.kind, _A_YEAR)
    months = period.start.month - 1
    if since is not None:
        months += (period.start.year - since.year) * _A_YEAR
        return months // length - (since.month - 1) // length + 1
    return months // length + 1


def _days(stretches: Iterable[Stretch]) -> list[tuple[date, date]]:
    return [(each.start, each.last) for each in stretches]


def _beginning(stretches: Iterable[tuple[date, date]], day: date) -> date | None:
    return max((start for start, last in stretches if start <= day <= last), default=None)
