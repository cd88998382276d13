"""Who is kept apart from whom on a day: asked wherever a person is chosen."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Now, TruncDate

from tanxin.apps.org.conflicts import Conflict


class Barred(Exception):
    """By a relation of the two it must be somebody else; who is told learns no more."""


def conflicts_on(realm_id: UUID, on: date | TruncDate) -> QuerySet[Conflict]:
    rows = Conflict.objects.filter(realm=realm_id, start__lte=on)
    return rows.filter(Q(end=None) | Q(end__gt=on))


def barred_from(realm_id: UUID, people: Iterable[UUID], on: date) -> frozenset[UUID]:
    """Everybody who is kept apart from one of these people on the day."""
    given = set(people)
    rows = conflicts_on(realm_id, on).filter(Q(one__in=given) | Q(other__in=given))
    found: set[UUID] = set()
    for one, other in rows.values_list("one", "other"):
        found |= {other} if one in given else set()
        found |= {one} if other in given else set()
    return frozenset(found)


def not_barred(realm_id: UUID, person: UUID, *fields: str) -> Q:
    """Rows in whose ``fields`` nobody stands who is kept apart from the person today."""
    today = conflicts_on(realm_id, TruncDate(Now()))
    apart = (
        today.filter(one=person).values("other"),
        today.filter(other=person).values("one"),
    )
    return ~Q(*(Q((f"{field}__in", rows)) for field in fields for rows in apart), _connector=Q.OR)


def check_not_barred(realm_id: UUID, person: UUID, other: UUID, on: date) -> None:
    """Raise ``Barred`` where the two are kept apart on the day."""
    if other in barred_from(realm_id, [person], on):
        raise Barred(person)
