"""Who held which post on a day, and which unit is a person's main one."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from tanxin.apps.org.actors import on_day
from tanxin.apps.org.cards import LEVEL_ORDER
from tanxin.apps.org.models import Person, Tenure


@dataclass(frozen=True, slots=True)
class HeldPost:
    person_id: UUID
    post_id: UUID
    title: str
    level: str
    order: int
    unit_id: UUID
    start: date | None
    end: date | None

    @property
    def rank(self) -> tuple[int, int, str]:
        return LEVEL_ORDER[self.level], self.order, self.title


COLUMNS = (
    "person", "post", "post__title", "post__level", "post__order", "post__unit", "start", "end",
)  # fmt: skip


def tenures_on(realm_id: UUID, on: date) -> QuerySet[Tenure]:
    return Tenure.objects.filter(on_day(on), realm=realm_id)


def held(tenures: QuerySet[Tenure]) -> list[HeldPost]:
    posts = [HeldPost(*row) for row in tenures.values_list(*COLUMNS)]
    return sorted(posts, key=lambda post: post.rank)


def posts_of(realm_id: UUID, person_id: UUID, on: date) -> list[HeldPost]:
    """The posts a person held on the day, the main one first."""
    return held(tenures_on(realm_id, on).filter(person=person_id))


def people_of_unit(realm_id: UUID, unit_id: UUID, on: date) -> list[HeldPost]:
    """The posts held in the unit itself on the day, the leading ones first."""
    return held(tenures_on(realm_id, on).filter(post__unit=unit_id))


def main_units(realm_id: UUID, on: date, people: Iterable[UUID] | None = None) -> dict[UUID, UUID]:
    """The main unit of each person: where the first post is. Without ``people``: of all."""
    tenures = tenures_on(realm_id, on)
    if people is not None:
        tenures = tenures.filter(person__in=list(people))
    best: dict[UUID, tuple[tuple[int, int, str], UUID]] = {}
    rows = tenures.values_list("person", "post__level", "post__order", "post__title", "post__unit")
    for person_id, level, order, title, unit_id in rows.iterator(chunk_size=5000):
        rank = (LEVEL_ORDER[level], order, title)
        if person_id not in best or rank < best[person_id][0]:
            best[person_id] = (rank, unit_id)
    return {person_id: unit_id for person_id, (_, unit_id) in best.items()}


def head_counts(realm_id: UUID, on: date) -> Counter[UUID]:
    """Unit → how many people had their main post in it on the day; each person counts once."""
    return Counter(main_units(realm_id, on).values())


def unit_of(realm_id: UUID, person_id: UUID, on: date) -> UUID | None:
    """The main unit of a person on the day."""
    posts = posts_of(realm_id, person_id, on)
    return posts[0].unit_id if posts else None


def units_of(realm_id: UUID, person_id: UUID, on: date) -> frozenset[UUID]:
    """Every unit in which the person held a post on the day."""
    units = tenures_on(realm_id, on).filter(person=person_id).values_list("post__unit", flat=True)
    return frozenset(units)


def present_people(realm_id: UUID, on: date) -> QuerySet[Person]:
    """Everybody of the roster who had not left by the day."""
    return Person.objects.filter(Q(left_on=None) | Q(left_on__gt=on), realm=realm_id)
