"""Who is at the door. What an account may do in a realm is decided elsewhere, from facts."""

from datetime import datetime
from typing import TypeAlias

from django.contrib.auth import authenticate
from django.contrib.auth.hashers import make_password
from django.db import transaction

from tanxin.apps.accounts.browsers import is_new_browser
from tanxin.apps.accounts.failures import count_at_login
from tanxin.apps.accounts.limiter import (
    TooManyAttempts,
    counters,
    forget_old,
    give_back,
    take_attempt,
)
from tanxin.apps.accounts.models import Account
from tanxin.apps.accounts.notes import note
from tanxin.apps.accounts.sessions import forget_expired
from tanxin.core.access import Actor

AccountRow: TypeAlias = Account


class WrongLogin(Exception):
    """Handle and password do not fit; whether there is such an account is not told."""


def account_of_login(handle: str, password: str, *, source: str, at: datetime) -> Account:
    """The account that handle and password belong to.

    Unknown, closed, wrong and waiting after too many attempts: all ``WrongLogin``, and each takes
    the time of one password.
    """
    counted = counters(handle.strip(), source)
    try:
        take_attempt(counted, at)
    except TooManyAttempts as reason:
        make_password(password)
        raise WrongLogin from reason
    account = authenticate(username=handle.strip(), password=password)
    if not isinstance(account, Account):
        raise WrongLogin
    give_back(counted)
    return account


def account_named(handle: str) -> Account | None:
    """An active account by its handle alone; only the demo may let somebody in with it."""
    return Account.objects.filter(handle=handle, is_active=True).first()


def account_waiting(account_id: str) -> Account | None:
    """The active account whose password was right and whose second factor is still asked for."""
    return Account.objects.filter(pk=account_id, is_active=True).first()


@transaction.atomic
def note_sign_in(actor: Actor, *, at: datetime, device: str = "") -> None:
    """Whoever comes in clears away what has expired, and is told what failed before."""
    forget_expired(at)
    forget_old(at)
    if actor.account_id and is_new_browser(actor.account_id, device, at=at):
        note("account.new_browser", actor, at)
    failed = count_at_login(actor.account_id) if actor.account_id else 0
    if failed:
        note("account.signed_in", actor, at, failed_before=failed)
    else:
        note("account.signed_in", actor, at)


@transaction.atomic
def note_sign_out(actor: Actor, *, at: datetime) -> None:
    note("account.signed_out", actor, at)


@transaction.atomic
def note_confirmed(actor: Actor, *, at: datetime) -> None:
    note("account.confirmed", actor, at)
