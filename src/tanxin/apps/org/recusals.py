"""From whom what is kept: the one condition that every list, count and door adds.

Who is recused finds nothing, so nothing here tells him that he is.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from tanxin.apps.org.trust import Recusal
from tanxin.core.access import Actor


def in_force(realm_id: UUID) -> QuerySet[Recusal]:
    return Recusal.objects.filter(realm=realm_id, lifted_at=None)


def not_kept_from(actor: Actor, *columns: str) -> Q:
    """The rows from which the actor is not recused.

    ``columns`` hold what he may be recused from: the row, what it stems from, the one talked to.
    """
    if actor.person_id is None:
        return Q()
    mine = in_force(actor.realm_id).filter(excluded=actor.person_id).values("about_id")
    shown = Q()
    for column in columns:
        shown &= ~Q(**{f"{column}__in": mine})
    return shown


def is_kept_from(actor: Actor, *about: UUID | None) -> bool:
    """Whether the actor is recused from one of these rows or people."""
    if actor.person_id is None:
        return False
    return actor.person_id in kept_from(actor.realm_id, [one for one in about if one])


def kept_from(realm_id: UUID, about: Iterable[UUID]) -> frozenset[UUID]:
    """Everybody who is recused from one of these rows or people; not to be shown to them."""
    rows = in_force(realm_id).filter(about_id__in=list(about))
    return frozenset(rows.values_list("excluded", flat=True))


def follow(realm_id: UUID, kind: str, from_id: UUID, row_ids: Iterable[UUID]) -> None:
    """What stems from a row is kept from the same people: the duties that a talk is for."""
    rows = list(row_ids)
    for one in in_force(realm_id).filter(about_id=from_id) if rows else ():
        Recusal.objects.bulk_create(
            (
                Recusal(
                    realm_id=realm_id,
                    excluded_id=one.excluded_id,
                    about_kind=kind,
                    about_id=row_id,
                    because=one.because,
                    set_by_id=one.set_by_id,
                    set_at=one.set_at,
                )
                for row_id in rows
            ),
            ignore_conflicts=True,
        )
