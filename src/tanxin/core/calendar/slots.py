"""Quarters of an hour: what a talk takes up, and when several people are free for one."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime, time, timedelta, tzinfo

from tanxin.core.calendar.working import WorkCalendar

QUARTER = timedelta(minutes=15)
BEGINS_EVERY = timedelta(minutes=30)
OFFICE_HOURS = ((time(8, 30), time(12)), (time(14), time(17, 30)))
# Where nobody finds a free time in so many days, he has another trouble than this page.
DAYS_LOOKED_AT = 60
_DAY = timedelta(days=1)


def quarters(begins: datetime, minutes: int) -> list[datetime]:
    """Every quarter, in UTC, that a talk of so many minutes touches: at least one."""
    first = _quarter_of(begins.astimezone(UTC))
    ends = begins + timedelta(minutes=max(minutes, 1))
    found = [first]
    while found[-1] + QUARTER < ends:
        found.append(found[-1] + QUARTER)
    return found


def free_starts(
    busy: AbstractSet[datetime],
    calendar: WorkCalendar,
    zone: tzinfo,
    *,
    since: datetime,
    minutes: int,
) -> Iterator[datetime]:
    """When a talk could begin, half hour by half hour: in office hours of working days.

    ``busy`` are quarters in UTC, of everybody who is to be free. Nothing before ``since``.
    """
    first = since.astimezone(zone).date()
    days = (first + _DAY * n for n in range(DAYS_LOOKED_AT))
    for day in filter(calendar.is_working_day, days):
        for opens, closes in OFFICE_HOURS:
            end = datetime.combine(day, closes, zone)
            for begins in starts(datetime.combine(day, opens, zone), end, minutes):
                if begins >= since and not busy & set(quarters(begins, minutes)):
                    yield begins


def starts(
    opens: datetime, closes: datetime, minutes: int, every: timedelta = BEGINS_EVERY
) -> Iterator[datetime]:
    """The beginnings, one after the other, of what still ends by ``closes``."""
    begins = opens
    while begins + timedelta(minutes=minutes) <= closes:
        yield begins
        begins += every


def _quarter_of(moment: datetime) -> datetime:
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
