"""One planned talk, and what could not be placed: why, and what would help."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from tanxin.apps.duties.models import Duty
from tanxin.apps.plans.laying import duties_of, laid_out, near, task_of
from tanxin.apps.plans.models import Plan, PlannedDuty, PlannedTalk
from tanxin.core.planning import (
    Gathering,
    Layer,
    Relaxation,
    Stack,
    Task,
    Why,
    gatherings,
    smallest_relaxation,
    stacks,
)
from tanxin.core.planning import explain as explained


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a talk stands on its day; or, where it has none, the least that would give it one."""

    planned: PlannedTalk
    task: Task
    duties: list[Duty]
    why: Why
    relaxation: Relaxation | None


def duties_planned(plan: Plan, rows: Collection[PlannedTalk]) -> dict[UUID, list[Duty]]:
    return duties_of(plan.realm_id, [row.pk for row in rows], with_rules=True)


def explain(planned: PlannedTalk, *, today: date) -> Reason:
    """For a planned talk that the reader may see; what would help is asked from today on."""
    duties = duties_of(planned.realm_id, [planned.pk], with_rules=True)[planned.pk]
    laid = laid_out(planned.plan, near(planned.plan, people_of([(planned, duties)]), hops=1))
    key = str(planned.pk)
    task = laid.standing.tasks[key]
    helps = None
    if planned.day is None:
        helps = relaxations(planned.plan, [planned], today=today).get(planned.pk)
    return Reason(planned, task, duties, explained(laid.standing, key), helps)


def relaxations(
    plan: Plan, rows: Collection[PlannedTalk], *, today: date
) -> dict[UUID, Relaxation]:
    """The least that would give each of these talks a day from today on.

    Those whose time is over are left out: nothing gives them one.
    """
    duties = duties_of(plan.realm_id, [row.pk for row in rows])
    people = people_of((row, duties[row.pk]) for row in rows)
    if not rows or plan.last < today:
        return {}
    laid = laid_out(plan, near(plan, people, hops=1), since=today).standing
    if not len(laid.days):
        return {}
    tasks = {row.pk: laid.tasks[str(row.pk)] for row in rows if str(row.pk) in laid.tasks}
    return {pk: smallest_relaxation(laid.board_around(task), task) for pk, task in tasks.items()}


def people_of(rows: Iterable[tuple[PlannedTalk, list[Duty]]]) -> set[UUID]:
    people: set[UUID] = set()
    for row, duties in rows:
        people.add(row.initiator_id)
        people.update(duty.subject_id for duty in duties if duty.subject_id)
    return people


def proposed_merges(talks: QuerySet[PlannedTalk], *, today: date) -> list[Stack]:
    """Whom layer after layer is to talk to within a month, by the talks that still lie ahead."""
    ahead = talks.filter(sensitive=False, day__gte=today).order_by()
    rows = PlannedDuty.objects.filter(planned__in=ahead.values("pk"), duty__subject__isnull=False)
    found = rows.values_list("planned", "planned__initiator", "duty__subject", "planned__day")
    return stacks({Layer(str(pk), lead, person, day) for pk, lead, person, day in found if day})


def proposed_gatherings(rows: Collection[PlannedTalk], *, today: date) -> list[Gathering]:
    """Where one collective talk could stand instead of these that are still to be held."""
    wanted = [row for row in rows if row.can_gather and not row.sensitive and row.due >= today]
    if not wanted:
        return []
    duties = duties_of(wanted[0].realm_id, [row.pk for row in wanted])
    tasks = (task_of(row, duties[row.pk], today) for row in wanted if duties[row.pk])
    return gatherings(task for task in tasks if task.opens <= task.due)
