"""Writing feedback, and taking it back while nobody has let it go."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from tanxin.apps.archive import services as archive
from tanxin.apps.archive.services import Sealed
from tanxin.apps.audit.services import record
from tanxin.apps.issues.access import IssueForbidden, issue_for, roots
from tanxin.apps.issues.feedback.access import feedback_for
from tanxin.apps.issues.feedback.models import GOING, Feedback
from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.second_person import (
    REVIEWING,
    check_second,
    head_of,
    heads_above,
    second_people,
)
from tanxin.apps.issues.sources import Told, check_crowd, places_of, possible_sources
from tanxin.apps.issues.untellable import AlreadyTold
from tanxin.apps.issues.wording import check_words, known_words, said_by_source, told_by
from tanxin.apps.org.access import unit_for
from tanxin.apps.org.recusals import kept_from
from tanxin.apps.realms.selectors import zone_of
from tanxin.apps.talks.submission import id_of
from tanxin.core.access import Actor, Permission
from tanxin.core.deidentify import MarkKind, is_crowd
from tanxin.core.lifecycle import IllegalMove, next_state
from tanxin.core.passing_on import FEEDBACK_MOVES, FeedbackMove, FeedbackState

Reader = tuple[UUID, str]
TOLD = "feedback"


@dataclass(frozen=True, slots=True)
class Statement:
    """``kept`` are the marks (by ``Mark.key``) that the writer says lead to nobody."""

    text: str = field(repr=False)
    kept: Collection[str] = ()


def write_feedback(
    actor: Actor,
    issue_id: UUID,
    statement: Statement,
    *,
    unit: UUID,
    heard_in: UUID | None,
    reviewer: UUID,
    at: datetime,
    form: UUID | None = None,
) -> Feedback:
    """Ask ``reviewer`` whether the statement may go to the head of ``unit``.

    ``heard_in`` is what the head is told of where it was heard; None is the whole organisation. The
    same ``form`` twice makes one. Raises ``StillMarked``, ``TextMissing``, ``SourceStandsOut``,
    ``NobodyToReview``, ``NobodyToAnswer``, ``AlreadyTold``, and as ``issue_for`` and ``unit_for``.
    """
    issue = issue_for(actor, issue_id, Permission.FEEDBACK_WRITE)
    today = at.astimezone(zone_of(actor.realm_id)).date()
    unit_for(actor, unit, Permission.ORG_VIEW, on=today)
    new_id = id_of(actor, form)
    written = Feedback.objects.filter(realm=actor.realm_id, pk=new_id)
    if earlier := written.first():
        return earlier
    source = issue.talk.subject_id
    if heard_in is not None and heard_in not in places_of(actor.realm_id, source, today):
        raise IssueForbidden(issue_id)
    barred = barred_from(issue)
    check_second(actor.realm_id, reviewer, REVIEWING, barred, on=today)
    head = head_of(actor.realm_id, unit, {*barred, reviewer}, on=today)
    known = known_words(actor.realm_id, source=source, said=said_by_source(actor, issue), but=unit)
    marks = check_words(statement.text, known, statement.kept)
    told = told_by(actor.realm_id, marks, heard_in)
    later = heads_above(actor.realm_id, heard_in, today)
    check_crowd(actor.realm_id, told, on=today, readers={head, reviewer, *later})
    readers = author_and_reviewer(actor, reviewer)
    sealed = sealed_for(actor, new_id, "issue", statement.text, readers)
    try:
        with transaction.atomic():
            issue_for(actor, issue_id, Permission.FEEDBACK_WRITE)
            feedback = Feedback.objects.create(
                pk=new_id, realm_id=actor.realm_id, issue=issue, author_id=readers[0][0],
                reviewer_id=reviewer, unit_id=unit, heard_in_id=heard_in, written_at=at,
                quoted=[[m.start, m.end] for m in marks if m.kind is MarkKind.QUOTE],
                draft=archive.store(sealed, readers, at),
            )  # fmt: skip
            log(actor, "feedback.written", feedback, at)
    except IntegrityError:
        if earlier := written.first():
            return earlier
        if told_before(issue, unit):
            raise AlreadyTold from None
        raise
    return feedback


def withdraw_feedback(actor: Actor, feedback_id: UUID, *, at: datetime) -> Feedback:
    """Take it back before it left. Raises ``IllegalMove``, and as ``feedback_for``."""
    with transaction.atomic():
        feedback = feedback_for(actor, feedback_id, Permission.FEEDBACK_WITHDRAW)
        move(feedback, FeedbackMove.WITHDRAW, decided_at=at)
        log(actor, "feedback.withdrawn", feedback, at)
    return feedback


def barred_from(issue: Issue) -> frozenset[UUID]:
    """Who reads nothing of it: the two of the talk, and from whom it is kept."""
    two = {issue.led_by_id, issue.talk.initiator_id, issue.talk.subject_id}
    return frozenset(two | kept_from(issue.realm_id, roots(issue)))


def reviewers_of(actor: Actor, issue_id: UUID, *, on: date) -> list[UUID]:
    """Whom the author may name. Raises as ``issue_for``."""
    issue = issue_for(actor, issue_id, Permission.FEEDBACK_WRITE)
    return second_people(actor.realm_id, REVIEWING, barred_from(issue), on=on)


def crowded_places(actor: Actor, issue_id: UUID, *, on: date) -> list[UUID]:
    """The units of which may be told that it was heard there, the smallest first."""
    issue = issue_for(actor, issue_id, Permission.FEEDBACK_WRITE)
    places = places_of(actor.realm_id, issue.talk.subject_id, on)
    return [
        place for place in places if is_crowd(possible_sources(actor.realm_id, Told(place), on=on))
    ]


def told_before(issue: Issue, unit: UUID) -> bool:
    rows = Feedback.objects.filter(realm=issue.realm_id, issue=issue, unit=unit, state__in=GOING)
    return rows.exists()


def author_and_reviewer(actor: Actor, reviewer: UUID) -> list[Reader]:
    if actor.person_id is None:
        raise IssueForbidden
    return [(actor.person_id, "initiator"), (reviewer, "endorser")]


def sealed_for(
    actor: Actor, feedback_id: UUID, kind: str, text: str, readers: list[Reader]
) -> Sealed:
    if actor.person_id is None:
        raise IssueForbidden
    return archive.prepare(
        actor.realm_id, kind=kind, about_kind="feedback", about_id=feedback_id,
        author_id=actor.person_id, text=text.strip(), parties=readers,
    )  # fmt: skip


def move(feedback: Feedback, by: FeedbackMove, **changes: object) -> None:
    """Raises ``IllegalMove``, also where somebody else was faster."""
    after = next_state(FEEDBACK_MOVES, FeedbackState(feedback.state), by)
    row = Feedback.objects.filter(realm=feedback.realm_id, pk=feedback.pk, state=feedback.state)
    if row.update(state=after.value, **changes) != 1:
        raise IllegalMove("it was decided in the meantime")
    feedback.refresh_from_db()


def log(actor: Actor, event: str, feedback: Feedback, at: datetime) -> None:
    """Which issue it is about is not told, so that the log leads to no source."""
    record(
        event,
        realm_id=actor.realm_id,
        actor=actor,
        subject_kind="feedback",
        subject_id=feedback.pk,
        detail={"unit": str(feedback.unit_id)},
        at=at,
    )
