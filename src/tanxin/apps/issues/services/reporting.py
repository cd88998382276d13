from datetime import datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.archive import services as archive
from tanxin.apps.audit.services import record
from tanxin.apps.issues.access import issue_for
from tanxin.apps.issues.models import Issue, Measure
from tanxin.apps.issues.readers import all_four, helpers_of
from tanxin.apps.issues.services.texts import sealed_text
from tanxin.apps.issues.transitions import note_step, take_step
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import IssueMove


def report_measure(actor: Actor, issue_id: UUID, *, evidence_text: str, at: datetime) -> Issue:
    """The owner says what was done, and how that can be seen.

    Raises ``TextMissing``, ``IllegalMove``, and as ``issue_for``.
    """
    issue = issue_for(actor, issue_id, Permission.MEASURE_REPORT)
    readers = all_four(issue, helpers_of(issue))
    sealed = sealed_text(actor, issue_id, "evidence", evidence_text, readers=readers)
    with transaction.atomic():
        issue = issue_for(actor, issue_id, Permission.MEASURE_REPORT)
        helpers = helpers_of(issue)
        take_step(
            issue,
            IssueMove.REPORT,
            waiting_for=helpers.verifier,
            wanted_on=issue.wanted_on,
            at=at,
        )
        evidence = archive.store(sealed, parties=all_four(issue, helpers), at=at)
        Measure.objects.filter(realm=actor.realm_id, issue=issue).update(
            evidence=evidence, reported_at=at
        )
        note_step(actor, issue, IssueMove.REPORT, at=at, text=evidence)
        record(
            "measure.reported",
            realm_id=actor.realm_id,
            actor=actor,
            subject_kind="issue",
            subject_id=issue.pk,
            detail={"step": issue.steps},
            at=at,
        )
    return issue
