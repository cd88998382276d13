from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.archive import services as archive
from tanxin.apps.archive.models import Record
from tanxin.apps.audit.services import record
from tanxin.apps.issues.access import issue_for
from tanxin.apps.issues.again import mark_again
from tanxin.apps.issues.independence import (
    check_apart,
    check_independence,
    check_recusals,
    check_unnamed,
)
from tanxin.apps.issues.models import Issue, Measure, MeasureRole
from tanxin.apps.issues.readers import Helpers, all_parts, of_the_cause
from tanxin.apps.issues.refusals import DueHasPassed
from tanxin.apps.issues.services.texts import sealed_text
from tanxin.apps.issues.transitions import check_seen, note_step, take_step
from tanxin.apps.org.access import person_for
from tanxin.apps.org.selectors.people import unit_of
from tanxin.apps.realms.selectors import zone_of
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import IssueMove
from tanxin.core.wording import is_blank


def assign_issue(  # noqa: PLR0913 one argument for each field of the form
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
    co_owners: Sequence[UUID] = (),
    cause_text: str = "",
) -> Issue:
    """Say what shall be done, by whom, until when, and who looks whether it was.

    Whoever solves it reads ``statement_text``, ``measure_text`` and ``cause_text``, never what was
    said in the talk. It may be done again until the measure is verified; then the new words, people
    and day count, and what was put off before stays counted. ``seen`` is the number of steps on the
    page that is answered: what is sent twice is set once. Raises ``VerifierNotIndependent``,
    ``OnePartEach``, ``HelperIsRecused``, ``TellsWhoRaisedIt``, ``DueHasPassed``, ``TextMissing``,
    ``IllegalMove``, and as ``issue_for`` and ``person_for``.
    """
    issue = issue_for(actor, issue_id, Permission.ISSUE_ASSIGN)
    helpers = Helpers(owner, verifier, tuple(co_owners))
    today = at.astimezone(zone_of(actor.realm_id)).date()
    if due < today:
        raise DueHasPassed
    check_fit(actor, issue, helpers, today)
    people = [*helpers.solving, verifier]
    check_unnamed(issue, people, statement_text, measure_text, cause_text)
    readers = all_parts(issue, helpers)
    statement = sealed_text(actor, issue_id, "issue", statement_text, readers=readers)
    plan = sealed_text(actor, issue_id, "measure", measure_text, readers=readers)
    behind = of_the_cause(issue, helpers)
    sealed = (
        None
        if is_blank(cause_text)
        else sealed_text(actor, issue_id, "reason", cause_text, readers=behind)
    )
    with transaction.atomic():
        issue = issue_for(actor, issue_id, Permission.ISSUE_ASSIGN)
        check_seen(issue, seen)
        take_step(issue, IssueMove.ASSIGN, waiting_for=owner, wanted_on=due, at=at)
        readers = all_parts(issue, helpers)
        told = archive.store(statement, parties=readers, at=at)
        planned = archive.store(plan, parties=readers, at=at)
        measure = set_measure(issue, told, planned, due=due, at=at)
        entrust(measure, helpers)
        unnamed = Issue.objects.filter(realm=actor.realm_id, pk=issue.pk, is_unit_named=False)
        unnamed.update(unit=unit_of(actor.realm_id, owner, today))
        issue.refresh_from_db(fields=["unit"])
        mark_again(issue, at)
        note_step(actor, issue, IssueMove.ASSIGN, at=at, text=planned, statement=told)
        if sealed:
            take_step(issue, IssueMove.CAUSE, waiting_for=owner, wanted_on=due, at=at)
            cause = archive.store(sealed, parties=of_the_cause(issue, helpers), at=at)
            Measure.objects.filter(realm=actor.realm_id, pk=measure.pk).update(cause=cause)
            note_step(actor, issue, IssueMove.CAUSE, at=at, text=cause)
        record(
            "issue.assigned",
            realm_id=actor.realm_id,
            actor=actor,
            subject_kind="issue",
            subject_id=issue.pk,
            detail={
                "owner": str(owner),
                "verifier": str(verifier),
                "due": due.isoformat(),
                "co_owners": [str(one) for one in co_owners],
            },
            at=at,
        )
    return issue


def check_fit(actor: Actor, issue: Issue, helpers: Helpers, on: date) -> None:
    people = [*helpers.solving, helpers.verifier]
    check_recusals(issue, people)
    for person in people:
        person_for(actor, person, Permission.ORG_VIEW)
    check_independence(issue, helpers, on)
    check_apart(issue, helpers, on)


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
            "cause": None,
            "due": due,
            "asked_until": None,
            "set_at": at,
            "reported_at": None,
            "verified_at": None,
        },
    )
    return measure


def entrust(measure: Measure, helpers: Helpers) -> None:
    MeasureRole.objects.filter(realm=measure.realm_id, measure=measure).delete()
    parts = [(helpers.owner, "owner"), (helpers.verifier, "verifier")]
    parts += [(one, "co_owner") for one in helpers.co_owners]
    MeasureRole.objects.bulk_create(
        MeasureRole(realm_id=measure.realm_id, measure=measure, person_id=person, role=role)
        for person, role in parts
    )
