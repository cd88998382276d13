from datetime import date, datetime
from uuid import UUID

from django.db.models import F

from tanxin.apps.archive.models import Record
from tanxin.apps.issues.access import IssueForbidden
from tanxin.apps.issues.models import Issue, Step
from tanxin.apps.issues.tallies import keep_count
from tanxin.core.access import Actor
from tanxin.core.lifecycle import ISSUE_MOVES, IllegalMove, IssueMove, IssueState, next_state


def check_seen(issue: Issue, seen: int | None) -> None:
    if seen is not None and seen != issue.steps:
        raise IllegalMove("another step was taken since the page was read")


def take_step(
    issue: Issue,
    by: IssueMove,
    *,
    waiting_for: UUID | None,
    wanted_on: date,
    at: datetime,
) -> Issue:
    """Take ``issue`` where ``by`` leads. Call it first in a transaction, before other changes.

    Raises ``IllegalMove`` if that cannot be done, also when somebody else took a step since
    ``issue`` was read: the update only finds the row as it was then.
    """
    after = next_state(ISSUE_MOVES, IssueState(issue.state), by)
    row = Issue.objects.filter(
        realm=issue.realm_id, pk=issue.pk, state=issue.state, steps=issue.steps
    )
    changed = row.update(
        state=after.value,
        steps=F("steps") + 1,
        waiting_for=waiting_for,
        wanted_on=wanted_on,
        answered_at=at if after is IssueState.ANSWERED else None,
    )
    if changed != 1:
        raise IllegalMove("another step was taken in the meantime")
    issue.refresh_from_db(fields=["state", "steps", "waiting_for", "wanted_on", "answered_at"])
    return issue


def note_step(
    actor: Actor,
    issue: Issue,
    by: str,
    *,
    at: datetime,
    text: Record | None = None,
    statement: Record | None = None,
) -> Step:
    """Write down the step that ``issue`` has just taken; only a person takes one.

    Comes after what changed with the step: what the issue counts for is kept here.
    """
    if actor.person_id is None:
        raise IssueForbidden(issue.pk)
    step = Step.objects.create(
        realm_id=issue.realm_id,
        issue=issue,
        number=issue.steps,
        move=by,
        person_id=actor.person_id,
        at=at,
        text=text,
        statement=statement,
    )
    keep_count(issue)
    return step
