"""What waits for somebody about texts that leave a talk, in one query for the to-do page."""

from uuid import UUID

from django.db.models import CharField, Model, QuerySet, Value

from tanxin.apps.issues.common.access import common_to_decide, common_to_plan
from tanxin.apps.issues.feedback.access import feedback_to_review, received_feedback
from tanxin.apps.issues.leads.access import leads_to_approve, leads_to_follow
from tanxin.apps.issues.replies.access import replies_to_review
from tanxin.core.access import Actor
from tanxin.core.passing_on import FeedbackState

MOST = 30


def told_to_do(actor: Actor) -> list[tuple[str, UUID]]:
    """What is to be done, and the row; in no order that tells when something was written."""
    if actor.person_id is None:
        return []
    arms: dict[str, QuerySet[Model]] = {
        "review": feedback_to_review(actor),
        "answer": received_feedback(actor).filter(state=FeedbackState.SENT.value),
        "reply": replies_to_review(actor),
        "decide": common_to_decide(actor),
        "plan": common_to_plan(actor),
        "approve": leads_to_approve(actor),
        "follow": leads_to_follow(actor),
    }
    first, *rest = [
        rows.order_by().values_list(Value(what, CharField()), "pk") for what, rows in arms.items()
    ]
    return sorted(first.union(*rest, all=True)[:MOST])
