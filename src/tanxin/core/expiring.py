"""How long a dated fact about a person may be relied on."""

from datetime import date, timedelta

# True for good once they are; everything else without an end is confirmed anew, or forgotten.
LASTING = frozenset({"minority", "retired"})
CONFIRMED_FOR = timedelta(days=365)


def relied_on_until(kind: str, end: date | None, recorded_on: date) -> date | None:
    """The first day on which it is shown no more: its end, or a year after it was recorded.

    >>> relied_on_until("ill", None, date(2026, 3, 1))
    datetime.date(2027, 3, 1)
    >>> relied_on_until("ill", date(2026, 6, 1), date(2026, 3, 1))
    datetime.date(2026, 6, 1)
    >>> relied_on_until("retired", None, date(2026, 3, 1)) is None
    True
    """
    if end is not None or kind in LASTING:
        return end
    return recorded_on + CONFIRMED_FOR
