"""Roles for the whole realm, as they are given and taken.

Where a realm lives, ``proposing`` comes before giving; the first ones are given at its founding.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from tanxin.apps.audit import services as audit
from tanxin.apps.org.access import PersonNotFound
from tanxin.apps.org.actors import on_day
from tanxin.apps.org.models import Fact, Person, RoleHolding
from tanxin.apps.org.trust import Administrator
from tanxin.apps.sealing import client as sealing
from tanxin.apps.sealing.client import KeeperRefused, KeeperUnavailable
from tanxin.core.access import ADMINISTRATORS, Actor, Permission, Role, RowForbidden, Span, decide
from tanxin.core.vault.canonical import Json

KEPT_BY_KEEPER = {Role.SECURITY_ADMIN: "security", Role.SUPERVISOR: "approval"}


class RolesForbidden(RowForbidden):
    """Only the security administrator gives and takes roles."""


class RoleNeedsASecond(Exception):
    """Only what founds a realm gives roles alone; the log says so."""


class RoleForOneself(Exception):
    """Nobody gives himself a role; that it was tried stands in the log."""


class RoleIsHeld(Exception):
    """The person has the role already for some of these days."""


class HoldsAnotherTask(Exception):
    """System, security and audit are three people."""


class RoleNotHeld(Exception):
    """There is nothing to take."""


class LastSecurityAdministrator(Exception):
    """Without one nobody could give roles any more: name another first."""


def may_give_roles(actor: Actor) -> None:
    """Raise ``RolesForbidden`` unless the actor gives and takes roles."""
    if not decide(Permission.ROLE_GIVE, actor.standing).allowed:
        raise RolesForbidden(Permission.ROLE_GIVE)


def entrust_role(
    actor: Actor, person_id: UUID, role: Role, *, start: date, source: str, at: datetime
) -> Fact:
    """A task for the whole realm, from a day on, at the founding: one alone gives it.

    Raises ``RolesForbidden``, ``RoleForOneself``, ``RoleNeedsASecond``, ``PersonNotFound``, and as
    ``give_role``.
    """
    may_give_to(actor, person_id, role, at=at)
    if actor.person_id is not None:
        raise RoleNeedsASecond(role)
    return give_role(actor, person_id, role, start=start, source=source, at=at, founding=True)


def may_give_to(actor: Actor, person_id: UUID, role: Role, *, at: datetime) -> None:
    """Raises ``RolesForbidden``, ``RoleForOneself`` (which is logged) or ``PersonNotFound``."""
    may_give_roles(actor)
    if actor.person_id == person_id:
        with transaction.atomic():
            write_leaf(actor, "role.refused", person_id, role, at)
        raise RoleForOneself(role)
    if not Person.objects.filter(realm=actor.realm_id, pk=person_id).exists():
        raise PersonNotFound(person_id)


def give_role(
    actor: Actor,
    person_id: UUID,
    role: Role,
    *,
    start: date,
    source: str,
    at: datetime,
    founding: bool = False,
) -> Fact:
    """Who may is asked before. What the keeper will not hear of is not given.

    Raises ``RoleIsHeld``, ``HoldsAnotherTask`` or as the keeper.
    """
    giving = entrust_task if role in ADMINISTRATORS else hold
    with transaction.atomic():
        fact = giving(actor.realm_id, person_id, role, start=start, source=source, at=at)
        write_leaf(actor, "role.given", person_id, role, at, on=start, founding=founding)
    try:
        tell_keeper(actor, person_id, role, on=True)
    except (KeeperRefused, KeeperUnavailable):
        with transaction.atomic():
            end_holding(actor.realm_id, person_id, role, start)
            write_leaf(actor, "role.taken", person_id, role, at, on=start)
        raise
    return fact


def lend_role(
    actor: Actor,
    person_id: UUID,
    role: Role,
    *,
    start: date,
    end: date,
    looks: Span,
    source: str,
    at: datetime,
) -> None:
    """Give a role that ends by itself on ``end``, in the transaction of its cause.

    ``looks`` are the first of the days it is about and the day after them.
    Somebody else proposed it. Raises ``RolesForbidden``, ``RoleForOneself`` or ``RoleIsHeld``.
    """
    may_give_roles(actor)
    if actor.person_id == person_id:
        raise RoleForOneself(role)
    held = hold(actor.realm_id, person_id, role, start=start, source=source, at=at)
    since, before = looks
    RoleHolding.objects.filter(realm=actor.realm_id, pk=held.pk).update(
        end=end, looks_since=since, looks_before=before
    )
    write_leaf(actor, "role.given", person_id, role, at, on=start)


def tell_keeper(actor: Actor, person_id: UUID, role: Role, *, on: bool) -> None:
    """The keeper believes nobody about who approves a request to read, so it is told as well.

    It takes it only from the live session of a security administrator; while a realm is being
    founded there is none yet, and nobody who could approve.
    """
    if actor.session and role in KEPT_BY_KEEPER:
        sealing.entrust_task(actor.realm_id, actor.session, person_id, KEPT_BY_KEEPER[role], on=on)


def hold(
    realm_id: UUID, person_id: UUID, role: Role, *, start: date, source: str, at: datetime
) -> Fact:
    held = RoleHolding.objects.filter(
        Q(end=None) | Q(end__gt=start),
        realm=realm_id,
        person=person_id,
        role=role.value,
        voided_at=None,
    )
    if held.exists():
        raise RoleIsHeld(role)
    return RoleHolding.objects.create(
        realm_id=realm_id,
        person_id=person_id,
        role=role.value,
        start=start,
        source=source,
        recorded_at=at,
    )


def entrust_task(
    realm_id: UUID, person_id: UUID, role: Role, *, start: date, source: str, at: datetime
) -> Fact:
    """The person's one row: a new one, or in place of a task that has ended by ``start``."""
    rows = Administrator.objects.filter(realm=realm_id, person=person_id)
    told = {"role": role.value, "start": start, "end": None, "source": source, "recorded_at": at}
    if rows.filter(end__lte=start).update(**told):
        return rows.get()
    try:
        with transaction.atomic():
            return Administrator.objects.create(realm_id=realm_id, person_id=person_id, **told)
    except IntegrityError:
        same = rows.filter(role=role.value).exists()
        raise (RoleIsHeld if same else HoldsAnotherTask)(role) from None


