"""Meetings and other dated things, known by what they are and whom they are about, not by year.

One that gets another day stays the same, also across New Year; what stands too far from every
known day to be a move is another one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from tanxin.apps.org import codes
from tanxin.apps.org.intake.difference import Doubt, Group, Step
from tanxin.apps.org.intake.held import EventKey, Held
from tanxin.apps.org.intake.people import People
from tanxin.apps.org.models import Event
from tanxin.apps.org.roster import EventRow, Roster

SENSITIVE = frozenset({
    "illness", "discharge", "bereavement", "family_change", "petition", "reminder", "admonition",
    "sanction", "sanction_ended",
})  # fmt: skip
# Further apart in days, two dates are two events: of yearly ones half a year, of others less.
USUALLY_APART = 182
APART: Mapping[str, int] = {
    "theme_day": 15, "branch_meeting": 45, "holiday": 15, "major_task": 31, "key_meeting": 31,
    "inspection": 31, "major_rule": 31, "award": 31, "reminder": 31, "illness": 31,
    "discharge": 31, "petition": 31, "abroad": 31, "family_change": 31, "bereavement": 31,
}  # fmt: skip
# What lies behind has mostly taken place, and moves only to a near day.
APART_IF_PAST = 62


@dataclass
class Events:
    held: Held
    people: People
    source: str
    steps: list[Step] = field(default_factory=list)

    def take(self, roster: Roster) -> None:
        said: dict[EventKey, dict[date, EventRow]] = defaultdict(dict)
        names: dict[EventKey, str] = {}
        for row in filter(roster.takes, roster.events):
            about_id, name = self.about(row)
            if about_id is not None and row.on is not None:
                said[row.kind, about_id].setdefault(row.on, row)
                names[row.kind, about_id] = name
        refused = [row for row in roster.events if not roster.takes(row)]
        for key, rows in said.items():
            self.compare(key, names[key], rows, days_of(refused, key[0], rows.values()))

    def compare(
        self, key: EventKey, about: str, rows: Mapping[date, EventRow], also: set[date]
    ) -> None:
        """``also`` are days of rows that are left out: those events have not moved."""
        known = self.held.events.setdefault(key, [])
        days = sorted(rows.keys() - {event.on for event in known})
        gone = [event for event in known if event.on not in rows and event.on not in also]
        moved = self.paired(key[0], days, sorted(gone, key=lambda event: event.on))
        for day in days:
            if day in moved:
                self.move(moved[day], about, day)
            else:
                self.add(key, about, rows[day], day)

    def paired(self, kind: str, days: Sequence[date], gone: Sequence[Event]) -> dict[date, Event]:
        """New day → the event that moved there; several move in the order they stand in."""
        near = {day: [event for event in gone if self.is_near(kind, event, day)] for day in days}
        movable = [event for event in gone if any(event in near[day] for day in days)]
        if len(movable) == len(days):
            pairs = zip(days, movable, strict=True)
            return {day: event for day, event in pairs if event in near[day]}
        single = {day: found[0] for day, found in near.items() if len(found) == 1}
        return without_doubles(single)

    def is_near(self, kind: str, event: Event, day: date) -> bool:
        apart = APART.get(kind, USUALLY_APART)
        if event.on < self.held.on:
            apart = min(apart, APART_IF_PAST)
        return abs((event.on - day).days) <= apart

    def move(self, event: Event, about: str, day: date) -> None:
        before, after = worded(event.kind, event.on), worded(event.kind, day)
        self.steps.append(Step(Group.EVENT, about, before, after, moves=((event.pk, day),)))
        event.on = day

    def add(self, key: EventKey, about: str, row: EventRow, day: date) -> None:
        kind, about_id = key
        event = Event(kind=kind, on=day, source=self.source, sensitive=kind in SENSITIVE)
        if row.name or row.number:
            event.person_id = about_id
        elif row.team:
            event.team_id = about_id
        else:
            event.unit_id = about_id
        self.steps.append(Step(Group.EVENT, about, after=worded(kind, day), rows=(event,)))
        self.held.events[key].append(event)

    def about(self, row: EventRow) -> tuple[UUID | None, str]:
        if row.name or row.number:
            person_id = self.people.find(row.name, row.number, row.where)
            known = self.held.people.get(person_id) if person_id else None
            return person_id, known.details.name if known else row.name
        if row.team:
            found = [team for (_, name), team in self.held.teams.items() if name == row.team]
            if len(found) == 1:
                return found[0].pk, row.team
            self.people.doubts.append(Doubt(row.where, "no-such-team", row.team))
            return None, row.team
        return self.people.find_unit(row.unit, row.where), row.unit


def days_of(refused: Iterable[EventRow], kind: str, rows: Iterable[EventRow]) -> set[date]:
    """Days of left-out rows about the same; one whose kind is unclear may be of any."""
    names = {called(row) for row in rows}
    return {
        row.on
        for row in refused
        if row.on is not None and row.kind in {"", kind} and called(row) in names
    }


def called(row: EventRow) -> tuple[str, ...]:
    return (row.unit, row.team, row.name, row.number)


def without_doubles(pairs: Mapping[date, Event]) -> dict[date, Event]:
    """An event that several days might claim stays where it is."""
    claims: dict[UUID, list[date]] = defaultdict(list)
    for day, event in pairs.items():
        claims[event.pk].append(day)
    return {day: event for day, event in pairs.items() if len(claims[event.pk]) == 1}


def worded(kind: str, day: date) -> str:
    return f"{codes.table('event').word(kind)} {day.isoformat()}"
