"""From a login to the actor that every service asks for."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from tanxin.apps.org.models import Membership, RoleHolding
from tanxin.core.access import Actor, Role


def on_day(day: date) -> Q:
    """Facts that are believed today and true on ``day``."""
    return Q(voided_at=None) & (Q(start=None) | Q(start__lte=day)) & (Q(end=None) | Q(end__gt=day))


def actor_of(
    account_id: UUID, *, on: date, realm_id: UUID | None = None, session: str = ""
) -> Actor | None:
    """Who ``account_id`` is in ``realm_id``, or in its first realm; None without a membership."""
    here = Q(person__left_on=None) | Q(person__left_on__gt=on)
    memberships = Membership.objects.filter(here, account=account_id)
    if realm_id:
        memberships = memberships.filter(realm=realm_id)
    membership = memberships.order_by("realm").first()
    if membership is None:
        return None
    held = RoleHolding.objects.filter(
        on_day(on), realm=membership.realm_id, person=membership.person_id
    ).values_list("role", flat=True)
    return Actor(
        realm_id=membership.realm_id,
        person_id=membership.person_id,
        account_id=account_id,
        roles=frozenset(Role(role) for role in held),
        session=session,
    )
