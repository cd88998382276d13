from datetime import datetime
from uuid import UUID

from tanxin.apps.archive.models import Record
from tanxin.apps.issues.models import Issue, MeasureRole
from tanxin.apps.issues.readers import helpers_of, of_talk
from tanxin.apps.issues.services.following import ask_for_the_effect, lead_on
from tanxin.apps.issues.services.speaking import Way, speak, today_of
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import IssueMove


def answer_issue(
    actor: Actor, issue_id: UUID, *, answer_text: str, at: datetime, seen: int | None = None
) -> Issue:
    """The initiator tells the one who raised it what was done, and what came of it.

    In some weeks both he and the verifier are asked whether it helped. What was merged into it is
    to be answered next, each to the one who raised it. Raises as ``speak``.
    """
    today = today_of(actor, at)

    def then(issue: Issue, _: Record) -> None:
        ask_for_the_effect(issue, helpers_of(issue) if was_verified(issue) else None, today, at)
        lead_on(actor, issue, IssueMove.FOLLOW, today, at)

    way = Way(
        IssueMove.ANSWER,
        Permission.ISSUE_ANSWER,
        "answer",
        "issue.answered",
        of_talk,
        turn=lambda issue: (None, issue.wanted_on),
        then=then,
    )
    return speak(actor, issue_id, way, answer_text, at=at, seen=seen)


def was_verified(issue: Issue) -> bool:
    """By its own verifier; what followed another issue has none."""
    roles = MeasureRole.objects.filter(realm=issue.realm_id, measure__issue=issue)
    return roles.filter(role="verifier", verdict="solved").exists()
