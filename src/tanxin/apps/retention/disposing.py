"""Destroying texts whose time is over: one draws the list up, another signs, the log keeps it.

Neither is a side of a talk on it, and the second does not work under the first. Who talked with
whom and when stays as the register; nobody can read again what was said.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q, QuerySet

from tanxin.apps.archive.erasing import ErasedText, erase_texts, texts_erased
from tanxin.apps.audit import services as audit
from tanxin.apps.audit.models import AuditDetail
from tanxin.apps.audit.receipts import Receipt, receipt_about
from tanxin.apps.duties.deciding import decider, log, seal, settle, words_of
from tanxin.apps.retention.belonging import belonging_to, take_turns
from tanxin.apps.retention.clocks import Term, terms_of
from tanxin.apps.retention.holding import held_talks, may_second
from tanxin.apps.retention.models import Disposal, Listed
from tanxin.apps.retention.refusals import (
    ListNotFound,
    NotDueAnyMore,
    NothingDue,
    RetentionForbidden,
)
from tanxin.apps.talks.access import visible_talks
from tanxin.apps.talks.models import Talk
from tanxin.core.access import Actor, Permission, decide

DisposalRow: TypeAlias = Disposal
ListedRow: TypeAlias = Listed
REASON, ANSWER = "disposal-reason", "disposal-answer"
MOST = 200
DONE = "disposal.carried_out"


def may(actor: Actor, permission: Permission) -> bool:
    return actor.person_id is not None and decide(permission, actor.standing).allowed


def talks_due(actor: Actor, *, on: date) -> list[Term]:
    """Talks whose texts may go, the oldest first; none he is a side of, nor one that is kept."""
    if not may(actor, Permission.RETENTION_VIEW):
        return []
    over = Q(erased_at__isnull=False) | Q(disposal__verdict="")
    listed = Listed.objects.filter(over, realm=actor.realm_id).values("talk")
    rows = (
        visible_talks(actor)
        .exclude(Q(initiator=actor.person_id) | Q(subject=actor.person_id))
        .exclude(pk__in=listed)
        .exclude(pk__in=held_talks(actor.realm_id))
        .filter(planned_for__year__lt=on.year - 1)
        .order_by("planned_for", "pk")
    )
    return [term for term in terms_of(actor.realm_id, rows) if term.due_on <= on][:MOST]


def draw_list(actor: Actor, *, reason: str, on: date, at: datetime) -> Disposal:
    """The first signature. Raises ``RetentionForbidden``, ``ReasonMissing`` or ``NothingDue``."""
    if not may(actor, Permission.DISPOSAL_DRAW):
        raise RetentionForbidden(Permission.DISPOSAL_DRAW)
    terms = talks_due(actor, on=on)
    if not terms:
        raise NothingDue
    row = Disposal(id=uuid4(), realm_id=actor.realm_id, asked_by_id=decider(actor), asked_at=at)
    row.reason_sealed = seal(actor, row, REASON, reason)
    with transaction.atomic():
        row.save(force_insert=True)
        Listed.objects.bulk_create(
            Listed(
                realm_id=actor.realm_id, disposal=row, talk=term.talk,
                closed_on=term.closed_on, due_on=term.due_on, years=term.years,
            )
            for term in terms
        )  # fmt: skip
        log(actor, "disposal.drawn", row, at, {"talks": str(len(terms))})
    return row


def visible_lists(actor: Actor) -> QuerySet[Disposal]:
    """Those of the realm that name no talk that is kept from the actor, the latest first."""
    if not may(actor, Permission.RETENTION_VIEW):
        return Disposal.objects.none()
    rows = Disposal.objects.filter(realm=actor.realm_id)
    seen = visible_talks(actor).values("pk")
    hidden = Listed.objects.filter(~Q(talk__in=seen), realm=actor.realm_id).values("disposal")
    return rows.exclude(pk__in=hidden).order_by("-asked_at", "-pk")


def list_for(actor: Actor, list_id: UUID) -> Disposal:
    """Raises ``ListNotFound``."""
    row = visible_lists(actor).filter(pk=list_id).first()
    if row is None:
        raise ListNotFound(list_id)
    return row


def listed_on(row: Disposal) -> list[Listed]:
    rows = Listed.objects.filter(realm=row.realm_id, disposal=row.pk).select_related("talk")
    return list(rows.order_by("due_on", "talk__planned_for", "pk"))


def list_words(row: Disposal) -> tuple[str, str]:
    return words_of(row, REASON, ANSWER)


def may_sign(actor: Actor, row: Disposal, *, on: date) -> bool:
    """As the second: not who drew it up, nor under him, nor a side of a talk on it."""
    if not may(actor, Permission.DISPOSAL_SIGN) or not may_second(actor, row.asked_by_id, on):
        return False
    mine = Q(talk__initiator=actor.person_id) | Q(talk__subject=actor.person_id)
    return not Listed.objects.filter(mine, realm=row.realm_id, disposal=row.pk).exists()


def lists_to_sign(actor: Actor, *, on: date) -> list[Disposal]:
    rows = visible_lists(actor).filter(verdict="")
    return [row for row in rows if may_sign(actor, row, on=on)]


def sign_list(actor: Actor, list_id: UUID, *, on: date, at: datetime) -> Disposal:
    """The second signature, by which the texts are destroyed at once.

    Raises ``ListNotFound``, ``RetentionForbidden``, ``DecidedAlready``, or ``NotDueAnyMore`` where
    a talk has come to be kept: then nothing is destroyed.
    """
    row = to_sign(actor, list_id, on)
    with transaction.atomic():
        settle(row, "approved", by=actor.person_id, at=at)
        take_turns(row.realm_id, [one.talk_id for one in listed_on(row)])
        listed = still_due(row, on)
        talks = [one.talk for one in listed]
        gone = erase_texts(row.realm_id, belonging_to(row.realm_id, talks), at=at)
        Listed.objects.filter(realm=row.realm_id, disposal=row.pk).update(erased_at=at)
        Talk.objects.filter(realm=row.realm_id, pk__in=[talk.pk for talk in talks]).update(
            place_sealed=None
        )
        audit.record_batch(entries(talks, row), realm_id=row.realm_id, actor=actor, at=at)
        leaf = certified(actor, row, gone, at)
        Disposal.objects.filter(realm=row.realm_id, pk=row.pk).update(digest=leaf, texts=len(gone))
    row.refresh_from_db()
    return row


def to_sign(actor: Actor, list_id: UUID, on: date) -> Disposal:
    row = list_for(actor, list_id)
    if not may_sign(actor, row, on=on):
        raise RetentionForbidden(list_id)
    return row


def still_due(row: Disposal, on: date) -> list[Listed]:
    listed = listed_on(row)
    held = held_talks(row.realm_id)
    terms = {term.talk.pk: term for term in terms_of(row.realm_id, [one.talk for one in listed])}
    gone = Listed.objects.filter(
        realm=row.realm_id, talk__in=list(terms), erased_at__isnull=False
    ).values_list("talk", flat=True)
    held |= frozenset(gone)
    for one in listed:
        term = terms.get(one.talk_id)
        if one.talk_id in held or term is None or term.due_on > on:
            raise NotDueAnyMore(one.talk_id)
    return listed


def entries(talks: Sequence[Talk], row: Disposal) -> list[audit.Entry]:
    return [audit.Entry("talk.disposed", "talk", talk.pk, {"list": str(row.pk)}) for talk in talks]


def certified(actor: Actor, row: Disposal, gone: Sequence[ErasedText], at: datetime) -> str:
    """The leaf that the certificate rests on; returns the digest over all lines."""
    leaf = audit.record_bulk(
        DONE, realm_id=row.realm_id, actor=actor, subject_kind="disposal", subject_id=row.pk,
        at=at, items=(text.line() for text in gone), detail={"drawn_by": str(row.asked_by_id)},
    )  # fmt: skip
    detail = AuditDetail.objects.get(realm=row.realm_id, leaf=leaf.pk).content
    return str(detail["digest"])


def refuse_list(actor: Actor, list_id: UUID, *, answer: str, on: date, at: datetime) -> Disposal:
    """Raises as ``sign_list``, and ``ReasonMissing``."""
    row = to_sign(actor, list_id, on)
    sealed = seal(actor, row, ANSWER, answer)
    with transaction.atomic():
        settle(row, "refused", by=actor.person_id, at=at, answer=sealed)
        log(actor, "disposal.refused", row, at, {})
    return row


def withdraw_list(actor: Actor, list_id: UUID, *, at: datetime) -> Disposal:
    """By who drew it up, before it was signed. Raises as ``sign_list``."""
    row = list_for(actor, list_id)
    if row.asked_by_id != actor.person_id:
        raise RetentionForbidden(list_id)
    with transaction.atomic():
        settle(row, "withdrawn", by=actor.person_id, at=at)
        log(actor, "disposal.withdrawn", row, at, {})
    return row


def certificate_of(row: Disposal) -> tuple[list[ErasedText], Receipt | None]:
    """What was destroyed, and the proof that the log holds it."""
    if row.verdict != "approved" or row.decided_at is None:
        raise ListNotFound(row.pk)
    gone = texts_erased(row.realm_id, row.decided_at)
    return gone, receipt_about(row.realm_id, row.pk, [DONE], row.decided_at)


@transaction.atomic
def note_certificate(actor: Actor, row: Disposal, *, file: str, at: datetime) -> None:
    log(actor, "disposal.certified", row, at, {"file": file})
