from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.audit import services as audit
from tanxin.apps.plans.access import plan_for
from tanxin.apps.plans.models import Plan
from tanxin.apps.plans.refusals import PlanIsClosed
from tanxin.core.access import Actor, Permission
from tanxin.core.planning import PlanState


def approve_plan(actor: Actor, plan_id: UUID, *, today: date, at: datetime) -> Plan:
    """From now on the plan is followed, instead of the one of the same unit and days before it.

    Raises ``PlanNotFound``, ``PlanForbidden``, or ``PlanIsClosed`` where it is decided already.
    """
    with transaction.atomic():
        plan = plan_for(actor, plan_id, Permission.PLAN_APPROVE, on=today)
        same = Plan.objects.filter(
            realm=plan.realm_id, unit=plan.unit_id, first=plan.first, last=plan.last
        )
        before = list(same.filter(state=PlanState.APPROVED).values_list("pk", flat=True))
        same.filter(pk__in=before).exclude(pk=plan.pk).update(state=PlanState.SUPERSEDED.value)
        decide_once(plan, PlanState.APPROVED, approved_by_id=actor.person_id, approved_at=at)
        leaf("plan.approved", actor, plan, at, before=[str(pk) for pk in before])
    return plan


def drop_plan(actor: Actor, plan_id: UUID, *, today: date, at: datetime) -> Plan:
    """Raises as ``approve_plan``; a plan that is followed is replaced, not dropped."""
    with transaction.atomic():
        plan = plan_for(actor, plan_id, Permission.PLAN_PROPOSE, on=today)
        decide_once(plan, PlanState.DROPPED)
        leaf("plan.dropped", actor, plan, at)
    return plan


def decide_once(plan: Plan, to: PlanState, **changes: object) -> None:
    rows = Plan.objects.filter(realm=plan.realm_id, pk=plan.pk, state=PlanState.PROPOSED)
    if rows.update(state=to.value, **changes) != 1:
        raise PlanIsClosed(plan.pk)
    plan.refresh_from_db()


def leaf(event: str, actor: Actor, plan: Plan, at: datetime, **detail: object) -> None:
    audit.record(
        event,
        realm_id=plan.realm_id,
        actor=actor,
        subject_kind="plan",
        subject_id=plan.pk,
        at=at,
        detail={"unit": str(plan.unit_id), **detail},  # type: ignore[dict-item] # plain values only
    )
