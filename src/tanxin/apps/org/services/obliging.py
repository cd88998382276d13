"""Which roles oblige to a second factor: set for a realm, asked at every page of who holds one."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from tanxin.apps.accounts.second_factor.keeping import has_second_factor
from tanxin.apps.audit import services as audit
from tanxin.apps.org.services.roles import may_give_roles
from tanxin.apps.realms.selectors import second_factor_roles
from tanxin.apps.realms.services import oblige_second_factor
from tanxin.core.access import Actor, Role


class Obliged(NamedTuple):
    """Whether somebody lacks what his roles oblige him to, and whether that bars his way."""

    lacks: bool
    is_barred: bool


def obliged_roles(realm_id: UUID) -> frozenset[Role]:
    names, _ = second_factor_roles(realm_id)
    return roles_named(names)


def roles_named(names: Iterable[str]) -> frozenset[Role]:
    known = {role.value for role in Role}
    return frozenset(Role(name) for name in names if name in known)


def second_factor_of(actor: Actor) -> Obliged:
    """In a demo it is a warning and no wall."""
    if actor.account_id is None or not actor.roles:
        return Obliged(lacks=False, is_barred=False)
    names, is_demo = second_factor_roles(actor.realm_id)
    lacks = bool(actor.roles & roles_named(names)) and not has_second_factor(actor.account_id)
    return Obliged(lacks, lacks and not is_demo)


def must_set_one_up(actor: Actor) -> bool:
    return second_factor_of(actor).is_barred


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
