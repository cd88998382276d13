"""The only door to duties.

Who leads a unit, or is in charge of it, sees that duties in it and below exist and how they stand,
but not why. On which day he does is asked with ``on``; without it only one's own duties show.
"""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from tanxin.apps.duties.models import Duty
from tanxin.apps.org.access import relations_to_unit
from tanxin.apps.org.former import days_still_his, has_left_something, was_still_his
from tanxin.apps.org.recusals import is_kept_from, not_kept_from
from tanxin.apps.org.selectors import unit_tree, units_in_charge, units_led
from tanxin.core.access import Actor, Permission, Relation, RowForbidden, RowNotFound, decide
from tanxin.core.lifecycle import DutyState


class DutyNotFound(RowNotFound):
    pass


class DutyForbidden(RowForbidden):
    pass


def relations_to(actor: Actor, duty: Duty, *, on: date | None = None) -> frozenset[Relation]:
    """Nothing but membership for whom the duty is kept from, unless he is one of the two."""
    sides = sides_of(actor, duty)
    if not sides and is_kept_from(actor, duty.pk, duty.subject_id):
        return frozenset({Relation.MEMBER})
    relations = actor.standing | sides
    if on is not None and duty.unit_id is not None:
        relations |= relations_to_unit(actor, duty.unit_id, on)
    return relations


def sides_of(actor: Actor, duty: Duty) -> frozenset[Relation]:
    if actor.person_id is None:
        return frozenset()
    sides = {Relation.SUBJECT} if duty.subject_id == actor.person_id else set()
    if duty.initiator_id == actor.person_id and not (
        duty.state != DutyState.OPEN
        and duty.met_on is not None
        and not was_still_his(actor, duty.met_on, duty.subject_id)
    ):
        sides.add(Relation.INITIATOR)
    return frozenset(sides)


def duty_for(
    actor: Actor, duty_id: UUID, permission: Permission, *, on: date | None = None
) -> Duty:
    """Return the duty if ``actor`` holds ``permission`` on it.

    Raises ``DutyNotFound`` or ``DutyForbidden``.
    """
    duty = Duty.objects.filter(realm=actor.realm_id, pk=duty_id).select_related("rule").first()
    if duty is None:
        raise DutyNotFound(duty_id)
    relations = relations_to(actor, duty, on=on)
    if not decide(Permission.DUTY_VIEW, relations).allowed:
        raise DutyNotFound(duty_id)
    if not decide(permission, relations).allowed:
        raise DutyForbidden(duty_id)
    return duty


def visible_duties(actor: Actor, *, on: date | None = None) -> QuerySet[Duty]:
    """The duties for which ``duty_for`` lets the actor look."""
    rows = Duty.objects.filter(realm=actor.realm_id)
    if decide(Permission.DUTY_VIEW, actor.standing).allowed:
        return rows.filter(shown(actor))
    if actor.person_id is None:
        return rows.none()
    mine = own(actor)
    if on is not None:
        mine |= Q(unit__in=units_below(actor, on)) & not_kept_from(actor, "pk", "subject")
    return rows.filter(mine)


def shown(actor: Actor) -> Q:
    """Among duties whose course the actor may know: not those that are kept from him."""
    return not_kept_from(actor, "pk", "subject") | own(actor) if actor.person_id else Q()


def own(actor: Actor) -> Q:
    """The duties of which the actor is a side; not what he did for a post he has left."""
    return led(actor) | Q(subject=actor.person_id)


def led(actor: Actor) -> Q:
    his = Q(state=DutyState.OPEN) | Q(met_on=None) | days_still_his(actor, "met_on", "subject")
    return Q(initiator=actor.person_id) & (his if has_left_something(actor) else Q())


def units_below(actor: Actor, on: date) -> frozenset[UUID]:
    """The units the actor leads or is in charge of on the day, with all under them."""
    if actor.person_id is None:
        return frozenset()
    leads = units_led(actor.realm_id, actor.person_id, on)
    leads |= units_in_charge(actor.realm_id, actor.person_id, on)
    if not leads:
        return frozenset()
    tree = unit_tree(actor.realm_id, on)
    return frozenset(node.id for unit in leads for node in tree.below(unit))
