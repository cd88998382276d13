"""Which second factors an account has, and taking them away."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import transaction
from django.db.models import OuterRef, QuerySet

from tanxin.apps.accounts.notes import note
from tanxin.apps.accounts.second_factor.adapter import open_secret, secrets_of
from tanxin.core.access import Actor

KIND = Authenticator.Type


@dataclass(frozen=True, slots=True)
class Factor:
    id: int
    since: datetime
    used_at: datetime | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Factors:
    app: Factor | None = None
    codes_left: int | None = None
    passkeys: list[Factor] = field(default_factory=list)

    @property
    def any(self) -> bool:
        return self.app is not None or bool(self.passkeys)


def second_factors(account_id: UUID | OuterRef) -> QuerySet[Authenticator]:
    """Apps and passkeys; recovery codes only stand in for them."""
    rows: QuerySet[Authenticator] = Authenticator.objects.filter(user=account_id)
    return rows.exclude(type=KIND.RECOVERY_CODES)


def has_second_factor(account_id: UUID) -> bool:
    return second_factors(account_id).exists()


def factors_of(realm_id: UUID, account_id: UUID) -> Factors:
    app: Factor | None = None
    left: int | None = None
    passkeys = []
    with secrets_of(realm_id, account_id):
        for row in Authenticator.objects.filter(user=account_id).order_by("pk"):
            if row.type == KIND.TOTP:
                app = Factor(row.pk, row.created_at, row.last_used_at)
            elif row.type == KIND.RECOVERY_CODES:
                left = len(RecoveryCodes(row).get_unused_codes())
            else:
                name = open_secret(row.data["name"])
                passkeys.append(Factor(row.pk, row.created_at, row.last_used_at, name))
    return Factors(app, left, passkeys)


def remove_factor(actor: Actor, factor_id: int, *, at: datetime) -> bool:
    """One's own; with the last one the recovery codes go too."""
    with transaction.atomic():
        own = Authenticator.objects.filter(user=actor.account_id)
        row = own.filter(pk=factor_id).exclude(type=KIND.RECOVERY_CODES).first()
        if row is None:
            return False
        row.delete()
        if not own.exclude(type=KIND.RECOVERY_CODES).exists():
            own.delete()
        note("account.second_factor_removed", actor, at, kind=row.type)
    return True


def remove_all(actor: Actor, account_id: UUID, *, at: datetime) -> None:
    """For somebody who has lost them all. Who may is asked before; call it in a transaction."""
    count, _ = Authenticator.objects.filter(user=account_id).delete()
    if count:
        note("account.second_factor_removed", actor, at, account_id=account_id, kind="all")
