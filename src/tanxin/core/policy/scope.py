"""Which people a change of facts reaches, so that only their duties are derived again."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from tanxin.core.policy.snapshot import Snapshot

Id = Hashable
_NONE: frozenset[Id] = frozenset()


@dataclass(frozen=True, slots=True)
class Scope:
    """What has changed: put in both sides of every fact that was added, ended or voided."""

    persons: frozenset[Id] = _NONE
    units: frozenset[Id] = _NONE
    teams: frozenset[Id] = _NONE
    branches: frozenset[Id] = _NONE


def reach(snapshot: Snapshot, scope: Scope) -> frozenset[Id]:
    """Return everybody who stands with the changed people, or at the changed places.

    A duty is touched by the change only if its initiator or its subject is among them; so these
    are the stored duties to compare with what ``derive`` gives for the same scope.
    """
    persons = set(scope.persons)
    teams = set(scope.teams)
    units = scope.units | scope.branches
    units |= {snapshot.teams[team].unit for team in teams if team in snapshot.teams}
    for person in scope.persons:
        units |= set(_units_of(snapshot, person))
        persons |= set(_contacts_of(snapshot, person))
    for unit in units:
        persons |= set(_people_at(snapshot, unit))
    if units:
        persons |= set(_newcomers(snapshot))
    return frozenset(persons)


def concerns(people: frozenset[Id], initiator: Id, subject: Id | None) -> bool:
    """Say whether a stored duty belongs to the reach ``people``."""
    return initiator in people or subject in people


def _units_of(snapshot: Snapshot, person: Id) -> Iterator[Id]:
    for seat in snapshot.seats_by_person.get(person, ()):
        yield snapshot.teams[seat.team].unit
    for tenure in snapshot.tenures_by_person.get(person, ()):
        yield snapshot.posts[tenure.post].unit
    for charge in snapshot.charges_by_person.get(person, ()):
        yield charge.unit
    for member in snapshot.members_by_person.get(person, ()):
        yield member.branch


def _contacts_of(snapshot: Snapshot, person: Id) -> Iterator[Id]:
    for contact in snapshot.contacts_by_person.get(person, ()):
        if contact.other is not None:
            yield contact.other
    for contact in snapshot.contacts_by_other.get(person, ()):
        yield contact.person


def _people_at(snapshot: Snapshot, unit: Id) -> Iterator[Id]:
    for team in snapshot.teams_by_unit.get(unit, ()):
        for seat in snapshot.seats_by_team.get(team.id, ()):
            yield seat.person
    for tenure in snapshot.tenures_by_unit.get(unit, ()):
        yield tenure.person
    for charge in snapshot.charges_by_unit.get(unit, ()):
        yield charge.person
    for member in snapshot.members_by_branch.get(unit, ()):
        yield member.person


def _newcomers(snapshot: Snapshot) -> Iterator[Id]:
    """People with an event who are in no branch, as applicants: any branch may be theirs."""
    for events in snapshot.events_by_kind.values():
        for event in events:
            if event.person is not None and event.person not in snapshot.members_by_person:
                yield event.person
