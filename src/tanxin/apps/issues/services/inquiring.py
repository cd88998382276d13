"""Looking into the facts before a measure: who is asked learns the question, not whose matter."""

from datetime import date, datetime
from uuid import UUID

from tanxin.apps.archive.models import Record
from tanxin.apps.issues.access import issue_for
from tanxin.apps.issues.independence import check_recusals, check_unnamed
from tanxin.apps.issues.looking_models import Inquiry
from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.readers import of_the_facts
from tanxin.apps.issues.refusals import AskedOfTheTwo, DueHasPassed
from tanxin.apps.issues.services.speaking import Way, speak, today_of
from tanxin.apps.org.access import person_for
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import IllegalMove, IssueMove


def ask_for_facts(
    actor: Actor,
    issue_id: UUID,
    *,
    person: UUID,
    question: str,
    wanted_on: date,
    at: datetime,
    seen: int | None = None,
) -> Issue:
    """The leader asks somebody to look into it; of another who was asked before, no more.

    Raises ``AskedOfTheTwo``, ``HelperIsRecused``, ``TellsWhoRaisedIt``, ``DueHasPassed``, and as
    ``speak`` and ``person_for``.
    """
    issue = issue_for(actor, issue_id, Permission.ISSUE_INQUIRE)
    if wanted_on < today_of(actor, at):
        raise DueHasPassed
    person_for(actor, person, Permission.ORG_VIEW)
    if person in {issue.led_by_id, issue.talk.subject_id}:
        raise AskedOfTheTwo
    check_recusals(issue, [person])
    check_unnamed(issue, [person], question)

    def then(issue: Issue, asked: Record) -> None:
        open_inquiries = Inquiry.objects.filter(realm=actor.realm_id, issue=issue, ended_at=None)
        open_inquiries.update(ended_at=at)
        Inquiry.objects.create(
            realm_id=actor.realm_id,
            issue=issue,
            person_id=person,
            since=at,
            asked_at=at,
            wanted_on=wanted_on,
            question=asked,
        )

    way = Way(
        IssueMove.INQUIRE,
        Permission.ISSUE_INQUIRE,
        "issue",
        "issue.inquired",
        lambda issue: of_the_facts(issue, person),
        turn=lambda _: (person, wanted_on),
        then=then,
        until=wanted_on,
    )
    return speak(actor, issue_id, way, question, at=at, seen=seen)


def report_facts(
    actor: Actor, issue_id: UUID, *, finding: str, at: datetime, seen: int | None = None
) -> Issue:
    """Who was asked says what he found; only the leader reads it.

    Raises ``IllegalMove`` where he is not asked any more, and as ``speak``.
    """
    issue = issue_for(actor, issue_id, Permission.FACTS_REPORT)
    inquiry = Inquiry.objects.filter(
        realm=actor.realm_id, issue=issue, person=actor.person_id, ended_at=None
    ).first()
    if inquiry is None:
        raise IllegalMove("somebody else is asked")

    def then(issue: Issue, stored: Record) -> None:
        rows = Inquiry.objects.filter(realm=issue.realm_id, pk=inquiry.pk, found_at=None)
        rows.update(finding=stored, found_at=at, ended_at=at)

    way = Way(
        IssueMove.FIND,
        Permission.FACTS_REPORT,
        "evidence",
        "issue.facts_found",
        lambda issue: of_the_facts(issue, inquiry.person_id),
        turn=lambda issue: (issue.led_by_id, today_of(actor, at)),
        then=then,
    )
    return speak(actor, issue_id, way, finding, at=at, seen=seen)
