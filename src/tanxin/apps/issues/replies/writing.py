"""An answer to all: written, looked at by a second person, published, perhaps withdrawn."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from tanxin.apps.audit.services import record
from tanxin.apps.issues.common.access import common_for
from tanxin.apps.issues.feedback.writing import Statement
from tanxin.apps.issues.refusals import TextMissing
from tanxin.apps.issues.replies.access import ReplyForbidden, may_write, reply_for
from tanxin.apps.issues.replies.models import Reply
from tanxin.apps.issues.second_person import REVIEWING, check_second, second_people
from tanxin.apps.issues.sources import Told, possible_sources
from tanxin.apps.issues.untellable import SourceStandsOut, StillMarked
from tanxin.apps.issues.wording import check_words, known_words, told_by
from tanxin.apps.org.access import unit_for
from tanxin.apps.realms.selectors import zone_of
from tanxin.apps.sealing.pii import open_column, seal_pii
from tanxin.apps.talks.submission import id_of
from tanxin.core.access import Actor, Permission
from tanxin.core.deidentify import FEWEST, Mark, find_marks
from tanxin.core.lifecycle import IllegalMove, next_state
from tanxin.core.passing_on import REPLY_MOVES, ReplyMove, ReplyState
from tanxin.core.wording import is_blank

TITLE, TEXT, REASON = "reply-title", "reply", "reply-reason"


@dataclass(frozen=True, slots=True)
class Opened:
    title: str = field(repr=False)
    text: str = field(repr=False)
    reason: str = field(repr=False)


def write_reply(
    actor: Actor,
    statement: Statement,
    *,
    title: str,
    kind: str,
    unit: UUID | None,
    reviewer: UUID,
    at: datetime,
    common: UUID | None = None,
    form: UUID | None = None,
) -> Reply:
    """Ask ``reviewer`` whether everybody of ``unit`` may read it; None is the whole organisation.

    ``common`` is the proposal it answers. Raises ``ReplyForbidden``, ``StillMarked``,
    ``TextMissing``, ``SourceStandsOut``, ``NobodyToReview``, and as ``unit_for``, ``common_for``.
    """
    today = at.astimezone(zone_of(actor.realm_id)).date()
    if unit is not None:
        unit_for(actor, unit, Permission.ORG_VIEW, on=today)
    if actor.person_id is None or not may_write(actor, unit, on=today):
        raise ReplyForbidden(unit)
    new_id = id_of(actor, form)
    written = Reply.objects.filter(realm=actor.realm_id, pk=new_id)
    if earlier := written.first():
        return earlier
    check_second(actor.realm_id, reviewer, REVIEWING, {actor.person_id}, on=today)
    if is_blank(title):
        raise TextMissing("title")
    marks = check_words(whole(title, statement.text), known_words(actor.realm_id), statement.kept)
    check_many(actor.realm_id, told_by(actor.realm_id, marks, unit), on=today)
    answered = common_for(actor, common, Permission.COMMON_DECIDE) if common else None
    sealed = {
        "title_sealed": seal_pii(actor.realm_id, new_id, TITLE, title.strip()),
        "text_sealed": seal_pii(actor.realm_id, new_id, TEXT, statement.text.strip()),
    }
    try:
        with transaction.atomic():
            reply = Reply.objects.create(
                pk=new_id, realm_id=actor.realm_id, unit_id=unit, kind=kind, reviewer_id=reviewer,
                author_id=actor.person_id, common=answered, written_at=at, **sealed,
            )  # fmt: skip
            log(actor, "reply.written", reply, at)
    except IntegrityError:
        if earlier := written.first():
            return earlier
        raise
    return reply


def publish_reply(actor: Actor, reply_id: UUID, *, at: datetime) -> Reply:
    """Let everybody of the unit read it, if nobody stands out. Raises as ``write_reply``."""
    today = at.astimezone(zone_of(actor.realm_id)).date()
    reply = reply_for(actor, reply_id, Permission.REPLY_REVIEW, on=today)
    check_second(actor.realm_id, reply.reviewer_id, REVIEWING, {reply.author_id}, on=today)
    marks = marks_of(reply, opened(reply))
    if not all(mark.may_stay for mark in marks):
        raise StillMarked(marks)
    check_many(actor.realm_id, told_by(actor.realm_id, marks, reply.unit_id), on=today)
    with transaction.atomic():
        reply = reply_for(actor, reply_id, Permission.REPLY_REVIEW, on=today)
        move(reply, ReplyMove.PUBLISH, published_at=at)
        log(actor, "reply.published", reply, at)
    return reply


def return_reply(actor: Actor, reply_id: UUID, *, reason: str, at: datetime) -> Reply:
    """Raises ``TextMissing``, ``IllegalMove``, and as ``reply_for``."""
    return end(actor, reply_id, ReplyMove.RETURN, reason=reason, at=at)


def withdraw_reply(actor: Actor, reply_id: UUID, *, reason: str, at: datetime) -> Reply:
    """Those who could read it read the reason instead. Raises as ``return_reply``."""
    return end(actor, reply_id, ReplyMove.WITHDRAW, reason=reason, at=at)


ENDS = {
    ReplyMove.RETURN: (Permission.REPLY_REVIEW, "reply.returned"),
    ReplyMove.WITHDRAW: (Permission.REPLY_WITHDRAW, "reply.withdrawn"),
}


def end(actor: Actor, reply_id: UUID, by: ReplyMove, *, reason: str, at: datetime) -> Reply:
    today = at.astimezone(zone_of(actor.realm_id)).date()
    permission, event = ENDS[by]
    reply_for(actor, reply_id, permission, on=today)
    if is_blank(reason):
        raise TextMissing("reason")
    sealed = seal_pii(actor.realm_id, reply_id, REASON, reason.strip())
    with transaction.atomic():
        reply = reply_for(actor, reply_id, permission, on=today)
        move(reply, by, reason_sealed=sealed, ended_at=at)
        log(actor, event, reply, at)
    return reply


def check_many(realm_id: UUID, told: Told, *, on: date) -> None:
    """Raise ``SourceStandsOut`` unless each reader, who knows of himself, sees five others."""
    if len(possible_sources(realm_id, told, on=on)) <= FEWEST:
        raise SourceStandsOut


def opened(reply: Reply) -> Opened:
    return opened_all([reply])[reply.pk]


def opened_all(replies: list[Reply]) -> dict[UUID, Opened]:
    """The words of many; whoever asks has been let in by the door."""
    found = {}
    if replies:
        realm = replies[0].realm_id
        titles = open_column(realm, TITLE, [(one.pk, bytes(one.title_sealed)) for one in replies])
        texts = open_column(realm, TEXT, [(one.pk, bytes(one.text_sealed)) for one in replies])
        for one, title, text in zip(replies, titles, texts, strict=True):
            sealed = bytes(one.reason_sealed or b"")
            [reason] = open_column(realm, REASON, [(one.pk, sealed)]) if sealed else [""]
            found[one.pk] = Opened(title, text, reason)
    return found


def marks_of(reply: Reply, words: Opened) -> tuple[Mark, ...]:
    return find_marks(whole(words.title, words.text), known_words(reply.realm_id))


def whole(title: str, text: str) -> str:
    return f"{title.strip()}\n{text.strip()}"


def reviewers_for(actor: Actor, *, on: date) -> list[UUID]:
    return second_people(
        actor.realm_id, REVIEWING, {actor.person_id} if actor.person_id else (), on=on
    )


def move(reply: Reply, by: ReplyMove, **changes: object) -> None:
    """Raises ``IllegalMove``, also where somebody else was faster."""
    after = next_state(REPLY_MOVES, ReplyState(reply.state), by)
    row = Reply.objects.filter(realm=reply.realm_id, pk=reply.pk, state=reply.state)
    if row.update(state=after.value, **changes) != 1:
        raise IllegalMove("it was decided in the meantime")
    reply.refresh_from_db()


def log(actor: Actor, event: str, reply: Reply, at: datetime) -> None:
    record(
        event, realm_id=actor.realm_id, actor=actor, subject_kind="reply", subject_id=reply.pk,
        detail={"unit": str(reply.unit_id or "")}, at=at,
    )  # fmt: skip
