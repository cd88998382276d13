"""Long absence (半年以上) is told by nobody: it follows from a dated leave that is long enough."""

from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import blake2b

from tanxin.core.calendar import Offset, OffsetUnit, WorkCalendar, deadline_after
from tanxin.core.policy.facts import StateFact
from tanxin.core.policy.identity import KEY_SIZE, id_bytes

LONG_ABSENT = "long_absent"
# Who is in one of these is not at work, for as long as it is dated.
ABSENCES = ("leave", "study", "secondment", "abroad")
_HALF_A_YEAR = Offset(6, OffsetUnit.MONTH)
_ANY_CALENDAR = WorkCalendar()  # Months ask no calendar.


def long_absences(states: Iterable[StateFact]) -> Iterator[StateFact]:
    """Return the state of each absence of half a year and more.

    One with a last day is long from its first day on, one without once half a year has passed.
    """
    for state in states:
        if state.kind in ABSENCES:
            start = _long_from(state.start, state.end)
            if state.end is None or start is None or start < state.end:
                yield state._replace(id=_key(state), kind=LONG_ABSENT, start=start)


def _long_from(start: date | None, end: date | None) -> date | None:
    """The first day of it; where it never becomes long, its end."""
    if start is None:
        return None
    after = deadline_after(start, _HALF_A_YEAR, _ANY_CALENDAR)
    if end is None:
        return after
    return start if end >= after else end


def _key(state: StateFact) -> bytes:
    return blake2b(id_bytes(state.id) + LONG_ABSENT.encode(), digest_size=KEY_SIZE).digest()
