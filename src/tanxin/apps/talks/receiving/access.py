"""The doors to reception days: anybody finds them, few may set them."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from tanxin.apps.org.actors import on_day
from tanxin.apps.org.models import Charge, Seat
from tanxin.apps.org.selectors.entrusted import leaders_of
from tanxin.apps.org.selectors.leading import chiefs_of_units, units_in_charge, units_led
from tanxin.apps.talks.receiving.models import Reception
from tanxin.core.access import Actor, Permission, Relation, RowForbidden, RowNotFound, decide


class ReceptionNotFound(RowNotFound):
    pass


class ReceptionForbidden(RowForbidden):
    pass


def stands_to(actor: Actor, leader_id: UUID, *, on: date) -> frozenset[Relation]:
    relations = set(actor.standing)
    if actor.person_id == leader_id:
        relations.add(Relation.SELF)
    elif leader_id in leaders_of(actor, on=on):
        relations.add(Relation.SECRETARY)
    return frozenset(relations)


def may_set(actor: Actor, leader_id: UUID, *, on: date) -> bool:
    return decide(Permission.RECEPTION_SET, stands_to(actor, leader_id, on=on)).allowed


def check_may_set(actor: Actor, leader_id: UUID, *, on: date) -> None:
    """Raises ``ReceptionForbidden``."""
    if not may_set(actor, leader_id, on=on):
        raise ReceptionForbidden(leader_id)


def is_leader(realm_id: UUID, person_id: UUID, *, on: date) -> bool:
    """Whether he heads or is in charge of a unit, or sits in a team."""
    if units_led(realm_id, person_id, on) or units_in_charge(realm_id, person_id, on):
        return True
    return Seat.objects.filter(on_day(on), realm=realm_id, person=person_id).exists()


def receptions(actor: Actor, *, on: date) -> QuerySet[Reception]:
    """The hours that are in force on the day, or begin later, of all who have not left."""
    if actor.person_id is None:
        return Reception.objects.none()
    there = Q(leader__left_on=None) | Q(leader__left_on__gt=on)
    rows = Reception.objects.filter(there, Q(last=None) | Q(last__gte=on), realm=actor.realm_id)
    return rows.order_by("leader", "weekday", "begins", "pk")


def reception_for(actor: Actor, reception_id: UUID) -> Reception:
    """Raises ``ReceptionNotFound``."""
    row = Reception.objects.filter(realm=actor.realm_id, pk=reception_id).first()
    if row is None or actor.person_id is None:
        raise ReceptionNotFound(reception_id)
    return row


def all_leaders(realm_id: UUID, *, on: date) -> set[UUID]:
    """Everybody of whom ``is_leader`` is true."""
    seats = Seat.objects.filter(on_day(on), realm=realm_id).values_list("person", flat=True)
    charges = Charge.objects.filter(on_day(on), realm=realm_id).values_list("person", flat=True)
    return {*chiefs_of_units(realm_id, None, on).values(), *seats, *charges}
