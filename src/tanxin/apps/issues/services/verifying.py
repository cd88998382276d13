from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.archive import services as archive
from tanxin.apps.audit.services import record
from tanxin.apps.issues.access import issue_for
from tanxin.apps.issues.independence import check_independence
from tanxin.apps.issues.models import Issue, Measure, MeasureRole
from tanxin.apps.issues.readers import all_parts, helpers_of
from tanxin.apps.issues.services.texts import sealed_text
from tanxin.apps.issues.transitions import note_step, take_step
from tanxin.apps.realms.selectors import zone_of
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import IssueMove
from tanxin.core.wording import is_blank


def verify_measure(actor: Actor, issue_id: UUID, *, solved: bool, note: str, at: datetime) -> Issue:
    """Somebody other than who solves it says whether it is solved; sending back needs a note.

    Raises ``VerifierNotIndependent`` where the verifier is not free to judge any more: he may still
    send it back, but not say that it is solved. Also ``TextMissing``, ``IllegalMove``, and as
    ``issue_for``.
    """
    issue = issue_for(actor, issue_id, Permission.MEASURE_VERIFY)
    today = at.astimezone(zone_of(actor.realm_id)).date()
    helpers = helpers_of(issue)
    if solved:
        check_independence(issue, helpers, today)
    silent = solved and is_blank(note)
    readers = all_parts(issue, helpers)
    sealed = None if silent else sealed_text(actor, issue_id, "remark", note, readers=readers)
    with transaction.atomic():
        issue = issue_for(actor, issue_id, Permission.MEASURE_VERIFY)
        by = decide_on(issue, solved=solved, today=today, at=at)
        readers = all_parts(issue, helpers_of(issue))
        stored = archive.store(sealed, parties=readers, at=at) if sealed else None
        note_step(actor, issue, by, at=at, text=stored)
        record(
            "measure.verified" if solved else "measure.sent_back",
            realm_id=actor.realm_id,
            actor=actor,
            subject_kind="issue",
            subject_id=issue.pk,
            detail={"step": issue.steps},
            at=at,
        )
    return issue


def decide_on(issue: Issue, *, solved: bool, today: date, at: datetime) -> IssueMove:
    """Solved goes on to the initiator's answer; sent back goes to the owner, due as before."""
    measure = Measure.objects.filter(realm=issue.realm_id, issue=issue)
    if solved:
        by, next_person, wanted_on = IssueMove.VERIFY, issue.led_by_id, today
    else:
        by, next_person, wanted_on = (
            IssueMove.SEND_BACK,
            helpers_of(issue).owner,
            measure.get().due,
        )
    take_step(issue, by, waiting_for=next_person, wanted_on=wanted_on, at=at)
    measure.update(verified_at=at if solved else None)
    MeasureRole.objects.filter(realm=issue.realm_id, measure__issue=issue, role="verifier").update(
        verdict="solved" if solved else "sent_back", decided_at=at
    )
    return by
