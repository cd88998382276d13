"""A plan as a whole: who leads how much in which week, and what stands behind a number."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from tanxin.apps.plans.access import Units, visible_planned, visible_plans
from tanxin.apps.plans.models import Plan, PlannedTalk
from tanxin.core.access import Actor
from tanxin.core.planning import PlanState

PlanRow: TypeAlias = Plan
PlannedRow: TypeAlias = PlannedTalk
WEEK = timedelta(days=7)
SHOWN = (PlanState.PROPOSED, PlanState.APPROVED, PlanState.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class PlanLine:
    plan: Plan
    talks: int
    unplaced: int


@dataclass(frozen=True, slots=True)
class Leader:
    person_id: UUID
    talks: int
    unplaced: int


def listed_plans(actor: Actor, *, on: date, units: Units | None = None) -> QuerySet[Plan]:
    """What may be looked at, without what was dropped."""
    return visible_plans(actor, on=on, units=units).filter(state__in=SHOWN)


def plan_lines(
    actor: Actor, plans: Collection[Plan], *, on: date, units: Units | None = None
) -> list[PlanLine]:
    """With how many talks of each the actor may see."""
    rows = visible_planned(actor, on=on, units=units).filter(plan__in=[plan.pk for plan in plans])
    counted = rows.order_by().values("plan").annotate(all=Count("pk"), none=NO_DAY)
    found = {
        plan: (total, none) for plan, total, none in counted.values_list("plan", "all", "none")
    }
    return [PlanLine(plan, *found.get(plan.pk, (0, 0))) for plan in plans]


NO_DAY = Count("pk", filter=Q(day=None))


def talks_of(
    actor: Actor, plan: Plan, *, on: date, units: Units | None = None
) -> QuerySet[PlannedTalk]:
    return visible_planned(actor, on=on, units=units).filter(plan=plan.pk)


def leaders(talks: QuerySet[PlannedTalk]) -> list[Leader]:
    rows = talks.order_by().values("initiator").annotate(all=Count("pk"), none=NO_DAY)
    return [Leader(*row) for row in rows.values_list("initiator", "all", "none")]


def weeks_of(plan: Plan) -> list[date]:
    """The Mondays of the weeks that the plan touches."""
    monday = monday_of(plan.first)
    return [monday + WEEK * n for n in range((plan.last - monday).days // 7 + 1)]


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def by_week(talks: QuerySet[PlannedTalk], people: Collection[UUID]) -> dict[UUID, Counter[date]]:
    """Leader → Monday → number of talks."""
    rows = talks.filter(initiator__in=list(people), day__isnull=False).order_by()
    found: dict[UUID, Counter[date]] = defaultdict(Counter)
    counted = rows.values("initiator", "day").annotate(all=Count("pk"))
    for person_id, day, number in counted.values_list("initiator", "day", "all"):
        if day is not None:
            found[person_id][monday_of(day)] += number
    return found


def in_week(talks: QuerySet[PlannedTalk], monday: date) -> QuerySet[PlannedTalk]:
    return talks.filter(day__gte=monday, day__lt=monday + WEEK)


def months_of(plan: Plan) -> Iterator[date]:
    """The first days of the months that the plan touches."""
    month = plan.first.replace(day=1)
    while month <= plan.last:
        yield month
        month = (month + timedelta(days=31)).replace(day=1)
