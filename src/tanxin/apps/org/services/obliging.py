"""Which roles oblige to a second factor: set for a realm."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.audit import services as audit
from tanxin.apps.org.services.roles import may_give_roles
from tanxin.apps.realms.selectors import second_factor_roles
from tanxin.apps.realms.services import oblige_second_factor
from tanxin.core.access import Actor, Role


def obliged_roles(realm_id: UUID) -> frozenset[Role]:
    known = {role.value for role in Role}
    return frozenset(Role(name) for name in second_factor_roles(realm_id) if name in known)


def oblige(actor: Actor, roles: Iterable[Role], *, at: datetime) -> None:
    """Holds at once, also for who is logged in. Raises ``RolesForbidden``."""
    may_give_roles(actor)
    chosen = sorted(role.value for role in roles)
    with transaction.atomic():
        oblige_second_factor(actor.realm_id, chosen)
        audit.record(
            "realm.second_factor",
            realm_id=actor.realm_id,
            actor=actor if actor.account_id else None,
            subject_kind="realm",
            subject_id=actor.realm_id,
            detail={"roles": list(chosen)},
            at=at,
        )
