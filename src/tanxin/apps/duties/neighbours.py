"""Which facts a change can reach, so that a small change reads and derives little.

A duty may be found at several places and the best place counts, so the places of everybody who
stands near the changed people are read as well, whole.
"""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import Q

from tanxin.apps.duties.snapshot import BATCH, EVERYTHING, Facts, Wanted
from tanxin.apps.org.models import BranchMember, Charge, Contact, Event, Seat, Team, Tenure
from tanxin.core.policy import Scope, Snapshot

Ids = set[bytes]


def snapshot_around(facts: Facts, scope: Scope) -> Snapshot:
    """Return facts enough to derive the duties of everybody in ``reach`` of the scope."""
    near = _Near(facts)
    persons, units = near.first(scope)
    for _ in range(2):
        persons |= near.people_at(units)
        units |= near.units_of(persons)
    return facts.snapshot(near.wanted(persons, units))


class _Near:
    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._reader = facts.reader
        self._known_people: Ids = set()
        self._known_units: Ids = set()
        self._subjects: Ids = set()

    def first(self, scope: Scope) -> tuple[Ids, Ids]:
        """Return the changed people with their contacts, applicants, and the changed units."""
        persons = {_bytes(each) for each in scope.persons}
        units = {_bytes(each) for each in (*scope.units, *scope.branches)}
        for batch in _batches({_bytes(each) for each in scope.teams}):
            teams = Team.objects.filter(self._facts.realm, pk__in=batch)
            units |= self._reader.ids(teams, name="unit")
        units |= self.units_of(persons)
        for batch in _batches(persons):
            kept = Contact.objects.filter(self._facts.believed, person__in=batch)
            looked_after = Contact.objects.filter(self._facts.believed, other__in=batch)
            persons |= self._reader.ids(kept, (looked_after, "person"), name="other")
        about = Event.objects.filter(self._facts.happened, person__isnull=False)
        self._subjects = self._reader.ids(about, name="person")
        return persons | self._subjects, units

    def units_of(self, persons: Ids) -> Ids:
        """Return where these people stand; each is asked about once."""
        units: Ids = set()
        for batch in _batches(persons - self._known_people):
            mine = Q(person__in=batch)
            units |= self._reader.ids(
                Seat.objects.filter(self._facts.believed, mine),
                (Tenure.objects.filter(self._facts.tenures, mine), "post__unit"),
                (Charge.objects.filter(self._facts.believed, mine), "unit"),
                (BranchMember.objects.filter(self._facts.believed, mine), "branch"),
                name="team__unit",
            )
        self._known_people |= persons
        return units

    def people_at(self, units: Ids) -> Ids:
        persons: Ids = set()
        for batch in _batches(units - self._known_units):
            persons |= self._reader.ids(
                Seat.objects.filter(self._facts.believed, team__unit__in=batch),
                (Tenure.objects.filter(self._facts.tenures, post__unit__in=batch), "person"),
                (Charge.objects.filter(self._facts.believed, unit__in=batch), "person"),
                (BranchMember.objects.filter(self._facts.believed, branch__in=batch), "person"),
                name="person",
            )
        self._known_units |= units
        return persons

    def wanted(self, persons: Ids, units: Ids) -> Wanted:
        """Return all facts at these units, and all facts of these people and of those there."""
        everybody = persons | self.people_at(units)
        people = list(_batches(everybody))
        places = list(_batches(units))
        theirs = [Q(person__in=batch) for batch in people]
        there = [Q(unit__in=batch) for batch in places]
        return Wanted(
            seats=[*theirs, *(Q(team__unit__in=batch) for batch in places)],
            tenures=[*theirs, *(Q(post__unit__in=batch) for batch in places)],
            charges=[*theirs, *there],
            members=[*theirs, *(Q(branch__in=batch) for batch in places)],
            contacts=[*theirs, *(Q(other__in=batch) for batch in people)],
            states=theirs,
            persons=[Q(pk__in=batch) for batch in people],
            teams=[*there, *(Q(seats__person__in=batch) for batch in people)],
            posts=[*there, *(Q(tenures__person__in=batch) for batch in people)],
            units=EVERYTHING if self._subjects else (),
        )


def _batches(ids: Iterable[bytes]) -> Iterator[list[UUID]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), BATCH):
        yield [UUID(bytes=each) for each in ordered[start : start + BATCH]]


def _bytes(value: object) -> bytes:
    return value.bytes if isinstance(value, UUID) else bytes(value)  # type: ignore[call-overload] # ids are UUIDs or their bytes
