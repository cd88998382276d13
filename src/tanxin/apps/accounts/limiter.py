"""Slows down guessing: so many failures in a while per account, and per source.

Kept in the database, so that all processes count together. An attempt is counted before the
password is looked at and given back when it was right; many attempts at once gain nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import F

from tanxin.apps.accounts.models import LoginFailures

WINDOW = timedelta(minutes=15)
# A right attempt of somebody else may take the row away at any moment.
TRIES = 5


class TooManyAttempts(Exception):
    """Nobody may try again from here, or for this account, until the window is over."""


@dataclass(frozen=True, slots=True)
class Counter:
    """``key`` is a digest, so that the table holds neither handles nor addresses."""

    key: str
    limit: int


def counter(what: str, limit: int) -> Counter:
    return Counter(sha256(what.encode()).hexdigest(), limit)


def counters(handle: str, source: str) -> tuple[Counter, Counter]:
    return counter(f"account:{handle}", 5), counter(f"source:{source}", 50)


def factor_counter(account_id: UUID) -> Counter:
    """Whoever tries them has the password already: fewer, and a password gives none back."""
    return counter(f"factor:{account_id}", 5)


def code_counter(account_id: UUID, code: str) -> Counter:
    """A code of an app is good for a minute and a half, and only once."""
    return counter(f"code:{account_id}:{code}", 1)


@transaction.atomic
def take_attempt(counted: Iterable[Counter], at: datetime) -> None:
    """Count one attempt; raises ``TooManyAttempts`` and counts nothing where none is left."""
    for one in counted:
        if not any(count_up(one, at) for _ in range(TRIES)):
            raise TooManyAttempts


def count_up(one: Counter, at: datetime) -> bool:
    """False only where somebody took the row away in between. Raises ``TooManyAttempts``."""
    LoginFailures.objects.bulk_create([LoginFailures(key=one.key, since=at)], ignore_conflicts=True)
    rows = LoginFailures.objects.filter(key=one.key)
    rows.filter(since__lte=at - WINDOW).update(count=0, since=at)
    if rows.filter(count__lt=one.limit).update(count=F("count") + 1) == 1:
        return True
    if rows.exists():
        raise TooManyAttempts
    return False


def is_spent(one: Counter, at: datetime) -> bool:
    """Whether nobody may try again before the window is over."""
    rows = LoginFailures.objects.filter(key=one.key, count__gte=one.limit, since__gt=at - WINDOW)
    return rows.exists()


@transaction.atomic
def give_back(counted: tuple[Counter, Counter]) -> None:
    """The attempt was right: the account starts anew, the source has one more."""
    account, source = counted
    forget([account])
    LoginFailures.objects.filter(key=source.key, count__gt=0).update(count=F("count") - 1)


def forget(counted: Iterable[Counter]) -> None:
    LoginFailures.objects.filter(key__in=[one.key for one in counted]).delete()


def forget_old(at: datetime) -> int:
    return LoginFailures.objects.filter(since__lte=at - WINDOW).delete()[0]
