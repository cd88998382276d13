from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from tanxin.apps.archive.models import Record
from tanxin.apps.issues.access import IssueForbidden
from tanxin.apps.issues.looking_models import Inquiry
from tanxin.apps.issues.models import Issue, Measure, Step
from tanxin.apps.issues.tallies import keep_count
from tanxin.core.access import Actor
from tanxin.core.lifecycle import (
    ISSUE_MOVES,
    SETTLED,
    IllegalMove,
    IssueMove,
    IssueState,
    next_state,
)

CHANGED = (
    "state",
    "steps",
    "waiting_for",
    "wanted_on",
    "answered_at",
    "times_reopened",
    "effect",
    "effect_on",
    "look_again_on",
    "merged_into",
)


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
    **changes: object,
) -> Issue:
    """Take ``issue`` where ``by`` leads. Call it first in a transaction, before other changes.

    Raises ``IllegalMove`` if that cannot be done, also when somebody else took a step since
    ``issue`` was read: the update only finds the row as it was then.
    """
    before = IssueState(issue.state)
    after = next_state(ISSUE_MOVES, before, by)
    row = Issue.objects.filter(
        realm=issue.realm_id, pk=issue.pk, state=issue.state, steps=issue.steps
    )
    changed = row.update(
        state=after.value,
        steps=F("steps") + 1,
        waiting_for=waiting_for,
        wanted_on=wanted_on,
        **({} if after is before else entering(issue, after, at)) | changes,
    )
    if changed != 1:
        raise IllegalMove("another step was taken in the meantime")
    leave(issue, before, after, at)
    issue.refresh_from_db(fields=CHANGED)
    return issue


def entering(issue: Issue, after: IssueState, at: datetime) -> dict[str, Any]:
    """What belonged to the state it leaves goes; being opened again is counted."""
    again = after is IssueState.REOPENED and issue.state in SETTLED
    return {
        "answered_at": at if after in SETTLED else None,
        "times_reopened": issue.times_reopened + again,
        "effect": "",
        "effect_on": None,
        "look_again_on": None,
        "merged_into": None,
    }


def leave(issue: Issue, before: IssueState, after: IssueState, at: datetime) -> None:
    """An inquiry that is not waited for any more ends, so does asking for time, or a verdict."""
    if after is before:
        return
    if before is IssueState.INQUIRING:
        Inquiry.objects.filter(realm=issue.realm_id, issue=issue, ended_at=None).update(ended_at=at)
    if before is IssueState.EXTENDING:
        Measure.objects.filter(realm=issue.realm_id, issue=issue).update(asked_until=None)
    if after is IssueState.REOPENED:
        Measure.objects.filter(realm=issue.realm_id, issue=issue).update(verified_at=None)


def note_step(
    actor: Actor,
    issue: Issue,
    by: str,
    *,
    at: datetime,
    text: Record | None = None,
    statement: Record | None = None,
    until: date | None = None,
    word: str = "",
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
        until=until,
        word=word,
    )
    keep_count(issue)
    return step
