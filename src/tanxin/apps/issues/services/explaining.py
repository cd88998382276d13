"""It cannot be solved now: an answer, but no solution; and taking up again what was settled."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.archive.models import Record
from tanxin.apps.issues.access import issue_for
from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.readers import of_talk
from tanxin.apps.issues.refusals import DueHasPassed
from tanxin.apps.issues.services.following import lead_on
from tanxin.apps.issues.services.speaking import Way, log, speak, today_of
from tanxin.apps.issues.transitions import check_seen, note_step, take_step
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import IssueMove


def explain_issue(
    actor: Actor,
    issue_id: UUID,
    *,
    text: str,
    at: datetime,
    look_again_on: date | None = None,
    seen: int | None = None,
) -> Issue:
    """The leader tells the one who raised it why it cannot be solved now.

    What was merged into it is his to decide again. Raises ``DueHasPassed`` for a day to look again
    that is over, and as ``speak``.
    """
    today = today_of(actor, at)
    if look_again_on is not None and look_again_on <= today:
        raise DueHasPassed

    def then(issue: Issue, _: Record) -> None:
        lead_on(actor, issue, IssueMove.RELEASE, today, at)

    way = Way(
        IssueMove.EXPLAIN,
        Permission.ISSUE_EXPLAIN,
        "answer",
        "issue.explained",
        of_talk,
        turn=lambda _: (None, today),
        then=then,
        until=look_again_on,
        changes={"look_again_on": look_again_on},
    )
    return speak(actor, issue_id, way, text, at=at, seen=seen)


def take_up_again(actor: Actor, issue_id: UUID, *, at: datetime, seen: int | None = None) -> Issue:
    """What was explained, or answered and did not help, is the leader's to decide anew.

    Raises ``IllegalMove``, and as ``issue_for``.
    """
    with transaction.atomic():
        issue = issue_for(actor, issue_id, Permission.ISSUE_TAKE_UP)
        check_seen(issue, seen)
        take_step(
            issue, IssueMove.TAKE_UP, waiting_for=issue.led_by_id,
            wanted_on=today_of(actor, at), at=at,
        )  # fmt: skip
        note_step(actor, issue, IssueMove.TAKE_UP, at=at)
        log(actor, "issue.taken_up", issue, at)
    return issue
