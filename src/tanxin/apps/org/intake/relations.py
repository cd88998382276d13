"""Seats, charges, contacts and states that stand in sheets of their own."""

from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from uuid import UUID

from tanxin.apps.org import codes
from tanxin.apps.org.intake.difference import Doubt, Group, Step
from tanxin.apps.org.intake.facts import Facts, span
from tanxin.apps.org.intake.held import Held, identity
from tanxin.apps.org.intake.people import GONE, People
from tanxin.apps.org.intake.places import Places
from tanxin.apps.org.models import Authority, Charge, Contact, Fact, PersonState, Seat, Team
from tanxin.apps.org.roster import AuthorityRow, ChargeRow, ContactRow, Roster, StateRow, TeamRow

FactT = TypeVar("FactT", bound=Fact)


@dataclass
class Relations:
    held: Held
    places: Places
    people: People
    facts: Facts
    source: str
    steps: list[Step] = field(default_factory=list)
    named: set[UUID] = field(default_factory=set)

    def take(self, roster: Roster) -> None:
        for team in filter(roster.takes, roster.teams):
            self.take_seat(team)
        for charge in filter(roster.takes, roster.charges):
            self.take_charge(charge)
        for contact in filter(roster.takes, roster.contacts):
            self.take_contact(contact)
        for state in filter(roster.takes, roster.states):
            self.take_state(state)
        for managed in filter(roster.takes, roster.authorities):
            self.take_authority(managed)

    def take_seat(self, row: TeamRow) -> None:
        person_id = self.people.find(row.name, row.number, row.where)
        team = self.team(row)
        if person_id is None or team is None:
            return
        about = f"{self.name(person_id)} · {team.name}"
        held = self.held.seats.get((team.pk, person_id), [])
        held = same_time(held, row.end)
        known = [seat for seat in held if seat.role == row.role]
        if known:
            self.adjust(Group.TEAM, about, known[0], row.start, row.end)
            return
        start = row.start or (self.held.on if held else None)
        if start and row.end and row.end <= start:
            start = None
        fresh = Seat(
            team_id=team.pk, person_id=person_id, role=row.role, start=start, end=row.end,
            source=self.source,
        )  # fmt: skip
        if identity(fresh) in self.held.past:
            return
        ends, voids = self.facts.over(list(held), start or self.held.on)
        rows = (
            (team, fresh) if team.pk in self.held.fresh and team.pk not in self.named else (fresh,)
        )
        self.named.update({team.pk, fresh.pk})
        self.held.fresh.add(fresh.pk)
        word = codes.table("seat_role").word(row.role)
        after = " ".join(filter(None, (word, span(row.start, row.end))))
        self.steps.append(Step(Group.TEAM, about, after=after, rows=rows, ends=ends, voids=voids))
        self.held.seats[team.pk, person_id] = [fresh]

    def team(self, row: TeamRow) -> Team | None:
        unit_id = self.people.find_unit(row.unit, row.where)
        if row.unit and unit_id is None:
            return None
        if unit_id is None:
            found = [team for (_, name), team in self.held.teams.items() if name == row.team]
            if len(found) == 1:
                return found[0]
            self.people.doubts.append(Doubt(row.where, "no-such-team", row.team))
            return None
        known = self.held.teams.get((unit_id, row.team))
        if known is None:
            known = Team(unit_id=unit_id, name=row.team, kind=row.kind or "leadership")
            self.held.fresh.add(known.pk)
            self.held.teams[unit_id, row.team] = known
        return known

    def take_charge(self, row: ChargeRow) -> None:
        person_id = self.people.find(row.name, row.number, row.where)
        unit_id = self.people.find_unit(row.unit, row.where)
        if person_id is None or unit_id is None:
            return
        about = f"{self.name(person_id)} · {self.places.by_id[unit_id].name}"
        held = same_time(self.held.charges.get((person_id, unit_id), []), row.end)
        if held:
            self.adjust(Group.CHARGE, about, held[0], row.start, row.end)
            return
        fresh = Charge(
            person_id=person_id, unit_id=unit_id, start=row.start, end=row.end, source=self.source
        )
        self.add(Group.CHARGE, about, fresh)
        self.held.charges[person_id, unit_id] = [fresh]

    def take_contact(self, row: ContactRow) -> None:
        person_id = self.people.find(row.name, row.number, row.where)
        says_other = row.other or row.other_number
        other_id = self.people.find(row.other, row.other_number, row.where) if says_other else None
        unit_id = self.people.find_unit(row.unit, row.where)
        if person_id is None or (other_id is None) == (unit_id is None):
            return
        if other_id == person_id:
            self.people.doubts.append(Doubt(row.where, "contact-with-oneself", row.name))
            return
        with_whom = self.name(other_id) if other_id else row.unit
        about = f"{self.name(person_id)} · {with_whom}"
        key = (row.kind, person_id, other_id, unit_id)
        held = same_time(self.held.contacts.get(key, []), row.end)
        if held:
            self.adjust(Group.CONTACT, about, held[0], row.start, row.end)
            return
        fresh = Contact(
            kind=row.kind, person_id=person_id, other_id=other_id, unit_id=unit_id, start=row.start,
            end=row.end, source=self.source,
        )  # fmt: skip
        self.add(Group.CONTACT, about, fresh)
        self.held.contacts[key] = [fresh]

    def take_authority(self, row: AuthorityRow) -> None:
        unit_id = self.people.find_unit(row.unit, row.where)
        over_id = self.people.find_unit(row.over, row.where)
        if unit_id is None or over_id is None:
            return
        names = (self.places.by_id[unit_id].name, self.places.by_id[over_id].name)
        about, key = " · ".join(names), (unit_id, over_id, row.rank)
        held = same_time(self.held.authorities.get(key, []), row.end)
        if held:
            self.adjust(Group.AUTHORITY, about, held[0], row.start, row.end)
            return
        fresh = Authority(
            unit_id=unit_id, over_id=over_id, rank=row.rank, start=row.start, end=row.end,
            source=self.source,
        )  # fmt: skip
        self.add(Group.AUTHORITY, about, fresh)
        self.held.authorities[key] = [fresh]

    def take_state(self, row: StateRow) -> None:
        person_id = self.people.find(row.name, row.number, row.where)
        if person_id is None:
            return
        if row.kind in GONE:
            self.facts.leave(person_id, self.name(person_id), row.start)
            return
        held = same_time(self.held.states.get((person_id, row.kind), []), row.end)
        if held:
            self.adjust(Group.STATE, self.name(person_id), held[0], row.start, row.end)
            return
        fresh = PersonState(
            person_id=person_id, kind=row.kind, start=row.start, end=row.end,
            source=row.source or self.source,
        )  # fmt: skip
        if identity(fresh) not in self.held.past:
            self.facts.add_state(self.name(person_id), fresh)

    def name(self, person_id: UUID) -> str:
        return self.held.people[person_id].details.name

    def add(self, group: Group, about: str, fresh: Charge | Contact | Authority) -> None:
        if identity(fresh) in self.held.past:
            return
        self.named.add(fresh.pk)
        self.held.fresh.add(fresh.pk)
        self.steps.append(Step(group, about, after=span(fresh.start, fresh.end), rows=(fresh,)))

    def adjust(
        self, group: Group, about: str, held: Fact, start: date | None, end: date | None
    ) -> None:
        """Dates the file gives win; a date it leaves out says nothing."""
        self.named.add(held.pk)
        new_start = start or held.start
        new_end = end or held.end
        if start and new_end and new_end <= start:
            new_end = end  # it began anew after the end that was known
        if (new_start, new_end) == (held.start, held.end) or held.pk in self.held.fresh:
            return
        before, after = span(held.start, held.end), span(new_start, new_end)
        if new_start == held.start and held.end is None and new_end is not None:
            ends = ((type(held), held.pk, new_end),)
            self.steps.append(Step(group, about, before, after, ends=ends))
            return
        columns = {
            column.attname: getattr(held, column.attname)
            for column in held._meta.concrete_fields
            if column.name not in {"id", "realm", "recorded_at", "voided_at"}
        }
        fresh = type(held)(**{**columns, "start": new_start, "end": new_end, "source": self.source})
        voids = ((type(held), held.pk),)
        self.steps.append(Step(group, about, before, after, rows=(fresh,), voids=voids))


def same_time(held: list[FactT], end: date | None) -> list[FactT]:
    """Those a row that ended may be about: what began after its end is another time."""
    return [fact for fact in held if not (end and fact.start and fact.start >= end)]
