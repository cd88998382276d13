"""When the one to whom something was promised is talked with next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from tanxin.apps.talks.selectors import planned_talks
from tanxin.core.access import Actor


@dataclass(frozen=True, slots=True)
class NextTalk:
    id: UUID
    at: datetime


def next_talks(actor: Actor, people: Mapping[UUID, UUID], *, today: date) -> dict[UUID, NextTalk]:
    """Issue → the next talk that the actor leads with the one whose it is; ``people`` by issue."""
    talks = planned_talks(actor).filter(initiator=actor.person_id, subject__in=set(people.values()))
    first: dict[UUID, NextTalk] = {}
    for talk in talks.order_by("planned_for", "pk"):
        if timezone.localdate(talk.planned_for) >= today:
            first.setdefault(talk.subject_id, NextTalk(talk.pk, talk.planned_for))
    return {issue: first[person] for issue, person in people.items() if person in first}
