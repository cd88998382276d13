"""Who of the realm can log in, and what is entrusted to whom."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from tanxin.apps.accounts import services as accounts
from tanxin.apps.audit import services as audit
from tanxin.apps.org.access import PersonNotFound, may_record_facts
from tanxin.apps.org.models import Membership, Person, RoleHolding
from tanxin.apps.org.services.facts import record_fact
from tanxin.core.access import Actor, Role


class PersonHasAccount(Exception):
    """One account per person of a realm."""


def open_account(
    actor: Actor, person_id: UUID, *, handle: str, password: str | None, at: datetime
) -> UUID:
    """Give a person a login. Raises ``PersonHasAccount`` or ``HandleTaken``.

    Without a password nobody can log in yet.
    """
    may_record_facts(actor)
    password_hash = accounts.hashed(password)
    try:
        with transaction.atomic():
            if not Person.objects.filter(realm=actor.realm_id, pk=person_id).exists():
                raise PersonNotFound(person_id)
            account_id = accounts.create_account(handle, password_hash)
            Membership.objects.create(
                realm_id=actor.realm_id, account_id=account_id, person_id=person_id
            )
            audit.record(
                "account.opened",
                realm_id=actor.realm_id,
                actor=actor,
                subject_kind="person",
                subject_id=person_id,
                detail={"account": str(account_id)},
                at=at,
            )
    except IntegrityError as reason:
        raise PersonHasAccount(person_id) from reason
    return account_id


def entrust_role(
    actor: Actor, person_id: UUID, role: Role, *, start: date, source: str, at: datetime
) -> RoleHolding:
    """A task for the whole realm; it is a fact like others and ended with ``end_fact``."""
    holding = RoleHolding(person_id=person_id, role=role.value, start=start, source=source)
    return record_fact(actor, holding, at=at)
