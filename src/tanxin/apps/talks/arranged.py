"""With whom a leader still has to talk, as his secretary may know it: who, and by when."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tanxin.apps.duties.access import visible_duties
from tanxin.apps.org.recusals import not_kept_from
from tanxin.apps.org.selectors.entrusted import leaders_of
from tanxin.apps.talks.selectors import duties_planned
from tanxin.core.access import Actor
from tanxin.core.lifecycle import DutyState

MOST = 100


@dataclass(frozen=True, slots=True)
class ToArrange:
    """No kind and no rule: illness and hardship are kinds."""

    duty_id: UUID
    person_id: UUID
    due: date


def duties_to_arrange(actor: Actor, leader_id: UUID, *, on: date) -> list[ToArrange]:
    """The leader's open duties without a planned talk, the most urgent first."""
    if leader_id not in leaders_of(actor, on=on):
        return []
    leader = Actor(actor.realm_id, leader_id)
    rows = (
        visible_duties(leader)
        .filter(
            not_kept_from(actor, "pk", "subject"),
            initiator=leader_id,
            subject__isnull=False,
            state=DutyState.OPEN,
            opens__lte=on,
        )
        .exclude(pk__in=duties_planned(leader))
        .order_by("due", "pk")
    )
    return [
        ToArrange(duty, subject, due)
        for duty, subject, due in rows.values_list("pk", "subject", "due")[:MOST]
        if subject is not None
    ]
