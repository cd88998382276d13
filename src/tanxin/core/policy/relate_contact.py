"""Contact: somebody and those whom he has taken on, one by one or by their unit."""

from collections.abc import Collection, Hashable, Iterable, Iterator

from tanxin.core.policy.facts import (
    BranchMemberFact,
    ContactFact,
    EventFact,
    SeatFact,
    TenureFact,
)
from tanxin.core.policy.relate import Group, Joining, all_in, holds, units_of_person
from tanxin.core.policy.rows import Row, row_of
from tanxin.core.policy.schema import Count
from tanxin.core.policy.snapshot import Snapshot
from tanxin.core.policy.spans import merged

Id = Hashable


class InContact(Joining):
    """The place is who keeps contact; where any of several may talk, who is taken on.

    A contact with a unit is one with those in it whom the rule means.
    """

    @property
    def by_subject(self) -> bool:
        return self.terms.count is Count.SUBJECT

    def places(self) -> Collection[Id]:
        if not self.by_subject:
            return self.snapshot.contacts_by_person
        return self.snapshot.contacts_by_other.keys() | {
            row.person
            for unit in self.snapshot.contacts_by_unit
            for row in self.holdings.at(self.whom)(unit).rows
        }

    def places_of_person(self, person: Id) -> set[Id]:
        snapshot = self.snapshot
        kept, takers = all_in(snapshot.contacts_by_person, person), self._takers(person)
        if not self.by_subject:
            places = {row.person for row in takers}
            return places | ({person} & snapshot.contacts_by_person.keys())
        places = {row.other for row in kept}
        places |= {
            row.person
            for each in kept
            if each.unit is not None
            for row in self.holdings.at(self.whom)(each.unit).rows
        }
        return (places | ({person} if takers else set())) - {None}

    def around(self, event: EventFact) -> Iterator[Group]:
        """An event of a unit is about those taken on who stand there that day."""
        if event.person is not None or event.team is not None or event.unit is None:
            yield from super().around(event)
            return
        there = people_standing(self.snapshot, self.units_of(event), event.on.toordinal())
        for place in self.places_of(there):
            group = self.group(place)
            whom = [row for row in group.whom if row.person in there]
            yield group._replace(whom=whom, same=False, once=False)

    def places_of_event(self, event: EventFact) -> set[Id]:
        seats = all_in(self.snapshot.seats_by_team, event.team)
        keepers = {seat.person for seat in seats} & self.snapshot.contacts_by_person.keys()
        return self.places_of(keepers) if self.by_subject else keepers

    def group(self, place: Id, team: Id | None = None) -> Group:
        if self.by_subject:
            return self._of_subject(place, team)
        others = [row for fact in self._kept_by(place) for row in self._others(fact)]
        spans = merged((row.first, row.last) for row in others)
        keeper = row_of(place, "contact", "", None, None)
        rows = [keeper._replace(first=first, last=last) for first, last in spans]
        who = self.cut_who.rows(self.sitting(rows, team))
        return self._joined(place, None, who, self.cut_whom.rows(others))

    def _of_subject(self, place: Id, team: Id | None) -> Group:
        who, whom = [], []
        for fact in self._takers(place):
            for row in self._others(fact):
                if row.person == place:
                    whom.append(row)
                    keeper = row_of(fact.person, "contact", "", None, None)
                    who.append(keeper._replace(first=row.first, last=row.last))
        keepers = self.cut_who.rows(self.sitting(who, team))
        return self._joined(place, None, keepers, self.cut_whom.rows(whom))

    def _takers(self, person: Id) -> list[ContactFact]:
        """Return the contacts of the rule's kinds that ``person``, or his unit, is taken on by."""
        snapshot = self.snapshot
        units = units_of_person(snapshot, person) if snapshot.contacts_by_unit else ()
        facts = list(all_in(snapshot.contacts_by_other, person))
        facts.extend(fact for unit in units for fact in all_in(snapshot.contacts_by_unit, unit))
        return [fact for fact in facts if fact.kind in self.contacts or not self.contacts]

    def _kept_by(self, person: Id) -> Iterator[ContactFact]:
        for fact in all_in(self.snapshot.contacts_by_person, person):
            if fact.kind in self.contacts or not self.contacts:
                yield fact

    def _others(self, fact: ContactFact) -> Iterator[Row]:
        """Return those whom a contact takes on, on its days."""
        taken = row_of(fact.other, "contact", fact.kind, fact.start, fact.end)
        if taken.first > taken.last:
            return
        if fact.unit is None:
            yield taken
            return
        for row in self.holdings.at(self.whom)(fact.unit).rows:
            first, last = max(row.first, taken.first), min(row.last, taken.last)
            if first <= last:
                yield row._replace(first=first, last=last, basis=f"{row.basis},{taken.basis}")


def people_standing(snapshot: Snapshot, units: Iterable[Id], day: int) -> set[Id]:
    """Return who has a post, a seat or a membership at one of these units on a day."""
    found: set[Id] = set()
    for unit in units:
        rows: list[TenureFact | BranchMemberFact | SeatFact] = [
            *all_in(snapshot.tenures_by_unit, unit),
            *all_in(snapshot.members_by_branch, unit),
        ]
        for team in all_in(snapshot.teams_by_unit, unit):
            rows.extend(all_in(snapshot.seats_by_team, team.id))
        found.update(row.person for row in rows if holds(row.start, row.end, day))
    return found
