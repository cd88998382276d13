"""When somebody is told that something waits for him: once a day at most, and only of news."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from tanxin.core.calendar import WorkCalendar

FROM, UNTIL = time(8, 30), time(18, 0)
# The hours of the day that somebody may choose; the first begins with the office.
HOURS = range(8, 18)
FIRST_HOUR = HOURS[0]
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


class Channel(StrEnum):
    """How a message leaves. Each is off until the site's settings name its server."""

    MAIL = "mail"
    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"
    WEBHOOK = "webhook"


class Overdue(StrEnum):
    """What is told once to whoever leads the one who owes it; late answers stand with requests."""

    DUTY = "duty"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Wait:
    """Something that waits for somebody, by a mark that says nothing; ``late`` if he owes it."""

    mark: str
    late: bool = False


UNSETTLED = frozenset({DigestState.WAITING, DigestState.SENDING})


def may_send(local: datetime, calendar: WorkCalendar) -> bool:
    """Working days in office hours; whoever rests is left to rest."""
    return calendar.is_working_day(local.date()) and FROM <= local.time() < UNTIL


def begins(hour: int) -> time:
    return max(FROM, time(hour))


def hours_begun(local: datetime) -> list[int]:
    """The hours to choose from that have begun on this day."""
    return [hour for hour in HOURS if begins(hour) <= local.time()]


def marks(waits: Collection[Wait], *, only_late: bool = False) -> list[str]:
    """What somebody is told of; who wants to be left in peace still is told of what is late."""
    return sorted({wait.mark for wait in waits if wait.late or not only_late})


def news(waits: Collection[str], told: Collection[str]) -> list[str]:
    """What waits that no message stood for yet."""
    return sorted(set(waits) - set(told))


def next_try(tries: int, at: datetime) -> datetime | None:
    """When a message that failed ``tries`` times is tried again; None where it is given up."""
    return at + TRY_AGAIN[tries - 1] if tries <= len(TRY_AGAIN) else None
