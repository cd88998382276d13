from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from tanxin.apps.audit import services as audit
from tanxin.apps.duties.derive import derive_realm
from tanxin.apps.duties.horizon import look_ahead
from tanxin.apps.duties.models import Duty
from tanxin.apps.org.selectors import unit_tree
from tanxin.apps.plans.access import may_propose_for
from tanxin.apps.plans.laying import (
    Places,
    absences,
    limits_of,
    tasks_of,
    working_days,
)
from tanxin.apps.plans.models import Plan, PlannedDuty, PlannedTalk
from tanxin.apps.plans.refusals import NothingToPlan, SpanNotFit
from tanxin.core.access import Actor
from tanxin.core.lifecycle import DutyState
from tanxin.core.planning import Placed, PlanState, Task, propose
from tanxin.core.policy.schema import Form

LONGEST = timedelta(days=732)
BATCH = 2_000
# So many units are named in the query; for more all duties are read and chosen here.
NAMED = 500
PER_WEEK, PER_DAY, APART = 3, 2, 5


def propose_plan(
    actor: Actor,
    unit_id: UUID,
    *,
    first: date,
    last: date,
    today: date,
    at: datetime,
    per_week: int = PER_WEEK,
    per_day: int = PER_DAY,
    apart: int = APART,
) -> Plan:
    """Lay the open duties of the unit and all under it over the working days from today on.

    From September on also those of next year, which are derived for it and owed nowhere yet.

    What stands in a plan of the unit for these days keeps its day where it still may; an earlier
    proposal for just these days is replaced. Raises ``UnitNotFound``, ``UnitForbidden``,
    ``SpanNotFit`` or ``NothingToPlan``.
    """
    tree = unit_tree(actor.realm_id, today)
    may_propose_for(actor, unit_id, on=today, tree=tree)
    laid_from = max(first, today)
    if not first <= laid_from <= last or last - first > LONGEST:
        raise SpanNotFit
    if look_ahead(actor.realm_id, today, last):
        derive_realm(actor, actor.realm_id, today=today, at=at, reason="next year is planned")
    with transaction.atomic():
        below = [node.id for node in tree.below(unit_id)]
        duties = {str(duty.pk): duty for duty in duties_to_plan(actor, below, laid_from, last)}
        if not duties:
            raise NothingToPlan
        plan = Plan(
            realm_id=actor.realm_id, unit_id=unit_id, first=first, last=last, laid_from=laid_from,
            per_week=per_week, per_day=per_day, apart=apart,
            proposed_by_id=actor.person_id, proposed_at=at,
        )  # fmt: skip
        tasks = tasks_of(duties.values(), Places(actor.realm_id, tree, today))
        found = propose(
            tasks,
            working_days(actor.realm_id, laid_from, last),
            limits_of(plan, absences(actor.realm_id, laid_from, last)),
            kept_days(plan, tasks),
        )
        replaced(plan).update(state=PlanState.SUPERSEDED.value)
        plan.save(force_insert=True)
        write(plan, tasks, found.placed, duties)
        audit.record_bulk(
            "plan.proposed",
            realm_id=actor.realm_id,
            actor=actor,
            subject_kind="plan",
            subject_id=plan.pk,
            at=at,
            items=[line(task, found.placed) for task in sorted(tasks, key=lambda one: one.key)],
            detail={
                "unit": str(unit_id), "first": first.isoformat(), "last": last.isoformat(),
                "unplaced": len(found.unplaced),
            },
        )  # fmt: skip
    return plan


def duties_to_plan(actor: Actor, unit_ids: list[UUID], first: date, last: date) -> list[Duty]:
    """The open duties whose time meets the days."""
    rows = Duty.objects.filter(
        realm=actor.realm_id, state=DutyState.OPEN, opens__lte=last, due__gte=first
    )
    if len(unit_ids) <= NAMED:
        return list(rows.filter(unit__in=unit_ids))
    wanted = set(unit_ids)
    return [duty for duty in rows if duty.unit_id in wanted]


def replaced(plan: Plan) -> QuerySet[Plan]:
    """Earlier proposals for the same unit and days."""
    return Plan.objects.filter(
        realm=plan.realm_id, unit=plan.unit_id, first=plan.first, last=plan.last,
        state=PlanState.PROPOSED,
    )  # fmt: skip


def kept_days(plan: Plan, tasks: Iterable[Task]) -> dict[str, date]:
    """The days on which the duties stand already: in the plan in force, or in its proposal."""
    standing = Plan.objects.filter(
        realm=plan.realm_id, unit=plan.unit_id, first__lte=plan.last, last__gte=plan.first,
        state__in=[PlanState.APPROVED, PlanState.PROPOSED],
    ).exclude(pk=plan.pk)  # fmt: skip
    links = PlannedDuty.objects.filter(
        realm=plan.realm_id, plan__in=standing, planned__day__gte=plan.laid_from
    )
    rows = links.order_by("plan__state", "plan__proposed_at", "plan")
    days = {str(duty): day for duty, day in rows.values_list("duty", "planned__day")}
    found = {}
    for task in tasks:
        day = next((days[duty] for duty in task.meets if duty in days), None)
        if day is not None:
            found[task.key] = day
    return found


def write(
    plan: Plan, tasks: list[Task], placed: Mapping[str, Placed], duties: Mapping[str, Duty]
) -> None:
    rows = {task.key: row_of(plan, task, placed.get(task.key), duties) for task in tasks}
    PlannedTalk.objects.bulk_create(rows.values(), batch_size=BATCH)
    PlannedDuty.objects.bulk_create(
        (
            PlannedDuty(realm_id=plan.realm_id, plan=plan, planned=rows[task.key], duty=duties[met])
            for task in tasks
            for met in task.meets
        ),
        batch_size=BATCH,
    )


def row_of(
    plan: Plan, task: Task, placed: Placed | None, duties: Mapping[str, Duty]
) -> PlannedTalk:
    met = [duties[key] for key in task.meets]
    return PlannedTalk(
        realm_id=plan.realm_id,
        plan=plan,
        initiator_id=met[0].initiator_id,
        unit_id=met[0].unit_id,
        place_id=UUID(task.place) if task.place else None,
        day=placed.day if placed else None,
        because=placed.because.value if placed else "",
        opens=task.opens,
        due=task.due,
        kind=task.kind,
        can_gather=all(duty.form != Form.INDIVIDUAL for duty in met),
        sensitive=any(duty.sensitive for duty in met),
    )


def line(task: Task, placed: Mapping[str, Placed]) -> bytes:
    """A planned talk in the digest of the log: its duties and its day."""
    day = placed[task.key].day.isoformat() if task.key in placed else "-"
    return f"{' '.join(task.meets)} {day}".encode()
