"""Which people and places a change of facts touches, so that little is derived again."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tanxin.core.policy.duty import Duty
from tanxin.core.policy.facts import EventFact
from tanxin.core.policy.relate import units_of_person
from tanxin.core.policy.schema import Pack, Relation
from tanxin.core.policy.snapshot import Snapshot
from tanxin.core.policy.spans import span_of

Id = Hashable
_NONE: frozenset[Id] = frozenset()


@dataclass(frozen=True, slots=True)
class Scope:
    """What has changed: put in both sides of every fact that was added, ended or voided."""

    persons: frozenset[Id] = _NONE
    units: frozenset[Id] = _NONE
    teams: frozenset[Id] = _NONE
    branches: frozenset[Id] = _NONE


@dataclass(frozen=True, slots=True)
class Reach:
    """All that a changed person owes or is owed is touched, and all that is found at a place.

    Places are teams, branches, units in somebody's charge and those who keep contact.
    """

    persons: frozenset[Id]
    places: frozenset[Id]

    def concerns(self, initiator: Id, subject: Id | None, via: Id) -> bool:
        """Say whether a stored duty is to be compared with what is derived."""
        return via in self.places or initiator in self.persons or subject in self.persons

    def touches(self, duty: Duty) -> bool:
        return self.concerns(duty.initiator, duty.subject, duty.via)

    def about(self, event: EventFact) -> bool:
        """Say whether the event is one of what has changed, wherever it leads."""
        return not self.persons.isdisjoint((event.person,)) or not self.places.isdisjoint(
            (event.team, event.unit)
        )


def reach(snapshot: Snapshot, scope: Scope, packs: Sequence[Pack] = ()) -> Reach:
    """Find what a change touches. The snapshot holds at least all facts of the changed people.

    A change of a team is one of everybody in it: what they owe elsewhere may rest on their seat.
    Where a rule of ``packs`` looks up or down the tree a change reaches all above and below.
    """
    units = scope.units | scope.branches
    units |= {snapshot.teams[team].unit for team in scope.teams if team in snapshot.teams}
    persons = set(scope.persons)
    for team in scope.teams:
        persons.update(seat.person for seat in snapshot.seats_by_team.get(team, ()))
    if units:
        persons.update(event.person for event in newcomers(snapshot))
    places = set(units) | scope.teams | persons
    for person in persons:
        places.update(_places_of(snapshot, person))
    for unit in tuple(places):
        places.update(team.id for team in snapshot.teams_by_unit.get(unit, ()))
    if joins(packs, Relation.CONTACT):
        for person in tuple(persons):
            places.update(_contacts_of(snapshot, person))
    if looks_along_the_tree(packs):
        places.update(_along_the_tree(snapshot, places))
    return Reach(frozenset(persons), frozenset(places))


def joins(packs: Iterable[Pack], relation: Relation) -> bool:
    terms = (rule.terms for pack in packs for rule in pack.rules if rule.terms)
    return any(each.joined.relation is relation for each in terms)


_TREE = (Relation.BELOW, Relation.ABOVE, Relation.AUTHORITY, Relation.RECEPTION)


def looks_along_the_tree(packs: Iterable[Pack]) -> bool:
    """Say whether a rule joins people of different units by the tree, or an event by it."""
    terms = (rule.terms for pack in packs for rule in pack.rules if rule.terms)
    return any(
        each.joined.relation in _TREE or getattr(each.time, "below", False) for each in terms
    )


def _along_the_tree(snapshot: Snapshot, places: Iterable[Id]) -> set[Id]:
    units = {place for place in places if place in snapshot.units}
    up = {each for unit in units for each in snapshot.above(unit)}
    down = {each for unit in units for each in snapshot.below(unit)}
    facts = (fact for some in snapshot.authorities_by_unit.values() for fact in some)
    managing = {fact.unit for fact in facts if fact.over in units | up | down}
    return up | down | managing


def _places_of(snapshot: Snapshot, person: Id) -> Iterator[Id]:
    for seat in snapshot.seats_by_person.get(person, ()):
        yield seat.team
        yield snapshot.teams[seat.team].unit
    for tenure in snapshot.tenures_by_person.get(person, ()):
        yield snapshot.posts[tenure.post].unit
    for charge in snapshot.charges_by_person.get(person, ()):
        yield charge.unit
    for member in snapshot.members_by_person.get(person, ()):
        yield member.branch
    for contact in snapshot.contacts_by_other.get(person, ()):
        yield contact.person


def _contacts_of(snapshot: Snapshot, person: Id) -> Iterator[Id]:
    """Return who keeps contact with his units, and whom he keeps it with himself."""
    kept = snapshot.contacts_by_person.get(person, ())
    yield from (contact.other for contact in kept if contact.other is not None)
    for unit in units_of_person(snapshot, person):
        yield from (contact.person for contact in snapshot.contacts_by_unit.get(unit, ()))
    for contact in kept:
        yield from people_at(snapshot, contact.unit)


def people_at(snapshot: Snapshot, unit: Id | None) -> Iterator[Id]:
    """Return everybody who ever has a post, a seat or a membership at a unit."""
    yield from (row.person for row in snapshot.tenures_by_unit.get(unit, ()))
    yield from (row.person for row in snapshot.members_by_branch.get(unit, ()))
    for team in snapshot.teams_by_unit.get(unit, ()):
        yield from (row.person for row in snapshot.seats_by_team.get(team.id, ()))


def newcomers(snapshot: Snapshot) -> Iterator[EventFact]:
    """Return events of people in no branch that day, as applicants: any branch may be theirs."""
    for events in snapshot.events_by_kind.values():
        for event in events:
            if event.person is not None and not _is_member(snapshot, event.person, event.on):
                yield event


def _is_member(snapshot: Snapshot, person: Id, on: date) -> bool:
    return any(
        first <= on.toordinal() <= last
        for row in snapshot.members_by_person.get(person, ())
        for first, last in [span_of(row.start, row.end)]
    )
