"""The only door to duties.

Who leads a unit, or is in charge of it, sees that duties in it and below exist and how they stand,
but not why. On which day he does is asked with ``on``; without it only one's own duties show.
"""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from tanxin.apps.duties.models import Duty
from tanxin.apps.org.access import relations_to_unit
from tanxin.apps.org.selectors import unit_tree, units_in_charge, units_led
from tanxin.core.access import Actor, Permission, Relation, RowForbidden, RowNotFound, decide


class DutyNotFound(RowNotFound):
    pass


class DutyForbidden(RowForbidden):
    pass


def relations_to(actor: Actor, duty: Duty, *, on: date | None = None) -> frozenset[Relation]:
    relations = set(actor.standing)
    if actor.person_id is not None and duty.initiator_id == actor.person_id:
        relations.add(Relation.INITIATOR)
    if actor.person_id is not None and duty.subject_id == actor.person_id:
        relations.add(Relation.SUBJECT)
    if on is not None and duty.unit_id is not None:
        relations |= relations_to_unit(actor, duty.unit_id, on)
    return frozenset(relations)


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
    own = Duty.objects.filter(realm=actor.realm_id)
    if decide(Permission.DUTY_VIEW, actor.standing).allowed:
        return own
    if actor.person_id is None:
        return own.none()
    mine = Q(initiator=actor.person_id) | Q(subject=actor.person_id)
    if on is not None:
        mine |= Q(unit__in=units_below(actor, on))
    return own.filter(mine)


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
