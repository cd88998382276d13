"""The people of the realm by staff number, and each as the actor who does something."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tanxin.apps.org.models import Person
from tanxin.core.access import Actor, Role
from tanxin.demo.invent import Human, Organisation

ORGANISER = "demo-organiser"


@dataclass(frozen=True, slots=True)
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

    def actor(self, person_id: UUID) -> Actor:
        is_organiser = self.humans[person_id].persona == ORGANISER
        roles = frozenset({Role.ORGANISER} if is_organiser else ())
        return Actor(self.realm_id, person_id, roles=roles, session="seeding")


def cast_of(realm_id: UUID, org: Organisation) -> Cast:
    known = dict(Person.objects.filter(realm=realm_id).values_list("number", "pk"))
    ids = {human.number: known[human.number] for human in org.people}
    return Cast(realm_id, org, ids, {ids[human.number]: human for human in org.people})
