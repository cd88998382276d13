"""More time for a measure: the owner asks with a reason, the leader decides; it is counted."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from tanxin.apps.archive.models import Record
from tanxin.apps.issues.access import issue_for
from tanxin.apps.issues.independence import check_unnamed
from tanxin.apps.issues.models import Issue, Measure
from tanxin.apps.issues.readers import everybody, helpers_of
from tanxin.apps.issues.refusals import NotLater
from tanxin.apps.issues.services.speaking import Turn, Way, log, speak, today_of
from tanxin.apps.issues.transitions import check_seen, note_step, take_step
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import IllegalMove, IssueMove


def measure_of(issue: Issue) -> Measure:
    """Raises ``IllegalMove`` where none is set."""
    measure = Measure.objects.filter(realm=issue.realm_id, issue=issue).first()
    if measure is None:
        raise IllegalMove("no measure is set")
    return measure


def ask_time(
    actor: Actor, issue_id: UUID, *, until: date, reason: str, at: datetime, seen: int | None = None
) -> Issue:
    """The owner asks for a later day. Raises ``NotLater``, and as ``speak``."""
    issue = issue_for(actor, issue_id, Permission.TIME_ASK)
    today = today_of(actor, at)
    if until <= max(measure_of(issue).due, today):
        raise NotLater

    def then(issue: Issue, _: Record) -> None:
        Measure.objects.filter(realm=actor.realm_id, issue=issue).update(asked_until=until)

    way = Way(
        IssueMove.ASK_TIME,
        Permission.TIME_ASK,
        "reason",
        "measure.time_asked",
        everybody,
        turn=lambda issue: (issue.led_by_id, today),
        then=then,
        until=until,
    )
    return speak(actor, issue_id, way, reason, at=at, seen=seen)


def give_time(actor: Actor, issue_id: UUID, *, at: datetime, seen: int | None = None) -> Issue:
    """Raises ``IllegalMove`` where none is asked for, and as ``issue_for``."""
    with transaction.atomic():
        issue = issue_for(actor, issue_id, Permission.TIME_DECIDE)
        check_seen(issue, seen)
        until = measure_of(issue).asked_until
        if until is None:
            raise IllegalMove("nobody asks for more time")
        owner = helpers_of(issue).owner
        take_step(issue, IssueMove.GIVE_TIME, waiting_for=owner, wanted_on=until, at=at)
        Measure.objects.filter(realm=actor.realm_id, issue=issue).update(
            due=until, extended=F("extended") + 1
        )
        note_step(actor, issue, IssueMove.GIVE_TIME, at=at, until=until)
        log(actor, "measure.extended", issue, at, due=until.isoformat())
    return issue


def deny_time(
    actor: Actor, issue_id: UUID, *, reason: str, at: datetime, seen: int | None = None
) -> Issue:
    """The day stays as it is. Raises ``TellsWhoRaisedIt``, and as ``speak``."""
    issue = issue_for(actor, issue_id, Permission.TIME_DECIDE)
    measure_of(issue)
    helpers = helpers_of(issue)
    check_unnamed(issue, [*helpers.solving, helpers.verifier], reason)

    def back_to_the_owner(issue: Issue) -> Turn:
        return helpers_of(issue).owner, measure_of(issue).due

    way = Way(
        IssueMove.DENY_TIME,
        Permission.TIME_DECIDE,
        "reason",
        "measure.time_denied",
        everybody,
        turn=back_to_the_owner,
    )
    return speak(actor, issue_id, way, reason, at=at, seen=seen)
