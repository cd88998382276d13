"""The register of relations that forbid: by an organiser, or by somebody about himself."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from tanxin.apps.audit import services as audit
from tanxin.apps.org.access import person_for
from tanxin.apps.org.conflicts import BECAUSE, GROUND, Conflict
from tanxin.apps.org.recusals import not_kept_from
from tanxin.apps.org.services.facts import FactWithoutSource
from tanxin.apps.sealing import pii
from tanxin.core.access import Actor, Permission, Relation, RowForbidden, RowNotFound, decide
from tanxin.core.wording import is_blank


class ConflictNotFound(RowNotFound):
    pass


class ConflictForbidden(RowForbidden):
    """Of two others only an organiser says so."""


class ConflictOfOne(Exception):
    """It takes two people."""


class ConflictKnown(Exception):
    """By the same person the two are kept apart already; of what others noted nobody learns."""


@dataclass(frozen=True, slots=True)
class KnownConflict:
    """With its ground opened, for whoever may see the row."""

    id: UUID
    one: UUID
    other: UUID
    because: str
    source: str = field(repr=False)
    start: date
    set_by: UUID


def declare_conflict(
    actor: Actor,
    one: UUID,
    other: UUID,
    *,
    because: str,
    source: str,
    start: date,
    at: datetime,
) -> Conflict:
    """From ``start`` on neither leads a talk with the other, or judges in his matter.

    Raises ``ConflictForbidden``, ``ConflictOfOne``, ``FactWithoutSource``, ``ConflictKnown``, and
    as ``person_for``.
    """
    own = {Relation.SELF} if actor.person_id in {one, other} else set()
    if not decide(Permission.CONFLICT_SET, actor.standing | own).allowed:
        raise ConflictForbidden(Permission.CONFLICT_SET)
    if one == other or actor.person_id is None:
        raise ConflictOfOne
    if is_blank(source) or because not in BECAUSE:
        raise FactWithoutSource(because)
    for person in (one, other):
        person_for(actor, person, Permission.ORG_VIEW)
    row_id = uuid4()
    ground = json.dumps({"because": because, "source": source.strip()}, ensure_ascii=False)
    sealed = pii.seal_pii(actor.realm_id, row_id, GROUND, ground)
    first, second = sorted((one, other))
    try:
        with transaction.atomic():
            row = Conflict.objects.create(
                pk=row_id,
                realm_id=actor.realm_id,
                one_id=first,
                other_id=second,
                ground_sealed=sealed,
                start=start,
                set_by_id=actor.person_id,
                set_at=at,
            )
            log(actor, "conflict.declared", row, at)
    except IntegrityError:
        raise ConflictKnown from None
    return row


def end_conflict(actor: Actor, conflict_id: UUID, *, on: date, at: datetime) -> None:
    """It holds no longer from ``on``. Raises ``ConflictNotFound``."""
    with transaction.atomic():
        row = visible_conflicts(actor).filter(pk=conflict_id).first()
        if row is None:
            raise ConflictNotFound(conflict_id)
        log(actor, "conflict.ended", row, at)
        rows = Conflict.objects.filter(realm=actor.realm_id, pk=conflict_id, end=None)
        if row.start >= on:
            rows.delete()
        elif rows.update(end=on) != 1:
            raise ConflictNotFound(conflict_id)


def visible_conflicts(actor: Actor) -> QuerySet[Conflict]:
    """What holds and was set by the actor; for an organiser all but what others set about him."""
    rows = Conflict.objects.filter(realm=actor.realm_id, end=None)
    if actor.person_id is None:
        return rows.none()
    mine = Q(set_by=actor.person_id)
    if Relation.ORGANISER in actor.standing:
        of_others = ~Q(one=actor.person_id) & ~Q(other=actor.person_id)
        mine |= of_others & not_kept_from(actor, "one", "other")
    return rows.filter(mine)


def known_conflicts(actor: Actor, *, most: int) -> list[KnownConflict]:
    rows = list(visible_conflicts(actor).order_by("-set_at", "pk")[:most])
    sealed = [(row.pk, bytes(row.ground_sealed)) for row in rows]
    opened = pii.open_column(actor.realm_id, GROUND, sealed) if rows else []
    return [
        KnownConflict(
            row.pk, row.one_id, row.other_id, start=row.start, set_by=row.set_by_id,
            **json.loads(ground),
        )
        for row, ground in zip(rows, opened, strict=True)
    ]  # fmt: skip


def log(actor: Actor, event: str, row: Conflict, at: datetime) -> None:
    """That there is one, and never why."""
    audit.record(
        event,
        realm_id=actor.realm_id,
        actor=actor,
        subject_kind="conflict",
        subject_id=row.pk,
        detail={},
        at=at,
    )
