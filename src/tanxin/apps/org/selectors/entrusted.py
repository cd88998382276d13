"""What is entrusted to whom on a day: roles, and arranging for a leader."""

from datetime import date
from typing import TypeAlias
from uuid import UUID

from django.db.models import QuerySet

from tanxin.apps.org.actors import on_day
from tanxin.apps.org.models import RoleHolding
from tanxin.apps.org.trust import Administrator, Recusal, Secretary
from tanxin.core.access import Actor, Permission, Role, RowForbidden, decide

SecretaryRow: TypeAlias = Secretary
RecusalRow: TypeAlias = Recusal


class RolesAreNotYours(RowForbidden):
    """Only the security administrator and the auditor see who holds which role."""


def role_holders(actor: Actor, *, on: date) -> dict[Role, list[UUID]]:
    """Everybody with a role on the day. Raises ``RolesAreNotYours``."""
    if not decide(Permission.ROLE_VIEW, actor.standing).allowed:
        raise RolesAreNotYours(Permission.ROLE_VIEW)
    found: dict[Role, list[UUID]] = {role: [] for role in Role}
    for role, person_id in held_on(actor.realm_id, on):
        found[role].append(person_id)
    return found


def held_on(realm_id: UUID, on: date) -> list[tuple[Role, UUID]]:
    roles = RoleHolding.objects.filter(on_day(on), realm=realm_id).values_list("role", "person")
    tasks = Administrator.objects.filter(on_day(on), realm=realm_id).values_list("role", "person")
    return [(Role(role), person_id) for role, person_id in roles.union(tasks)]


def holders_of(realm_id: UUID, roles: frozenset[Role], on: date) -> frozenset[UUID]:
    """For services: everybody with one of these roles on the day."""
    return frozenset(person for role, person in held_on(realm_id, on) if role in roles)


def leaders_of(actor: Actor, *, on: date) -> list[UUID]:
    """For whom the actor arranges."""
    if actor.person_id is None:
        return []
    rows = Secretary.objects.filter(on_day(on), realm=actor.realm_id, person=actor.person_id)
    return list(rows.order_by("recorded_at", "pk").values_list("leader", flat=True))


def secretaries_of(actor: Actor, *, on: date) -> QuerySet[Secretary]:
    """Who arranges for the actor."""
    rows = Secretary.objects.filter(on_day(on), realm=actor.realm_id, leader=actor.person_id)
    return rows.order_by("recorded_at", "pk")


def recusals_to_lift(actor: Actor) -> QuerySet[Recusal]:
    """The recusals the actor set himself; for the security administrator also others' of people.

    Never one that keeps something from the actor, but what he asked for himself.
    """
    rows = Recusal.objects.filter(realm=actor.realm_id, lifted_at=None).exclude(about_kind="duty")
    mine = rows.filter(set_by=actor.person_id)
    if decide(Permission.RECUSAL_OF_PEOPLE, actor.standing).allowed:
        others = rows.filter(about_kind="person").exclude(excluded=actor.person_id)
        return (mine | others).order_by("-set_at", "-pk")
    return mine.order_by("-set_at", "-pk")
