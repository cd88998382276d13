"""Choosing a password: by oneself, or with a code that somebody was given once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from secrets import choice
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from tanxin.apps.accounts.calendar_address import forget_calendar_addresses
from tanxin.apps.accounts.limiter import TooManyAttempts, counters, give_back, take_attempt
from tanxin.apps.accounts.models import Account, ResetCode
from tanxin.apps.accounts.notes import note
from tanxin.apps.accounts.second_factor.keeping import remove_all
from tanxin.apps.accounts.sessions import end_sessions
from tanxin.apps.accounts.sign_in import WrongLogin
from tanxin.core.access import Actor

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LETTERS, GROUP = 16, 4
GOOD_FOR = timedelta(hours=24)
TOLD_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Reset:
    """That somebody was given a code for this account, as the account's owner is told."""

    given_by: UUID | None
    given_at: datetime
    used_at: datetime | None


def refuse_weak(password: str, handle: str = "") -> None:
    """Raises Django's ``ValidationError`` with what is wrong, in words."""
    validate_password(password, Account(handle=handle))


def is_password_of(account: Account, password: str, *, source: str, at: datetime) -> bool:
    """Asked again of somebody who is logged in; counted like a login."""
    counted = counters(account.handle, source)
    try:
        take_attempt(counted, at)
    except TooManyAttempts:
        return False
    if not account.check_password(password):
        return False
    give_back(counted)
    return True


def change_password(actor: Actor, password: str, *, cookie: str, at: datetime) -> None:
    """Every other login of the account ends."""
    if actor.account_id is None:
        raise WrongLogin
    hashed = make_password(password)
    with transaction.atomic():
        own = Account.objects.filter(pk=actor.account_id)
        own.update(password=hashed, must_change_password=False)
        end_sessions(actor.account_id, but=cookie)
        forget_calendar_addresses(actor.account_id)
        note("account.password_changed", actor, at)


def keep_code(
    actor: Actor, account_id: UUID, code: str, *, without_factors: bool = False, at: datetime
) -> None:
    """From now on the code is all that counts: no older code, no old password, no open login.

    ``without_factors`` for somebody who has lost those too. Who may is asked before.
    """
    hashed = make_password(None)
    with transaction.atomic():
        ResetCode.objects.filter(account=account_id, used_at=None, expires_at__gt=at).update(
            expires_at=at
        )
        ResetCode.objects.create(
            account_id=account_id,
            digest=digest_of(account_id, code),
            given_by=actor.person_id,
            given_at=at,
            expires_at=at + GOOD_FOR,
        )
        Account.objects.filter(pk=account_id).update(password=hashed)
        end_sessions(account_id)
        forget_calendar_addresses(account_id)
        if without_factors:
            remove_all(actor, account_id, at=at)
        note("account.reset_given", actor, at, account_id=account_id)


def new_code() -> str:
    letters = "".join(choice(ALPHABET) for _ in range(CODE_LETTERS))
    return "-".join(letters[at : at + GROUP] for at in range(0, CODE_LETTERS, GROUP))


def digest_of(account_id: UUID, code: str) -> str:
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return sha256(f"{account_id}:{plain}".encode()).hexdigest()


def account_of_code(handle: str, code: str, *, source: str, at: datetime) -> Account:
    """The account a code was given for. Anything else is ``WrongLogin``, and takes as long."""
    counted = counters(handle.strip(), source)
    try:
        take_attempt(counted, at)
    except TooManyAttempts as reason:
        raise WrongLogin from reason
    account = Account.objects.filter(handle=handle.strip(), is_active=True).first()
    digest = digest_of(account.pk if account else UUID(int=0), code)
    good = ResetCode.objects.filter(digest=digest, used_at=None, expires_at__gt=at).first()
    if account is None or good is None or not compare_digest(good.digest, digest):
        raise WrongLogin
    give_back(counted)
    return account


def claim_code(account_id: UUID, code: str, *, at: datetime) -> None:
    """From now on nobody else can use it. Raises ``WrongLogin`` when it was used meanwhile."""
    digest = digest_of(account_id, code)
    good = ResetCode.objects.filter(digest=digest, used_at=None, expires_at__gt=at)
    if good.update(used_at=at) != 1:
        raise WrongLogin


def unclaim_code(account_id: UUID, code: str, *, at: datetime) -> None:
    """The password could not be set: the code of ``claim_code`` is good once more."""
    claimed = ResetCode.objects.filter(digest=digest_of(account_id, code), used_at=at)
    claimed.update(used_at=None)


def use_code(actor: Actor, password: str, *, at: datetime) -> None:
    """Set the password of somebody who has claimed a code."""
    if actor.account_id is None:
        raise WrongLogin
    hashed = make_password(password)
    with transaction.atomic():
        Account.objects.filter(pk=actor.account_id).update(
            password=hashed, must_change_password=False
        )
        end_sessions(actor.account_id)
        forget_calendar_addresses(actor.account_id)
        note("account.reset_used", actor, at)


def lately_reset(account_id: UUID, *, at: datetime) -> Sequence[Reset]:
    """What the owner is told at every login for a while, whoever logs in."""
    rows = ResetCode.objects.filter(account=account_id, given_at__gt=at - TOLD_FOR)
    return [Reset(row.given_by, row.given_at, row.used_at) for row in rows.order_by("-given_at")]
