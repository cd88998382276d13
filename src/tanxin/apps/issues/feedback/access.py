"""The only door to feedback. Who wrote it is known to its author alone."""

from typing import TypeAlias
from uuid import UUID

from django.db.models import Q, QuerySet

from tanxin.apps.issues.access import roots
from tanxin.apps.issues.feedback.models import LEFT, Feedback
from tanxin.apps.org.former import is_still_his, still_his
from tanxin.apps.org.recusals import is_kept_from, not_kept_from
from tanxin.core.access import Actor, Permission, Relation, RowForbidden, RowNotFound, decide
from tanxin.core.passing_on import FeedbackState

FeedbackRow: TypeAlias = Feedback


class FeedbackNotFound(RowNotFound):
    pass


class FeedbackForbidden(RowForbidden):
    pass


def relations_to(actor: Actor, feedback: Feedback) -> frozenset[Relation]:
    if actor.person_id is None:
        return frozenset()
    relations = set()
    if feedback.author_id == actor.person_id and is_still_his(
        actor, feedback.written_at, feedback.issue.talk.subject_id
    ):
        relations.add(Relation.AUTHOR)
    relations |= for_another(actor, feedback)
    if relations == {Relation.ENDORSER} and feedback.state == FeedbackState.WITHDRAWN:
        return frozenset()
    return frozenset(relations)


def for_another(actor: Actor, feedback: Feedback) -> set[Relation]:
    """As who reviews it or heads the unit: not what is kept from him, nor of a post he has left."""
    found = set()
    if feedback.reviewer_id == actor.person_id and is_still_his(actor, feedback.written_at):
        found.add(Relation.ENDORSER)
    sent = feedback.decided_at
    if feedback.recipient_id == actor.person_id and sent and is_still_his(actor, sent):
        found.add(Relation.OWNER)
    return set() if found and is_kept_from(actor, *roots(feedback.issue)) else found


def feedback_for(actor: Actor, feedback_id: UUID, permission: Permission) -> Feedback:
    """Raises ``FeedbackNotFound`` or ``FeedbackForbidden``."""
    rows = Feedback.objects.filter(realm=actor.realm_id, pk=feedback_id)
    feedback = rows.select_related("issue__talk").first()
    relations = relations_to(actor, feedback) if feedback else frozenset()
    if feedback is None or not decide(Permission.FEEDBACK_VIEW, relations).allowed:
        raise FeedbackNotFound(feedback_id)
    if not decide(permission, relations).allowed:
        raise FeedbackForbidden(feedback_id)
    return feedback


def not_kept(actor: Actor) -> Q:
    return not_kept_from(actor, "issue", "issue__talk", "issue__talk__subject")


def written_feedback(actor: Actor) -> QuerySet[Feedback]:
    """What the actor wrote, the latest first."""
    mine = Feedback.objects.filter(
        still_his(actor, "written_at", "issue__talk__subject"),
        realm=actor.realm_id,
        author=actor.person_id,
    )
    return mine.order_by("-written_at", "-pk")


def feedback_to_review(actor: Actor) -> QuerySet[Feedback]:
    rows = Feedback.objects.filter(
        not_kept(actor),
        still_his(actor, "written_at"),
        realm=actor.realm_id,
        reviewer=actor.person_id,
        state=FeedbackState.REVIEW.value,
    )
    return rows.order_by("written_at", "pk")


def received_feedback(actor: Actor) -> QuerySet[Feedback]:
    """What reached the actor as head of a unit, the latest first."""
    rows = Feedback.objects.filter(
        not_kept(actor),
        still_his(actor, "decided_at"),
        realm=actor.realm_id,
        recipient=actor.person_id,
        state__in=LEFT,
    )
    return rows.order_by("-decided_at", "-pk")


def feedback_of_issue(actor: Actor, issue_id: UUID) -> QuerySet[Feedback]:
    """What the actor himself wrote about one issue."""
    return written_feedback(actor).filter(issue=issue_id)


def went_on(actor: Actor, issue_id: UUID) -> bool:
    """Whether something of an issue that the actor himself raised reached a department."""
    rows = Feedback.objects.filter(
        realm=actor.realm_id, issue=issue_id, issue__talk__subject=actor.person_id, state__in=LEFT
    )
    return rows.exists()


def kept_feedback(actor: Actor) -> QuerySet[Feedback]:
    """Told of issues that are kept from the actor."""
    if actor.person_id is None:
        return Feedback.objects.none()
    return Feedback.objects.filter(~not_kept(actor), realm=actor.realm_id)
