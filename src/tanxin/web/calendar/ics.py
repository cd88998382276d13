"""iCalendar (RFC 5545) as calendars read it."""

from collections.abc import Sequence
from datetime import UTC, timedelta
from hashlib import sha256
from uuid import UUID

from icalendar import Calendar, Event

from tanxin.apps.talks.dates import Date

KIND = "text/calendar; charset=utf-8"
# The same for all kinds, in the language of the practice: whoever sees it learns that there is one.
WORD = "谈话"
AGAIN_AFTER = timedelta(hours=1)


def calendar_of(dates: Sequence[Date], owner: UUID) -> bytes:
    """The same dates give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Tanxin//Tanxin//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", WORD)
    calendar.add("refresh-interval", AGAIN_AFTER, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", AGAIN_AFTER)
    for date in dates:
        calendar.add_component(event_of(date, owner))
    body: bytes = calendar.to_ical()
    return body


def event_of(date: Date, owner: UUID) -> Event:
    event = Event()
    event.add("uid", uid(date.talk_id, owner))
    event.add("dtstamp", date.made_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", date.begins.astimezone(UTC).replace(microsecond=0))
    event.add("duration", timedelta(minutes=date.minutes))
    event.add("summary", WORD)
    event.add("sequence", date.changes)
    event.add("status", date.state.upper())
    event.add("class", "PRIVATE")
    if date.place:
        event.add("location", date.place)
    return event


def uid(talk_id: UUID, owner: UUID) -> str:
    """Of one person's date: whoever keeps the calendars of both cannot lay them side by side."""
    return sha256(talk_id.bytes + owner.bytes).hexdigest()[:32]
