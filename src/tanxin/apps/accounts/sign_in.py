"""Who is at the door. What an account may do in a realm is decided elsewhere, from facts."""

from datetime import datetime
from typing import TypeAlias

from django.contrib.auth import authenticate
from django.db import transaction

from tanxin.apps.accounts.limiter import counters, give_back, take_attempt
from tanxin.apps.accounts.models import Account
from tanxin.apps.audit.services import record
from tanxin.core.access import Actor

AccountRow: TypeAlias = Account


class WrongLogin(Exception):
    """Handle and password do not fit; whether there is such an account is not told."""


def account_of_login(handle: str, password: str, *, source: str, at: datetime) -> Account:
    """The account that handle and password belong to.

    An unknown handle takes as long and says the same as a wrong password. Raises ``WrongLogin`` or
    ``TooManyAttempts``.
    """
    counted = counters(handle.strip(), source)
    take_attempt(counted, at)
    account = authenticate(username=handle.strip(), password=password)
    if not isinstance(account, Account):
        raise WrongLogin
    give_back(counted)
    return account


def account_named(handle: str) -> Account | None:
    """An active account by its handle alone; only the demo may let somebody in with it."""
    return Account.objects.filter(handle=handle, is_active=True).first()


@transaction.atomic
def note_sign_in(actor: Actor, *, at: datetime) -> None:
    note("account.signed_in", actor, at)


@transaction.atomic
def note_sign_out(actor: Actor, *, at: datetime) -> None:
    note("account.signed_out", actor, at)


def note(event: str, actor: Actor, at: datetime) -> None:
    record(
        event,
        realm_id=actor.realm_id,
        actor=actor,
        subject_kind="account",
        subject_id=actor.account_id,
        at=at,
    )