def take_role(actor: Actor, person_id: UUID, role: Role, *, end: date, at: datetime) -> None:
    """``end`` is the first day without it; one may lay down a role of one's own.

    The keeper is told first: what it refuses to forget is not taken. Raises ``RolesForbidden``,
    ``RoleNotHeld``, ``LastSecurityAdministrator`` or ``KeeperRefused``.
    """
    if actor.person_id != person_id or role not in actor.roles:
        may_give_roles(actor)
    if role is Role.SECURITY_ADMIN and not others_give_roles(actor.realm_id, person_id, end):
        raise LastSecurityAdministrator
    tell_keeper(actor, person_id, role, on=False)
    with transaction.atomic():
        if not end_holding(actor.realm_id, person_id, role, end):
            raise RoleNotHeld(role)
        write_leaf(actor, "role.taken", person_id, role, at, on=end)


def end_holding(
    realm_id: UUID, person_id: UUID, role: Role, end: date, *, begun_on: date | None = None
) -> int:
    """End what goes on; what would begin on that day or later is taken back altogether.

    With ``begun_on`` only what was given from that day.
    """
    table = Administrator if role in ADMINISTRATORS else RoleHolding
    mine = table._default_manager.filter(
        realm=realm_id, person=person_id, role=role.value, voided_at=None
    )
    if begun_on is not None:
        mine = mine.filter(start=begun_on)
    going_on = mine.filter(Q(end=None) | Q(end__gt=end))
    begun = going_on.filter(Q(start=None) | Q(start__lt=end)).update(end=end)
    gone, _ = going_on.filter(start__gte=end).delete()
    return begun + gone


def others_give_roles(realm_id: UUID, person_id: UUID, on: date) -> bool:
    others = Administrator.objects.filter(
        on_day(on), realm=realm_id, role=Role.SECURITY_ADMIN.value
    )
    return others.exclude(person=person_id).exists()


def write_leaf(
    actor: Actor,
    event: str,
    person_id: UUID,
    role: Role,
    at: datetime,
    *,
    on: date | None = None,
    founding: bool = False,
) -> None:
    detail: dict[str, Json] = {"role": role.value, "on": on.isoformat() if on else None}
    audit.record(
        event,
        realm_id=actor.realm_id,
        actor=actor,
        subject_kind="person",
        subject_id=person_id,
        detail=detail | ({"founding": True} if founding else {}),
        at=at,
    )
