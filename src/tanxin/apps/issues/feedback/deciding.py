"""The reviewer lets it go or sends it back; the head of the unit answers."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.archive import services as archive
from tanxin.apps.archive.services import open_texts
from tanxin.apps.issues.feedback.access import feedback_for
from tanxin.apps.issues.feedback.models import Feedback
from tanxin.apps.issues.feedback.writing import TOLD, Reader, barred_from, log, move, sealed_for
from tanxin.apps.issues.refusals import TextMissing
from tanxin.apps.issues.second_person import REVIEWING, check_second, head_of, heads_above
from tanxin.apps.issues.sources import check_crowd
from tanxin.apps.issues.untellable import StillMarked
from tanxin.apps.issues.wording import known_words, told_by
from tanxin.apps.realms.selectors import zone_of
from tanxin.apps.sealing.pii import seal_pii
from tanxin.core.access import Actor, Permission
from tanxin.core.deidentify import Mark, find_marks
from tanxin.core.lifecycle import IllegalMove
from tanxin.core.passing_on import FeedbackMove, FeedbackState
from tanxin.core.wording import is_blank


def release_feedback(actor: Actor, feedback_id: UUID, *, at: datetime) -> Feedback:
    """Let the statement go to the head of its unit, if still nobody stands out.

    Raises ``NobodyToReview`` for who has that task no more, ``SourceStandsOut``, ``StillMarked``,
    ``NobodyToAnswer``, ``IllegalMove``, and as ``feedback_for``.
    """
    feedback = feedback_for(actor, feedback_id, Permission.FEEDBACK_REVIEW)
    in_review(feedback)
    today = at.astimezone(zone_of(actor.realm_id)).date()
    barred = {*barred_from(feedback.issue), feedback.reviewer_id, feedback.author_id}
    others = barred - {feedback.reviewer_id}
    check_second(actor.realm_id, feedback.reviewer_id, REVIEWING, others, on=today)
    head = head_of(actor.realm_id, feedback.unit_id, barred, on=today)
    text = open_texts(actor, [feedback.draft_id], Permission.FEEDBACK_REVIEW)[feedback.draft_id]
    marks = marks_of(feedback, text, source=feedback.issue.talk.subject_id)
    if not all(mark.may_stay for mark in marks):
        raise StillMarked(marks)
    told = told_by(actor.realm_id, marks, feedback.heard_in_id)
    readers = {
        head,
        feedback.reviewer_id,
        *heads_above(actor.realm_id, feedback.heard_in_id, today),
    }
    check_crowd(actor.realm_id, told, on=today, readers=readers)
    parties = [*author_and_reviewer_of(feedback), (head, "owner")]
    sealed = sealed_for(actor, feedback.pk, "issue", text, parties)
    summed = seal_pii(actor.realm_id, feedback.pk, TOLD, text)
    with transaction.atomic():
        feedback = feedback_for(actor, feedback_id, Permission.FEEDBACK_REVIEW)
        in_review(feedback)
        sent = archive.store(sealed, parties, at)
        move(
            feedback, FeedbackMove.RELEASE,
            sent=sent, recipient=head, told_sealed=summed, decided_at=at,
        )  # fmt: skip
        log(actor, "feedback.released", feedback, at)
    return feedback


def return_feedback(actor: Actor, feedback_id: UUID, *, reason: str, at: datetime) -> Feedback:
    """Say to the author what leads to the source. Raises ``TextMissing``, ``IllegalMove``."""
    feedback = feedback_for(actor, feedback_id, Permission.FEEDBACK_REVIEW)
    if is_blank(reason):
        raise TextMissing("reason")
    parties = author_and_reviewer_of(feedback)
    sealed = sealed_for(actor, feedback.pk, "reason", reason, parties)
    with transaction.atomic():
        feedback = feedback_for(actor, feedback_id, Permission.FEEDBACK_REVIEW)
        in_review(feedback)
        why = archive.store(sealed, parties, at)
        move(feedback, FeedbackMove.RETURN, reason=why, decided_at=at)
        log(actor, "feedback.returned", feedback, at)
    return feedback


def answer_feedback(actor: Actor, feedback_id: UUID, *, answer: str, at: datetime) -> Feedback:
    """The head of the unit answers, not knowing whom; the author reads it. Raises as above."""
    feedback = feedback_for(actor, feedback_id, Permission.FEEDBACK_ANSWER)
    if is_blank(answer):
        raise TextMissing("answer")
    if feedback.state != FeedbackState.SENT or feedback.recipient_id is None:
        raise IllegalMove("it has been answered")
    parties = [(feedback.author_id, "initiator"), (feedback.recipient_id, "owner")]
    sealed = sealed_for(actor, feedback.pk, "answer", answer, parties)
    with transaction.atomic():
        feedback = feedback_for(actor, feedback_id, Permission.FEEDBACK_ANSWER)
        said = archive.store(sealed, parties, at)
        move(feedback, FeedbackMove.ANSWER, answer=said, answered_at=at)
        log(actor, "feedback.answered", feedback, at)
    return feedback


def author_and_reviewer_of(feedback: Feedback) -> list[Reader]:
    return [(feedback.author_id, "initiator"), (feedback.reviewer_id, "endorser")]


def in_review(feedback: Feedback) -> None:
    if feedback.state != FeedbackState.REVIEW:
        raise IllegalMove("it was decided in the meantime")


def marks_of(feedback: Feedback, text: str, *, source: UUID | None = None) -> tuple[Mark, ...]:
    """What to look at in a statement that was written; ``source`` only where it is not shown."""
    return find_marks(text, known_words(feedback.realm_id, source=source, but=feedback.unit_id))
