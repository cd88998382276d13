"""The times of somebody's talks, for calendars outside: when, where, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from tanxin.apps.talks.access import own_talks
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.selectors import places
from tanxin.core.access import Actor
from tanxin.core.lifecycle import TalkState

# How long a calendar is told of a talk that is over or off, so that it takes it out.
REMEMBERED = timedelta(days=60)
OFF = (TalkState.CANCELLED, TalkState.REFUSED, TalkState.NOT_APPROVED)
TENTATIVE = (TalkState.PROPOSED, TalkState.APPROVING)


@dataclass(frozen=True, slots=True)
class Date:
    """``changes`` grows with every change; ``state`` is tentative, confirmed or cancelled."""

    talk_id: UUID
    begins: datetime
    minutes: int
    place: str
    state: str
    changes: int
    made_at: datetime


def dates_of(actor: Actor, *, now: datetime) -> Sequence[Date]:
    """Every talk of the actor's from two months ago on, the earliest first."""
    since = now - REMEMBERED
    lately = Q(held_at=None, planned_for__gte=since) | Q(held_at__gte=since)
    return dated(list(own_talks(actor).filter(lately).order_by("planned_for", "pk")))


def dated(talks: list[Talk]) -> Sequence[Date]:
    where = places([talk for talk in talks if talk.state not in OFF])
    return [
        Date(
            talk.pk,
            talk.held_at or talk.planned_for,
            talk.minutes,
            where.get(talk.pk, ""),
            state_of(talk),
            talk.steps,
            talk.created_at,
        )
        for talk in talks
    ]


def state_of(talk: Talk) -> str:
    if talk.state in OFF:
        return "cancelled"
    return "tentative" if talk.state in TENTATIVE else "confirmed"
