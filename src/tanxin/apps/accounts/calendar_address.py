"""The secret address under which a calendar outside fetches somebody's times, and nothing else."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from django.db import transaction

from tanxin.apps.accounts.models import CalendarAddress
from tanxin.apps.accounts.notes import note
from tanxin.core.access import Actor

BYTES = 32


class NoAccount(Exception):
    """Whoever has no login of his own has no calendar to fetch."""


@dataclass(frozen=True, slots=True)
class AddressOwner:
    realm_id: UUID
    account_id: UUID
    address_id: UUID


def make_calendar_address(actor: Actor, *, at: datetime) -> str:
    """The secret part of a new address, told this once. The one before no longer works."""
    if actor.account_id is None:
        raise NoAccount
    secret = token_urlsafe(BYTES)
    with transaction.atomic():
        rows = CalendarAddress.objects.filter(realm=actor.realm_id, account=actor.account_id)
        rows.delete()
        CalendarAddress.objects.create(
            realm_id=actor.realm_id, account_id=actor.account_id, digest=digest(secret), made_at=at
        )
        note("account.calendar_made", actor, at)
    return secret


def remove_calendar_address(actor: Actor, *, at: datetime) -> bool:
    """Whether there was one."""
    with transaction.atomic():
        rows = CalendarAddress.objects.filter(realm=actor.realm_id, account=actor.account_id)
        count, _ = rows.delete()
        if count:
            note("account.calendar_removed", actor, at)
    return bool(count)


def forget_calendar_addresses(account_id: UUID) -> None:
    """With a new password: whoever knew the old one may have made or seen the address."""
    CalendarAddress.objects.filter(account=account_id).delete()


def calendar_address_made_at(actor: Actor) -> datetime | None:
    rows = CalendarAddress.objects.filter(realm=actor.realm_id, account=actor.account_id)
    return rows.values_list("made_at", flat=True).first()


def owner_of(secret: str) -> AddressOwner | None:
    """Whose address it is; None for nobody's, and for that of a closed account."""
    rows = CalendarAddress.objects.filter(digest=digest(secret), account__is_active=True)
    row = rows.first()
    return AddressOwner(row.realm_id, row.account_id, row.pk) if row else None


def digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
