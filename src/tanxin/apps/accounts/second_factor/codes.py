"""Codes: of an app that counts time, and the ten for the day the phone is lost."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, validate_totp_code
from django.db import transaction

from tanxin.apps.accounts.limiter import (
    TooManyAttempts,
    code_counter,
    factor_counter,
    forget,
    take_attempt,
)
from tanxin.apps.accounts.models import Account
from tanxin.apps.accounts.notes import note
from tanxin.apps.accounts.second_factor.adapter import SealingAdapter, secrets_of
from tanxin.core.access import Actor
from tanxin.core.vault.refusals import VaultRefusal

KIND = Authenticator.Type


class WrongCode(Exception):
    """No code of this account, or one that was used already."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What an app reads from the picture, or somebody types into it."""

    secret: str
    address: str


def new_setup(account: Account, secret: str = "") -> Setup:
    secret = secret or generate_totp_secret()
    return Setup(secret, SealingAdapter().build_totp_url(account, secret))


def add_app(actor: Actor, account: Account, secret: str, code: str, *, at: datetime) -> list[str]:
    """Returns the recovery codes if there were none yet. Raises ``WrongCode``.

    The first code is used up by this: whoever saw it typed cannot log in with it.
    """
    typed = "".join(code.split())
    with secrets_of(actor.realm_id, account.pk):
        if not is_right(secret, typed):
            raise WrongCode
        with transaction.atomic():
            use_up(account.pk, typed, at)
            Authenticator.objects.filter(user=account, type=KIND.TOTP).delete()
            TOTP.activate(account, secret)
            codes = first_codes(account)
            note("account.second_factor_added", actor, at, kind=KIND.TOTP.value)
    return codes


def is_right(secret: str, code: str) -> bool:
    return bool(validate_totp_code(secret, code))


def first_codes(account: Account) -> list[str]:
    if Authenticator.objects.filter(user=account, type=KIND.RECOVERY_CODES).exists():
        return []
    codes: list[str] = RecoveryCodes.activate(account).generate_codes()
    return codes


def renew_codes(actor: Actor, account: Account, *, at: datetime) -> list[str]:
    """Ten new ones; the old ones are worth nothing from now on."""
    with secrets_of(actor.realm_id, account.pk), transaction.atomic():
        Authenticator.objects.filter(user=account, type=KIND.RECOVERY_CODES).delete()
        codes = first_codes(account)
        note("account.second_factor_added", actor, at, kind=KIND.RECOVERY_CODES.value)
    return codes


def check_code(realm_id: UUID, account_id: UUID, code: str, *, at: datetime) -> None:
    """A code of the app, or one of the ten. Raises ``WrongCode`` or ``TooManyAttempts``."""
    typed = "".join(code.split())
    tries = factor_counter(account_id)
    take_attempt([tries], at)
    try:
        with secrets_of(realm_id, account_id):
            fits = is_of_the_app(account_id, typed, at) or is_one_of_the_ten(account_id, typed)
    except VaultRefusal as reason:  # a seed of another account, or one that was changed
        raise WrongCode from reason
    if not fits:
        raise WrongCode
    forget([tries])


def is_of_the_app(account_id: UUID, code: str, at: datetime) -> bool:
    row = Authenticator.objects.filter(user=account_id, type=KIND.TOTP).first()
    if row is None or not is_right(SealingAdapter().decrypt(row.data["secret"]), code):
        return False
    try:
        use_up(account_id, code, at)
    except WrongCode:
        return False
    Authenticator.objects.filter(pk=row.pk).update(last_used_at=at)
    return True


def use_up(account_id: UUID, code: str, at: datetime) -> None:
    """Each code once, in whichever process it comes. Raises ``WrongCode``."""
    try:
        take_attempt([code_counter(account_id, code)], at)
    except TooManyAttempts as reason:
        raise WrongCode from reason


def is_one_of_the_ten(account_id: UUID, code: str) -> bool:
    row = Authenticator.objects.filter(user=account_id, type=KIND.RECOVERY_CODES).first()
    return row is not None and bool(RecoveryCodes(row).validate_code(code))
