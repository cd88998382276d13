"""Slows down guessing: so many failures in a while per account, and per source.

Kept in the database, so that all processes count together. An attempt is counted before the
password is looked at and given back when it was right; many attempts at once gain nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import F

from tanxin.apps.accounts.models import LoginFailures

WINDOW = timedelta(minutes=15)


class TooManyAttempts(Exception):
    """Nobody may try again from here, or for this account, until the window is over."""


@dataclass(frozen=True, slots=True)
class Counter:
    """``key`` is a digest, so that the table holds neither handles nor addresses."""

    key: str
    limit: int


def counters(handle: str, source: str) -> tuple[Counter, Counter]:
    return (
        Counter(sha256(f"account:{handle}".encode()).hexdigest(), 10),
        Counter(sha256(f"source:{source}".encode()).hexdigest(), 50),
    )


@transaction.atomic
def take_attempt(counted: Iterable[Counter], at: datetime) -> None:
    """Count one attempt; raises ``TooManyAttempts`` and counts nothing where none is left."""
    for counter in counted:
        row, _ = LoginFailures.objects.get_or_create(key=counter.key, defaults={"since": at})
        rows = LoginFailures.objects.filter(key=counter.key)
        if row.since <= at - WINDOW:
            rows.filter(since=row.since).update(count=0, since=at)
        if rows.filter(count__lt=counter.limit).update(count=F("count") + 1) != 1:
            raise TooManyAttempts


@transaction.atomic
def give_back(counted: tuple[Counter, Counter]) -> None:
    """The attempt was right: the account starts anew, the source has one more."""
    account, source = counted
    LoginFailures.objects.filter(key=account.key).delete()
    LoginFailures.objects.filter(key=source.key, count__gt=0).update(count=F("count") - 1)
