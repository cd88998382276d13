"""The organisation's own outlines, and whether somebody still needs the guidance of a kind."""

from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from django.db import transaction

from tanxin.apps.audit import services as audit
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.preparing import GuidanceRead, Outline
from tanxin.apps.talks.refusals import TextMissing
from tanxin.apps.talks.selectors import OVER
from tanxin.core.access import Actor, Permission, RowForbidden, decide
from tanxin.core.wording import is_blank

OutlineRow: TypeAlias = Outline


class OutlineForbidden(RowForbidden):
    """Only organisers write what everybody starts from."""


def may_edit(actor: Actor) -> bool:
    return actor.person_id is not None and decide(Permission.OUTLINE_EDIT, actor.standing).allowed


def outlines_of(realm_id: UUID) -> dict[tuple[str, str], Outline]:
    """The organisation's own, by kind and type."""
    return {(row.kind, row.type): row for row in Outline.objects.filter(realm=realm_id)}


def set_outline(actor: Actor, kind: str, type_id: str, *, text: str, at: datetime) -> Outline:
    """Raises ``OutlineForbidden`` or ``TextMissing``."""
    if actor.person_id is None or not may_edit(actor):
        raise OutlineForbidden(Permission.OUTLINE_EDIT)
    if is_blank(text):
        raise TextMissing("outline")
    with transaction.atomic():
        row, _ = Outline.objects.update_or_create(
            realm_id=actor.realm_id,
            kind=kind,
            type=type_id,
            defaults={"text": text.strip(), "written_by_id": actor.person_id, "written_at": at},
        )
        log(actor, "outline.changed", row, at)
    return row


def drop_outline(actor: Actor, kind: str, type_id: str, *, at: datetime) -> None:
    """Go back to the shipped one. Raises ``OutlineForbidden``."""
    if not may_edit(actor):
        raise OutlineForbidden(Permission.OUTLINE_EDIT)
    with transaction.atomic():
        rows = Outline.objects.filter(realm=actor.realm_id, kind=kind, type=type_id)
        for row in rows:
            log(actor, "outline.dropped", row, at)
        rows.delete()


def needs_guidance(actor: Actor, talk: Talk) -> bool:
    """Before the first talk of its kind that the actor leads, until he puts it aside."""
    if talk.initiator_id != actor.person_id:
        return False
    led = Talk.objects.filter(
        realm=actor.realm_id, initiator=actor.person_id, kind=talk.kind, state__in=OVER
    )
    read = GuidanceRead.objects.filter(realm=actor.realm_id, person=actor.person_id, kind=talk.kind)
    return not led.exclude(pk=talk.pk).exists() and not read.exists()


def put_guidance_aside(actor: Actor, kind: str, *, at: datetime) -> None:
    if actor.person_id is not None:
        GuidanceRead.objects.get_or_create(
            realm_id=actor.realm_id,
            person_id=actor.person_id,
            kind=kind,
            defaults={"read_at": at},
        )


def log(actor: Actor, event: str, row: Outline, at: datetime) -> None:
    audit.record(
        event,
        realm_id=actor.realm_id,
        actor=actor,
        subject_kind="outline",
        subject_id=row.pk,
        detail={"kind": row.kind, "type": row.type},
        at=at,
    )
