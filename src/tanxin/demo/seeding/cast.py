"""The people of the realm by staff number, and each as the actor who does something."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from uuid import UUID

from tanxin.apps.org.models import Person
from tanxin.apps.sealing import client
from tanxin.core.access import Actor, Role
from tanxin.demo.invent import Human, Organisation

# The security administrator first: the keeper takes the other tasks from his session.
ROLES = {
    "demo-security": Role.SECURITY_ADMIN,
    "demo-organiser": Role.ORGANISER,
    "demo-supervisor": Role.SUPERVISOR,
    "demo-auditor": Role.AUDITOR,
    "demo-system": Role.SYSTEM_ADMIN,
}
# Nobody can walk in as the second supervisor, whose request waits for the first.
SECOND_SUPERVISOR = ("督查考核处", "处长")


@dataclass(frozen=True)
class Cast:
    realm_id: UUID
    org: Organisation
    ids: dict[str, UUID]
    humans: dict[UUID, Human]

    @property
    def today(self) -> date:
        return self.org.today

    def id_of(self, human: Human) -> UUID:
        return self.ids[human.number]

    def persona(self, handle: str) -> UUID:
        return self.id_of(self.org.personas[handle])

    @cached_property
    def second_supervisor(self) -> UUID:
        return next(
            person_id
            for person_id, human in self.humans.items()
            if (human.department, human.title) == SECOND_SUPERVISOR
        )

    @cached_property
    def roles(self) -> dict[UUID, Role]:
        named = {self.persona(handle): role for handle, role in ROLES.items()}
        return named | {self.second_supervisor: Role.SUPERVISOR}

    def actor(self, person_id: UUID) -> Actor:
        role = self.roles.get(person_id)
        roles = frozenset({role} if role else ())
        return Actor(self.realm_id, person_id, roles=roles)

    @contextmanager
    def at_keeper(self, person_id: UUID) -> Iterator[Actor]:
        """The person with a login of the keeper's own, for what it takes from nobody else."""
        token = client.open_session(self.realm_id, None, person_id).token
        try:
            yield replace(self.actor(person_id), session=token)
        finally:
            client.close_session(self.realm_id, token)


def cast_of(realm_id: UUID, org: Organisation) -> Cast:
    known = dict(Person.objects.filter(realm=realm_id).values_list("number", "pk"))
    ids = {human.number: known[human.number] for human in org.people}
    return Cast(realm_id, org, ids, {ids[human.number]: human for human in org.people})
