from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tanxin.apps.archive.models import Record
from tanxin.apps.issues.models import Issue, Measure
from tanxin.apps.issues.readers import everybody, helpers_of
from tanxin.apps.issues.services.speaking import Way, speak
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import IssueMove
from tanxin.core.uploads import Admitted


def report_measure(
    actor: Actor,
    issue_id: UUID,
    *,
    evidence_text: str,
    at: datetime,
    files: Sequence[Admitted] = (),
    seen: int | None = None,
) -> Issue:
    """The owner says what was done, and how that can be seen; files may show it.

    Raises as ``speak``.
    """

    def then(issue: Issue, evidence: Record) -> None:
        Measure.objects.filter(realm=actor.realm_id, issue=issue).update(
            evidence=evidence, reported_at=at
        )

    way = Way(
        IssueMove.REPORT,
        Permission.MEASURE_REPORT,
        "evidence",
        "measure.reported",
        everybody,
        turn=lambda issue: (helpers_of(issue).verifier, issue.wanted_on),
        then=then,
    )
    return speak(actor, issue_id, way, evidence_text, at=at, files=files, seen=seen)


def note_progress(
    actor: Actor,
    issue_id: UUID,
    *,
    text: str,
    at: datetime,
    files: Sequence[Admitted] = (),
    seen: int | None = None,
) -> Issue:
    """Whoever solves it says how far it is. Raises as ``speak``."""
    way = Way(IssueMove.NOTE, Permission.MEASURE_NOTE, "evidence", "measure.noted", everybody)
    return speak(actor, issue_id, way, text, at=at, files=files, seen=seen)
