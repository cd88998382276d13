"""What somebody led ends with the ground on which he led it; what he said of himself does not.

The ground is a post; or, with those it is about, a charge over their unit, a seat in their team, a
post in their branch. Another of these that goes on lets him go on.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from tanxin.apps.org.models import BranchMember, Seat, Tenure
from tanxin.apps.org.selectors.leading import units_in_charge, units_led
from tanxin.apps.org.selectors.units import unit_tree
from tanxin.core.access import Actor, Ground

Between = Callable[[str, date, date], Q]


def has_left_something(actor: Actor) -> bool:
    return bool(actor.former or actor.grounds_lost)


def still_his(actor: Actor, column: str, subject: str = "") -> Q:
    """Rows whose ``column`` is no moment at which the actor acted on a ground that has ended.

    ``subject`` is the column of who is talked to; without it posts alone count.
    """
    return still(actor, column, subject, moments)


def days_still_his(actor: Actor, column: str, subject: str = "") -> Q:
    """As ``still_his``, for a column of days."""
    return still(actor, column, subject, days)


def still(actor: Actor, column: str, subject: str, between: Between) -> Q:
    ended = Q()
    for first, after in actor.former:
        ended |= between(column, first, after)
    if not subject:
        return ~ended if ended else Q()
    for ground in lost(actor):
        ended |= with_these(actor, ground, column, subject, between)
    kept = Q()
    for ground in actor.grounds_kept if ended else ():
        kept |= with_these(actor, ground, column, subject, between)
    return ~ended | kept if ended else Q()


def with_these(actor: Actor, ground: Ground, column: str, subject: str, between: Between) -> Q:
    """While the ground held, with those whom it is about."""
    people = Q(**{f"{subject}__in": people_of(actor, ground)})
    return between(column, ground.first, ground.after) & people


def people_of(actor: Actor, ground: Ground) -> QuerySet[Any, Any]:
    """Who belonged to the unit, the team or the branch at some time while the ground held."""
    then = Q(start=None) | Q(start__lt=ground.after)
    then &= Q(end=None) | Q(end__gt=ground.first)
    here = Q(then, realm=actor.realm_id, voided_at=None)
    if ground.kind == "seat":
        return Seat.objects.filter(here, team=ground.key).values("person")
    if ground.kind == "branch":
        return BranchMember.objects.filter(here, branch=ground.key).values("person")
    units = units_under(actor, ground)
    return Tenure.objects.filter(here, post__unit__in=units).values("person")


def units_under(actor: Actor, ground: Ground) -> list[UUID]:
    """As they stood when the charge began; one without a beginning is looked at as they stand."""
    day = actor.on if actor.on and ground.first == date.min else ground.first
    tree = unit_tree(actor.realm_id, day)
    return [ground.key, *(node.id for node in tree.below(ground.key))]


def lost(actor: Actor) -> Iterable[Ground]:
    """Not a charge over a unit that he leads now, or is in charge of with one above it."""
    if not actor.grounds_lost or actor.person_id is None or actor.on is None:
        return actor.grounds_lost
    leads = units_led(actor.realm_id, actor.person_id, actor.on)
    leads |= units_in_charge(actor.realm_id, actor.person_id, actor.on)
    if not leads:
        return actor.grounds_lost
    tree = unit_tree(actor.realm_id, actor.on)
    return [
        ground
        for ground in actor.grounds_lost
        if ground.kind == "seat" or leads.isdisjoint(node.id for node in tree.above(ground.key))
    ]


def moments(column: str, first: date, after: date) -> Q:
    begun = Q() if first == date.min else Q(**{f"{column}__gte": midnight(first)})
    return begun if after == date.max else begun & Q(**{f"{column}__lt": midnight(after)})


def days(column: str, first: date, after: date) -> Q:
    return Q(**{f"{column}__gte": first, f"{column}__lt": after})


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def is_still_his(actor: Actor, moment: datetime, subject_id: UUID | None = None) -> bool:
    """As ``still_his``, for one row that has been read."""
    day = moment.astimezone(timezone.get_current_timezone()).date()
    return was_still_his(actor, day, subject_id)


def was_still_his(actor: Actor, day: date, subject_id: UUID | None = None) -> bool:
    """As ``days_still_his``, for one row that has been read."""
    ended = actor.acted_for_a_former_post(day)
    if subject_id is None or not has_left_something(actor):
        return not ended
    ended = ended or any(is_about(actor, one, day, subject_id) for one in lost(actor))
    return not ended or any(is_about(actor, one, day, subject_id) for one in actor.grounds_kept)


def is_about(actor: Actor, ground: Ground, day: date, subject_id: UUID) -> bool:
    if not ground.first <= day < ground.after:
        return False
    return people_of(actor, ground).filter(person=subject_id).exists()
