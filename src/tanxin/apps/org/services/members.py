"""Who of the realm can log in."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from tanxin.apps.accounts import services as accounts
from tanxin.apps.audit import services as audit
from tanxin.apps.org.access import PersonNotFound, may_record_facts
from tanxin.apps.org.models import Membership, Person
from tanxin.core.access import Actor


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
