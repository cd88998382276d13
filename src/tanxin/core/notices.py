"""When somebody is told that something waits for him: once a day at most, and only of news."""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from enum import StrEnum

from tanxin.core.calendar import WorkCalendar

FROM, UNTIL = time(8, 30), time(18, 0)
# The first try and those after it; then it is given up until there is news again.
TRY_AGAIN = (timedelta(minutes=5), timedelta(minutes=20), timedelta(hours=1), timedelta(hours=3))
# So long a worker has for one message before another takes it over.
LEASE = timedelta(minutes=10)


class DigestState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    # When it was to be sent nothing waited any more.
    DONE_MEANWHILE = "done"
    UNREACHABLE = "unreachable"
    FAILED = "failed"


UNSETTLED = frozenset({DigestState.WAITING, DigestState.SENDING})


def may_send(local: datetime, calendar: WorkCalendar) -> bool:
    """Working days in office hours; whoever rests is left to rest."""
    return calendar.is_working_day(local.date()) and FROM <= local.time() < UNTIL


def is_news(waits: Collection[str], told: Collection[str]) -> bool:
    """Whether anything waits that the last message sent did not stand for."""
    return not set(waits) <= set(told)


def next_try(tries: int, at: datetime) -> datetime | None:
    """When a message that failed ``tries`` times is tried again; None where it is given up."""
    return at + TRY_AGAIN[tries - 1] if tries <= len(TRY_AGAIN) else None
