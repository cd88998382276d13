"""The only door to plans and planned talks.

Who leads a unit, or is in charge of it, sees the plans of it and below; an initiator sees what he
is to lead. Who is recused from a duty finds no planned talk of it, and no number.
"""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from tanxin.apps.duties.access import units_below
from tanxin.apps.org.access import UnitForbidden, UnitNotFound, relations_to_unit
from tanxin.apps.org.former import days_still_his
from tanxin.apps.org.recusals import in_force
from tanxin.apps.org.selectors import UnitTree
from tanxin.apps.plans.models import Plan, PlannedDuty, PlannedTalk
from tanxin.core.access import Actor, Permission, Relation, RowForbidden, RowNotFound, decide


class PlanNotFound(RowNotFound):
    pass


class PlanForbidden(RowForbidden):
    pass


class PlannedNotFound(RowNotFound):
    pass


class PlannedForbidden(RowForbidden):
    pass


Units = frozenset[UUID]


def units_seen(actor: Actor, on: date) -> Units:
    """The units whose plans the actor sees because he leads them; four queries.

    A page asks once and hands them to each of the doors below.
    """
    return units_below(actor, on)


def plan_for(
    actor: Actor, plan_id: UUID, permission: Permission, *, on: date, units: Units | None = None
) -> Plan:
    """Raises ``PlanNotFound`` or ``PlanForbidden``."""
    plan = Plan.objects.filter(realm=actor.realm_id, pk=plan_id).first()
    if plan is None:
        raise PlanNotFound(plan_id)
    relations = relations_to_plan(actor, plan, on=on, units=units)
    if not decide(Permission.PLAN_VIEW, relations).allowed:
        raise PlanNotFound(plan_id)
    if not decide(permission, relations).allowed:
        raise PlanForbidden(plan_id)
    return plan


def relations_to_plan(
    actor: Actor, plan: Plan, *, on: date, units: Units | None = None
) -> frozenset[Relation]:
    """CHIEF of its unit; else INITIATOR for who has a talk to lead in it, and finds his own."""
    if plan.unit_id in (units_seen(actor, on) if units is None else units):
        return actor.standing | {Relation.CHIEF}
    if decide(Permission.PLAN_VIEW, actor.standing).allowed or actor.person_id is None:
        return actor.standing
    leads = PlannedTalk.objects.filter(led(actor), realm=actor.realm_id, plan=plan.pk)
    return actor.standing | ({Relation.INITIATOR} if leads.exists() else set())


def may_propose_for(actor: Actor, unit_id: UUID, *, on: date, tree: UnitTree) -> None:
    """Raise ``UnitNotFound`` or ``UnitForbidden`` unless the actor may plan for the unit.

    ``tree`` is that of the day; a unit that is not in it has no plan.
    """
    relations = relations_to_unit(actor, unit_id, on, tree)
    if unit_id in tree and decide(Permission.PLAN_PROPOSE, relations).allowed:
        return
    if unit_id in tree and decide(Permission.ORG_VIEW, relations).allowed:
        raise UnitForbidden(Permission.PLAN_PROPOSE)
    raise UnitNotFound(unit_id)


def planned_for(actor: Actor, planned_id: UUID, permission: Permission, *, on: date) -> PlannedTalk:
    """Raises ``PlannedNotFound`` or ``PlannedForbidden``."""
    rows = visible_planned(actor, on=on).select_related("plan")
    planned = rows.filter(pk=planned_id).first()
    if planned is None:
        raise PlannedNotFound(planned_id)
    seen = permission is Permission.PLAN_VIEW
    if not seen and not decide(permission, relations_to_planned(actor, planned)).allowed:
        raise PlannedForbidden(planned_id)
    return planned


def relations_to_planned(actor: Actor, planned: PlannedTalk) -> frozenset[Relation]:
    """For one whom the door lets see it."""
    mine = actor.person_id is not None and planned.initiator_id == actor.person_id
    return actor.standing | ({Relation.INITIATOR} if mine else set())


def visible_plans(actor: Actor, *, on: date, units: Units | None = None) -> QuerySet[Plan]:
    """The plans for which ``plan_for`` lets the actor look."""
    rows = Plan.objects.filter(realm=actor.realm_id)
    if decide(Permission.PLAN_VIEW, actor.standing).allowed:
        return rows
    if actor.person_id is None:
        return rows.none()
    mine = PlannedTalk.objects.filter(led(actor), realm=actor.realm_id)
    units = units_seen(actor, on) if units is None else units
    return rows.filter(Q(unit__in=units) | Q(pk__in=mine.values("plan")))


def visible_planned(actor: Actor, *, on: date, units: Units | None = None) -> QuerySet[PlannedTalk]:
    """The planned talks for which ``planned_for`` lets the actor look.

    Who leads a unit does not find those with himself: of them he is told the week, see
    ``selectors.weeks_with``.
    """
    rows = PlannedTalk.objects.filter(realm=actor.realm_id)
    if decide(Permission.PLAN_VIEW, actor.standing).allowed:
        return rows.filter(shown(actor))
    if actor.person_id is None:
        return rows.none()
    units = units_seen(actor, on) if units is None else units
    below = Q(unit__in=units) | Q(plan__unit__in=units)
    with_him = PlannedDuty.objects.filter(
        realm=actor.realm_id, duty__subject=actor.person_id, planned=OuterRef("pk")
    )
    others = Q(~Exists(with_him))
    return rows.filter(led(actor) | (below & others & shown(actor)))


def led(actor: Actor) -> Q:
    """Not what he led for a post that he has left."""
    mine = Q(initiator=actor.person_id)
    return mine & (Q(day=None) | days_still_his(actor, "day")) if actor.former else mine


def shown(actor: Actor) -> Q:
    """Not kept from the actor, unless he leads it himself."""
    if actor.person_id is None:
        return Q()
    mine = in_force(actor.realm_id).filter(excluded=actor.person_id).values("about_id")
    kept = PlannedDuty.objects.filter(
        Q(duty__in=mine) | Q(duty__subject__in=mine),
        realm=actor.realm_id,
        planned=OuterRef("pk"),
    )
    return Q(~Exists(kept)) | led(actor)


def may_know_reason(actor: Actor, planned: PlannedTalk) -> bool:
    """Kind and reason of a talk about illness or discipline are for those with need alone."""
    if not planned.sensitive:
        return True
    return decide(Permission.DUTY_REASON, relations_to_planned(actor, planned)).allowed
