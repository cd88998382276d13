"""How long what was said in a talk is kept, and from which day on it may be destroyed.

No national rule names a time for these records: ten and thirty years are defaults, which a rule
pack overrides (``retention``) and an organisation has approved by whom it answers to.
"""

from collections.abc import Mapping
from datetime import date

from tanxin.core.calendar import Offset, OffsetUnit

USUAL: Mapping[str, int] = {"routine": 10, "care": 10, "office": 30, "warning": 30}
LONGEST_USUAL = 30
MONTHS, WEEKS, DAYS = 12, 52, 365
_IN_A_YEAR = {
    OffsetUnit.YEAR: 1,
    OffsetUnit.MONTH: MONTHS,
    OffsetUnit.WEEK: WEEKS,
    OffsetUnit.DAY: DAYS,
    OffsetUnit.WORKING_DAY: DAYS,
}


def years_kept(kind: str, said: Offset | None) -> int:
    """Whole years, rounded up; what a pack says of the talk, else what is usual for its kind.

    >>> years_kept("care", None), years_kept("warning", None), years_kept("own", None)
    (10, 30, 30)
    """
    if said is None:
        return USUAL.get(kind, LONGEST_USUAL)
    return -(-said.n // _IN_A_YEAR[said.unit])


def kept_until(closed_on: date, years: int) -> date:
    """The first day on which it may be destroyed: years count from the January after it closed.

    >>> kept_until(date(2015, 3, 9), 10)
    datetime.date(2026, 1, 1)
    """
    return date(closed_on.year + 1 + years, 1, 1)
