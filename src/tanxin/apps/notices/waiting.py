"""What waits for whom, read where it is and told apart by marks that say nothing."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db.models import Q

from tanxin.apps.duties.access import visible_duties
from tanxin.apps.issues.follow_ups import reminders_of
from tanxin.apps.issues.selectors import effects_to_say, issues_waiting_for, to_look_at_again
from tanxin.apps.notices.models import Digest
from tanxin.apps.notices.overdue import overdue_told
from tanxin.apps.org.actors import actor_of
from tanxin.apps.talks.selectors import duties_planned, requests_waiting_for, talks_waiting_for
from tanxin.core.access import Actor
from tanxin.core.lifecycle import DutyState
from tanxin.core.notices import DigestState, Wait, marks

# A duty is told of when it comes so near, and once more when it is late.
SOON = timedelta(days=7)
MOST = 200
# What still waits after so many messages may be told of once more.
REMEMBERED = 60


def waits_for(
    account_id: UUID, realm_id: UUID, *, now: datetime, today: date, only_late: bool = False
) -> list[str]:
    """Marks of everything that waits for whoever has the account, as its pages have it."""
    actor = actor_of(account_id, on=today, realm_id=realm_id)
    if actor is None or actor.person_id is None:
        return []
    return marks(list(found(actor, now, today)), only_late=only_late)


def told_to(realm_id: UUID, person_id: UUID) -> set[str]:
    """What the last messages to somebody stood for, by their order and not by any clock."""
    sent = Digest.objects.filter(realm=realm_id, person=person_id, state=DigestState.SENT)
    last = sent.order_by("-number").values_list("waits", flat=True)[:REMEMBERED]
    return {mark for waits in last for mark in waits}


def found(actor: Actor, now: datetime, today: date) -> Iterator[Wait]:
    for talk in talks_waiting_for(actor, now=now)[:MOST]:
        yield wait(f"talk {talk.pk} {talk.steps}")
    for what, request in requests_waiting_for(actor):
        late = what == "answer" and request.answer_by < today
        yield wait(f"request {what} {request.pk} {request.state} {late}", late=late)
    yield from of_issues(actor, today)
    for duty_id, due in owed(actor, today):
        yield wait(f"duty {duty_id} {due < today}", late=due < today)
    told = overdue_told(actor, today=today).filter(noted_at=None)
    for row_id in told.values_list("pk", flat=True)[:MOST]:
        yield wait(f"overdue {row_id}")


def of_issues(actor: Actor, today: date) -> Iterator[Wait]:
    for issue in issues_waiting_for(actor)[:MOST]:
        late = issue.wanted_on < today
        yield wait(f"issue {issue.pk} {issue.steps} {late}", late=late)
    for check in effects_to_say(actor, today=today)[:MOST]:
        yield wait(f"effect {check.pk}")
    for issue in to_look_at_again(actor, today=today)[:MOST]:
        yield wait(f"look again {issue.pk} {issue.look_again_on}")
    for reminder in reminders_of(actor, on=today).values():
        yield wait(f"reminder {reminder}", late=True)


def owed(actor: Actor, today: date) -> list[tuple[UUID, date]]:
    """Due soon or late, and no talk for it is planned yet."""
    rows = visible_duties(actor).filter(
        Q(initiator=actor.person_id), state=DutyState.OPEN, opens__lte=today, due__lte=today + SOON
    )
    rows = rows.exclude(pk__in=duties_planned(actor))
    return list(rows.order_by("due", "pk").values_list("pk", "due")[:MOST])


def wait(what: str, *, late: bool = False) -> Wait:
    return Wait(sha256(what.encode()).hexdigest()[:12], late)
