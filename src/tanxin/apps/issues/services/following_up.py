"""An organiser sees to it that issues go on, many at once; he reads nothing by it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from tanxin.apps.audit.services import record
from tanxin.apps.issues.access import IssueForbidden, IssueNotFound, issues_to_follow
from tanxin.apps.issues.following import Following, Reminder
from tanxin.apps.issues.models import Issue
from tanxin.apps.org.selectors.entrusted import holders_of
from tanxin.apps.realms.selectors import zone_of
from tanxin.core.access import Actor, Permission, Role, decide

MOST_AT_ONCE = 100


class NotAnOrganiser(Exception):
    """Only who has the task of an organiser can follow issues up."""


@dataclass(frozen=True, slots=True)
class Act:
    """What was done to many at once; ``id`` takes it back."""

    id: UUID
    count: int


def organisers(realm_id: UUID, *, on: date) -> frozenset[UUID]:
    return holders_of(realm_id, frozenset({Role.ORGANISER}), on)


def chosen(actor: Actor, issue_ids: Collection[UUID], *, today: date) -> list[Issue]:
    """Those of the rows that the actor may follow up; what he may not see is as good as not there.

    Raises ``IssueForbidden`` for whoever is no organiser.
    """
    must_organise(actor)
    asked = list(dict.fromkeys(issue_ids))[:MOST_AT_ONCE]
    return list(issues_to_follow(actor, today=today).filter(pk__in=asked))


def must_organise(actor: Actor) -> None:
    if not decide(Permission.ISSUE_FOLLOW, actor.standing).allowed:
        raise IssueForbidden


def follow_up(
    actor: Actor, issue_ids: Collection[UUID], person_id: UUID | None, *, at: datetime
) -> Act:
    """Give the issues to one organiser, or to nobody any more.

    Raises ``NotAnOrganiser`` and ``IssueForbidden``.
    """
    today = day_of(actor, at)
    must_organise(actor)
    if person_id is not None and person_id not in organisers(actor.realm_id, on=today):
        raise NotAnOrganiser
    act = uuid4()
    with transaction.atomic():
        issues = chosen(actor, issue_ids, today=today)
        if not issues:
            return Act(act, 0)
        count = len(issues)
        followed(actor).filter(issue__in=issues, ended_in=None).update(ended_in=act)
        if person_id is not None:
            # Where another organiser gives the same at this moment, one of the two has it.
            Following.objects.bulk_create(
                (
                    Following(
                        realm_id=actor.realm_id,
                        issue=issue,
                        person_id=person_id,
                        since=at,
                        given_in=act,
                    )
                    for issue in issues
                ),
                ignore_conflicts=True,
            )
            count = followed(actor).filter(given_in=act).count()
        log(actor, "issue.followed", at, {"count": count, "to": str(person_id or "")})
    return Act(act, count)


def unfollow(actor: Actor, act: UUID, *, at: datetime) -> None:
    """Take back what was given in one act, as long as nobody has changed it since.

    Raises ``IssueNotFound`` where there is nothing to take back.
    """
    must_organise(actor)
    with transaction.atomic():
        given = followed(actor).filter(given_in=act)
        ended = followed(actor).filter(ended_in=act)
        if given.exclude(ended_in=None).exists() or not (given.exists() or ended.exists()):
            raise IssueNotFound(act)
        taken = given.delete()[0]
        # What somebody has been given since stays with him.
        since = followed(actor).filter(ended_in=None).values_list("issue", flat=True)
        restored = ended.exclude(issue__in=list(since)).update(ended_in=None)
        count = max(taken, restored)
        log(actor, "issue.followed", at, {"count": count, "undone": True})


def remind(actor: Actor, issue_ids: Collection[UUID], *, at: datetime) -> Act:
    """Ask whoever has the next step; the same person of the same issue once a day at most.

    The actor is not told whom. Raises ``IssueForbidden``.
    """
    today, act = day_of(actor, at), uuid4()
    with transaction.atomic():
        issues = chosen(actor, issue_ids, today=today)
        Reminder.objects.bulk_create(
            (
                Reminder(
                    realm_id=actor.realm_id,
                    issue=issue,
                    person_id=issue.waiting_for_id,
                    step=issue.steps,
                    day=today,
                    by_id=actor.person_id,
                    act=act,
                )
                for issue in issues
                if issue.waiting_for_id and actor.person_id
            ),
            ignore_conflicts=True,
        )
        count = reminded(actor, act).count()
        if count:
            log(actor, "issue.reminded", at, {"count": count})
    return Act(act, count)


def unremind(actor: Actor, act: UUID, *, at: datetime) -> None:
    """Take reminders back; who has read his digest by then has read it."""
    must_organise(actor)
    with transaction.atomic():
        count = reminded(actor, act).delete()[0]
        if not count:
            raise IssueNotFound(act)
        log(actor, "issue.reminded", at, {"count": count, "undone": True})


def note_printed(actor: Actor, issue_ids: Collection[UUID], *, at: datetime) -> list[Issue]:
    """The rows for a list on paper; that it was made stands in the log."""
    with transaction.atomic():
        issues = chosen(actor, issue_ids, today=day_of(actor, at))
        log(actor, "issue.listed", at, {"count": len(issues)})
    return issues


def day_of(actor: Actor, at: datetime) -> date:
    return at.astimezone(zone_of(actor.realm_id)).date()


def followed(actor: Actor) -> QuerySet[Following]:
    return Following.objects.filter(realm=actor.realm_id)


def reminded(actor: Actor, act: UUID) -> QuerySet[Reminder]:
    return Reminder.objects.filter(realm=actor.realm_id, act=act, by=actor.person_id)


def log(actor: Actor, event: str, at: datetime, detail: dict[str, str | int | bool]) -> None:
    record(
        event,
        realm_id=actor.realm_id,
        actor=actor,
        subject_kind="issue",
        subject_id=None,
        detail=detail,
        at=at,
    )
