"""Lists with their filters under a name, each person's own."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from tanxin.apps.issues.saved import SavedView
from tanxin.apps.sealing.pii import open_column, seal_pii
from tanxin.core.access import Actor, RowNotFound

FIELD = "view-name"
LONGEST_NAME = 40
MOST_VIEWS = 12


class ViewNotFound(RowNotFound):
    pass


class TooManyViews(Exception):
    """Somebody has as many as a page can show."""


class ViewUnnamed(Exception):
    pass


@dataclass(frozen=True, slots=True)
class View:
    id: UUID
    name: str
    query: str


def views_of(actor: Actor) -> list[View]:
    """The actor's own, in the order in which he made them."""
    if actor.person_id is None:
        return []
    rows = list(mine(actor).filter(removed_at=None).order_by("made_at", "pk")[:MOST_VIEWS])
    sealed = [(row.pk, bytes(row.name_sealed)) for row in rows]
    names = open_column(actor.realm_id, FIELD, sealed) if rows else []
    return [View(row.pk, name, row.query) for row, name in zip(rows, names, strict=True)]


def save_view(actor: Actor, *, name: str, query: str, at: datetime) -> UUID:
    """Raises ``ViewUnnamed`` and ``TooManyViews``; somebody who is no person has none."""
    if actor.person_id is None:
        raise ViewNotFound
    if not name.strip():
        raise ViewUnnamed
    new_id = uuid4()
    sealed = seal_pii(actor.realm_id, new_id, FIELD, name.strip()[:LONGEST_NAME])
    with transaction.atomic():
        if mine(actor).filter(removed_at=None).count() >= MOST_VIEWS:
            raise TooManyViews
        # What was removed before can no longer be taken back, so it goes.
        mine(actor).exclude(removed_at=None).delete()
        SavedView.objects.create(
            pk=new_id,
            realm_id=actor.realm_id,
            person_id=actor.person_id,
            name_sealed=sealed,
            query=query,
            made_at=at,
        )
    return new_id


def remove_view(actor: Actor, view_id: UUID, *, at: datetime) -> None:
    if not mine(actor).filter(pk=view_id, removed_at=None).update(removed_at=at):
        raise ViewNotFound(view_id)


def restore_view(actor: Actor, view_id: UUID) -> None:
    if not mine(actor).filter(pk=view_id).update(removed_at=None):
        raise ViewNotFound(view_id)


def mine(actor: Actor) -> QuerySet[SavedView]:
    return SavedView.objects.filter(realm=actor.realm_id, person=actor.person_id)
