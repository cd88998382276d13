from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.archive import services as archive
from tanxin.apps.archive.models import Record
from tanxin.apps.audit.services import record
from tanxin.apps.issues.access import issue_for
from tanxin.apps.issues.independence import check_apart, check_independence, check_recusals
from tanxin.apps.issues.models import Issue, Measure, MeasureRole
from tanxin.apps.issues.readers import Helpers, all_four
from tanxin.apps.issues.refusals import DueHasPassed
from tanxin.apps.issues.services.texts import sealed_text
from tanxin.apps.issues.transitions import check_seen, note_step, take_step
from tanxin.apps.org.access import person_for
from tanxin.apps.org.selectors.people import unit_of
from tanxin.apps.realms.selectors import zone_of
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import IssueMove


def assign_issue(
    actor: Actor,
    issue_id: UUID,
    *,
    owner: UUID,
    verifier: UUID,
    due: date,
    statement_text: str,
    measure_text: str,
    at: datetime,
    seen: int | None = None,
) -> Issue:
    """Say what shall be done, by whom, until when, and who looks whether it was.

    The owner reads ``statement_text`` and ``measure_text``, never what was said in the talk. It
    may be done again until the measure is verified; then the new words, people and day count.
    ``seen`` is the number of steps on the page that is answered: what is sent twice is set once.
    Raises ``VerifierNotIndependent``, ``HelperIsRecused``, ``DueHasPassed``, ``TextMissing``,
    ``IllegalMove``, and as ``issue_for`` and ``person_for``.
    """
    issue = issue_for(actor, issue_id, Permission.ISSUE_ASSIGN)
    check_recusals(issue, owner=owner, verifier=verifier)
    today = at.astimezone(zone_of(actor.realm_id)).date()
    if due < today:
        raise DueHasPassed
    for person in (owner, verifier):
        person_for(actor, person, Permission.ORG_VIEW)
    check_independence(actor.realm_id, owner=owner, verifier=verifier, on=today)
    check_apart(issue, owner=owner, verifier=verifier, on=today)
    readers = all_four(issue, Helpers(owner, verifier))
    statement = sealed_text(actor, issue_id, "issue", statement_text, readers=readers)
    plan = sealed_text(actor, issue_id, "measure", measure_text, readers=readers)
    with transaction.atomic():
        issue = issue_for(actor, issue_id, Permission.ISSUE_ASSIGN)
        check_seen(issue, seen)
        take_step(issue, IssueMove.ASSIGN, waiting_for=owner, wanted_on=due, at=at)
        readers = all_four(issue, Helpers(owner, verifier))
        told = archive.store(statement, parties=readers, at=at)
        planned = archive.store(plan, parties=readers, at=at)
        measure = set_measure(issue, told, planned, due=due, at=at)
        entrust(measure, owner=owner, verifier=verifier)
        unnamed = Issue.objects.filter(realm=actor.realm_id, pk=issue.pk, is_unit_named=False)
        unnamed.update(unit=unit_of(actor.realm_id, owner, today))
        note_step(actor, issue, IssueMove.ASSIGN, at=at, text=planned, statement=told)
        record(
            "issue.assigned",
            realm_id=actor.realm_id,
            actor=actor,
            subject_kind="issue",
            subject_id=issue.pk,
            detail={"owner": str(owner), "verifier": str(verifier), "due": due.isoformat()},
            at=at,
        )
    return issue


def set_measure(
    issue: Issue, statement: Record, plan: Record, *, due: date, at: datetime
) -> Measure:
    measure, _ = Measure.objects.update_or_create(
        realm_id=issue.realm_id,
        issue=issue,
        defaults={
            "statement": statement,
            "plan": plan,
            "evidence": None,
            "due": due,
            "set_at": at,
            "reported_at": None,
        },
    )
    return measure


def entrust(measure: Measure, *, owner: UUID, verifier: UUID) -> None:
    MeasureRole.objects.filter(realm=measure.realm_id, measure=measure).delete()
    MeasureRole.objects.bulk_create(
        MeasureRole(realm_id=measure.realm_id, measure=measure, person_id=person, role=role)
        for person, role in ((owner, "owner"), (verifier, "verifier"))
    )
