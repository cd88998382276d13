"""Keeping the texts of a talk longer than others, by the word of two; it holds at once."""

from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from tanxin.apps.audit import services as audit
from tanxin.apps.duties.deciding import ReasonMissing
from tanxin.apps.org.recusals import not_kept_from
from tanxin.apps.org.selectors.leading import is_subordinate
from tanxin.apps.retention.belonging import disposed_at, take_turns
from tanxin.apps.retention.models import Hold
from tanxin.apps.retention.refusals import (
    HeldAlready,
    HoldNotFound,
    MovedOn,
    NothingToKeep,
    RetentionForbidden,
)
from tanxin.apps.sealing import pii
from tanxin.apps.talks.access import talk_for
from tanxin.core.access import Actor, Permission, decide
from tanxin.core.wording import is_blank

HoldRow: TypeAlias = Hold
REASON, LIFT = "hold-reason", "hold-lift"


def me(actor: Actor) -> UUID:
    """Raises ``RetentionForbidden`` for who may hold nothing."""
    if actor.person_id is None or not decide(Permission.HOLD_SET, actor.standing).allowed:
        raise RetentionForbidden(Permission.HOLD_SET)
    return actor.person_id


def holds_seen(actor: Actor) -> QuerySet[Hold]:
    """Those that go on, of talks that are not kept from the actor; nothing for who sets none."""
    if not decide(Permission.HOLD_SET, actor.standing).allowed:
        return Hold.objects.none()
    rows = Hold.objects.filter(
        not_kept_from(actor, "talk", "talk__subject"), realm=actor.realm_id, ended_at=None
    )
    return rows.select_related("talk").order_by("asked_at", "pk")


def held_talks(realm_id: UUID) -> frozenset[UUID]:
    rows = Hold.objects.filter(realm=realm_id, ended_at=None)
    return frozenset(rows.values_list("talk", flat=True))


def ask_hold(actor: Actor, talk_id: UUID, *, reason: str, at: datetime) -> Hold:
    """Raises as ``talk_for``, and ``RetentionForbidden``, ``ReasonMissing``, ``HeldAlready``.

    Nothing is kept once the texts were destroyed: ``NothingToKeep``.
    """
    talk = talk_for(actor, talk_id, Permission.TALK_VIEW)
    row = Hold(id=uuid4(), realm_id=actor.realm_id, talk=talk, asked_by_id=me(actor), asked_at=at)
    row.reason_sealed = sealed(row, REASON, reason)
    try:
        with transaction.atomic():
            take_turns(actor.realm_id, [talk.pk])
            if disposed_at(talk):
                raise NothingToKeep(talk_id)
            row.save(force_insert=True)
            log(actor, "hold.asked", row, at)
    except IntegrityError:
        raise HeldAlready(talk_id) from None
    return row


def sealed(row: Hold, column: str, text: str) -> bytes:
    if is_blank(text):
        raise ReasonMissing(column)
    return pii.seal_pii(row.realm_id, row.pk, column, text.strip())


def hold_words(row: Hold) -> tuple[str, str]:
    """Why it is kept, and why it shall not be any more; for who sees the hold."""
    why = pii.open_pii(row.realm_id, row.pk, REASON, bytes(row.reason_sealed))
    if row.lift_sealed is None:
        return why, ""
    return why, pii.open_pii(row.realm_id, row.pk, LIFT, bytes(row.lift_sealed))


def hold_for(actor: Actor, hold_id: UUID) -> Hold:
    row = holds_seen(actor).filter(pk=hold_id).first()
    if row is None:
        raise HoldNotFound(hold_id)
    return row


def may_second(actor: Actor, first: UUID | None, on: date) -> bool:
    """Whether his word counts beside that of ``first``, who is not above him."""
    second = actor.person_id
    if second is None or first is None or second == first:
        return False
    return not is_subordinate(actor.realm_id, second, first, on)


def confirm_hold(actor: Actor, hold_id: UUID, *, on: date, at: datetime) -> Hold:
    """Raises ``HoldNotFound``, ``RetentionForbidden`` or ``MovedOn``."""
    row = seconded(actor, hold_id, on, lifting=False)
    return move(actor, row, "hold.confirmed", at, confirmed_by=actor.person_id, confirmed_at=at)


def refuse_hold(actor: Actor, hold_id: UUID, *, on: date, at: datetime) -> Hold:
    """It holds no longer. Raises as ``confirm_hold``."""
    row = seconded(actor, hold_id, on, lifting=False)
    return move(actor, row, "hold.refused", at, ended_by=actor.person_id, ended_at=at)


def ask_lift(actor: Actor, hold_id: UUID, *, reason: str, at: datetime) -> Hold:
    """It holds until somebody else lifts it. Raises as ``confirm_hold``, and ``ReasonMissing``."""
    row = hold_for(actor, hold_id)
    if row.confirmed_by_id is None or row.lift_asked_by_id is not None:
        raise MovedOn(hold_id)
    why = sealed(row, LIFT, reason)
    return move(
        actor, row, "hold.lift_asked", at,
        lift_sealed=why, lift_asked_by=me(actor), lift_asked_at=at,
    )  # fmt: skip


def lift_hold(actor: Actor, hold_id: UUID, *, on: date, at: datetime) -> Hold:
    """Raises as ``confirm_hold``."""
    row = seconded(actor, hold_id, on, lifting=True)
    return move(actor, row, "hold.lifted", at, ended_by=actor.person_id, ended_at=at)


def seconded(actor: Actor, hold_id: UUID, on: date, *, lifting: bool) -> Hold:
    row = hold_for(actor, hold_id)
    waits = row.lift_asked_by_id is not None if lifting else row.confirmed_by_id is None
    if not waits:
        raise MovedOn(hold_id)
    if not may_decide(actor, row, on=on):
        raise RetentionForbidden(hold_id)
    return row


def may_decide(actor: Actor, row: Hold, *, on: date) -> bool:
    """As the second, and as no side of the talk: its texts are kept for others than the two."""
    if actor.person_id in {row.talk.initiator_id, row.talk.subject_id}:
        return False
    return may_second(actor, row.lift_asked_by_id or row.asked_by_id, on)


@transaction.atomic
def move(actor: Actor, row: Hold, event: str, at: datetime, **values: object) -> Hold:
    """Only from what was read: one of two who are there at once wins."""
    same = Hold.objects.filter(
        realm=row.realm_id, pk=row.pk, ended_at=None,
        confirmed_by=row.confirmed_by_id, lift_asked_by=row.lift_asked_by_id,
    )  # fmt: skip
    if same.update(**values) != 1:
        raise MovedOn(row.pk)
    row.refresh_from_db()
    log(actor, event, row, at)
    return row


def log(actor: Actor, event: str, row: Hold, at: datetime) -> None:
    audit.record(
        event, realm_id=actor.realm_id, actor=actor, subject_kind="hold", subject_id=row.pk,
        at=at, detail={"talk": str(row.talk_id)},
    )  # fmt: skip
