"""The cause behind an issue: for who leads it and who solves it."""

from datetime import datetime
from uuid import UUID

from tanxin.apps.archive.models import Record
from tanxin.apps.issues.access import issue_for
from tanxin.apps.issues.independence import check_unnamed
from tanxin.apps.issues.models import Issue, Measure
from tanxin.apps.issues.readers import helpers_of, of_the_cause
from tanxin.apps.issues.services.speaking import Way, speak
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import IllegalMove, IssueMove


def write_cause(
    actor: Actor, issue_id: UUID, *, text: str, at: datetime, seen: int | None = None
) -> Issue:
    """Raises ``TellsWhoRaisedIt``, and as ``speak``."""
    issue = issue_for(actor, issue_id, Permission.MEASURE_CAUSE)
    if not issue.measures.filter(realm=actor.realm_id).exists():
        raise IllegalMove("no measure is set")
    check_unnamed(issue, helpers_of(issue).solving, text)

    def then(issue: Issue, cause: Record) -> None:
        Measure.objects.filter(realm=actor.realm_id, issue=issue).update(cause=cause)

    way = Way(
        IssueMove.CAUSE,
        Permission.MEASURE_CAUSE,
        "reason",
        "measure.cause_written",
        lambda issue: of_the_cause(issue, helpers_of(issue)),
        then=then,
    )
    return speak(actor, issue_id, way, text, at=at, seen=seen)
