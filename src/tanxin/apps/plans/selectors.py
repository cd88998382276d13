"""Questions about plans that others ask; the pages' own are in ``reading``."""

from datetime import date
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from tanxin.apps.plans.access import led
from tanxin.apps.plans.models import PlannedDuty, PlannedTalk
from tanxin.apps.plans.reading.overview import monday_of
from tanxin.core.access import Actor
from tanxin.core.lifecycle import DutyState
from tanxin.core.planning import PlanState


def my_planned(actor: Actor, *, first: date, last: date) -> QuerySet[PlannedDuty]:
    """What the actor is to lead in these days by plans that are followed: duty by duty."""
    if actor.person_id is None:
        return PlannedDuty.objects.none()
    mine = PlannedTalk.objects.filter(
        led(actor), realm=actor.realm_id, plan__state=PlanState.APPROVED,
        day__gte=first, day__lte=last,
    )  # fmt: skip
    rows = PlannedDuty.objects.filter(
        realm=actor.realm_id, planned__in=mine, duty__state=DutyState.OPEN
    )
    return rows.select_related("planned", "duty").order_by("planned__day", "planned", "duty")


def day_planned(actor: Actor, *, first: date, last: date) -> Subquery:
    """To be annotated to duties: the day in these days on which the actor is to lead its talk."""
    rows = my_planned(actor, first=first, last=last).filter(duty=OuterRef("pk"))
    return Subquery(rows.values("planned__day")[:1])


def weeks_with(actor: Actor, *, today: date, limit: int = 12) -> list[tuple[date, UUID]]:
    """Mondays of the weeks for which a talk with the actor is planned, and who leads it.

    No day, no kind and no reason: those come with the talk's own proposal.
    """
    if actor.person_id is None:
        return []
    rows = PlannedDuty.objects.filter(
        realm=actor.realm_id, duty__subject=actor.person_id, duty__state=DutyState.OPEN,
        plan__state=PlanState.APPROVED, planned__day__gte=monday_of(today),
    ).exclude(planned__initiator=actor.person_id)  # fmt: skip
    found = rows.order_by("planned__day", "planned").values_list(
        "planned__day", "planned__initiator"
    )
    weeks = dict.fromkeys((monday_of(day), who) for day, who in found[: limit * 3] if day)
    return list(weeks)[:limit]
