"""What waits for whom, read where it is and told apart by marks that say nothing."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db.models import Q

from tanxin.apps.duties.access import visible_duties
from tanxin.apps.issues.selectors import issues_waiting_for
from tanxin.apps.org.actors import actor_of
from tanxin.apps.talks.selectors import requests_waiting_for, talks_waiting_for
from tanxin.core.access import Actor
from tanxin.core.lifecycle import DutyState

# A duty is told of when it comes so near, and once more when it is late.
SOON = timedelta(days=7)
MOST = 200


def waits_for(account_id: UUID, realm_id: UUID, *, now: datetime, today: date) -> list[str]:
    """Marks of everything that waits for whoever has the account, as its pages have it."""
    actor = actor_of(account_id, on=today, realm_id=realm_id)
    if actor is None or actor.person_id is None:
        return []
    return sorted({sha256(what.encode()).hexdigest()[:12] for what in found(actor, now, today)})


def found(actor: Actor, now: datetime, today: date) -> Iterator[str]:
    for talk in talks_waiting_for(actor, now=now)[:MOST]:
        yield f"talk {talk.pk} {talk.steps}"
    for what, request in requests_waiting_for(actor):
        yield f"request {what} {request.pk} {request.state}"
    for issue in issues_waiting_for(actor)[:MOST]:
        yield f"issue {issue.pk} {issue.steps} {issue.wanted_on < today}"
    mine = Q(initiator=actor.person_id)
    duties = visible_duties(actor).filter(
        mine, state=DutyState.OPEN, opens__lte=today, due__lte=today + SOON
    )
    for duty in duties.order_by("due", "pk")[:MOST]:
        yield f"duty {duty.pk} {duty.due < today}"
