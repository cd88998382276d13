"""The sheet of a measure, for those who work on it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.audit import services as audit
from tanxin.apps.issues.access import IssueForbidden, IssueNotFound
from tanxin.apps.issues.course import IssueSeen, StepSeen, issue_seen
from tanxin.core.access import Actor, Relation
from tanxin.core.lifecycle import IssueMove

WORKING = frozenset({Relation.INITIATOR, Relation.OWNER, Relation.CO_OWNER, Relation.VERIFIER})


def measure_of(actor: Actor, issue_id: UUID) -> tuple[IssueSeen, StepSeen]:
    """The issue, and the step by which its measure was set last.

    Raises ``IssueNotFound``, also where there is no measure, or ``IssueForbidden``.
    """
    seen = issue_seen(actor, issue_id)
    if seen.relations.isdisjoint(WORKING):
        raise IssueForbidden(issue_id)
    step = set_last(seen)
    if step is None:
        raise IssueNotFound(issue_id)
    return seen, step


def set_last(seen: IssueSeen) -> StepSeen | None:
    steps = [step for step in seen.path if step.move == IssueMove.ASSIGN and step.text]
    return steps[-1] if steps and seen.relations & WORKING else None


@transaction.atomic
def note_sheet(actor: Actor, issue_id: UUID, *, file: str, at: datetime) -> None:
    """Before it leaves."""
    audit.record(
        "measure.printed", realm_id=actor.realm_id, actor=actor, subject_kind="issue",
        subject_id=issue_id, at=at, detail={"file": file},
    )  # fmt: skip
