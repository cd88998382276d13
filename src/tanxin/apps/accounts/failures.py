"""What the owner and the auditor are told of attempts that failed.

An attacker cannot fill the log: an account gets one leaf of each kind in a quarter of an hour, and
the next login says how many there were.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from tanxin.apps.accounts.limiter import WINDOW, Counter, counters, factor_counter, is_spent
from tanxin.apps.accounts.models import Account, FailedAttempts, LoginFailures
from tanxin.apps.audit.services import record

FAILED, LOCKED = "account.sign_in_failed", "account.locked"
NOBODY = UUID(int=0)
NOTED = {FAILED: "failed_noted_at", LOCKED: "locked_noted_at"}


def note_failure(realm_id: UUID, account: Account, step: str, *, at: datetime) -> None:
    """``step`` is where it failed: ``login``, ``second``, ``confirm`` or ``code``."""
    limits = (counters(account.handle, "")[0], factor_counter(account.pk))
    with transaction.atomic():
        FailedAttempts.objects.get_or_create(account=account)
        FailedAttempts.objects.filter(account=account).update(count=F("count") + 1)
        for event in happened(limits, at):
            if is_first_in_a_while(account.pk, NOTED[event], at):
                record(
                    event,
                    realm_id=realm_id,
                    actor=None,
                    subject_kind="account",
                    subject_id=account.pk,
                    detail={"step": step},
                    at=at,
                )


def spend_as_long(handle: str) -> None:
    """For a handle that is nobody's: write as much, so that the clock tells nothing either."""
    with transaction.atomic():
        FailedAttempts.objects.filter(account=NOBODY).exists()
        account, _source = counters(handle, "")
        LoginFailures.objects.filter(key=account.key).update(count=F("count"))


def happened(limits: Iterable[Counter], at: datetime) -> list[str]:
    locked = any(is_spent(one, at) for one in limits)
    return [FAILED, LOCKED] if locked else [FAILED]


def is_first_in_a_while(account_id: UUID, column: str, at: datetime) -> bool:
    """One of many at the same moment is."""
    unnoted = Q(**{column: None}) | Q(**{f"{column}__lte": at - WINDOW})
    rows = FailedAttempts.objects.filter(unnoted, account=account_id)
    return rows.update(**{column: at}) == 1


def count_at_login(account_id: UUID) -> int:
    """How many failed since the last login; from now on it is counted anew."""
    row = FailedAttempts.objects.filter(account=account_id).first()
    if row is None:
        return 0
    rows = FailedAttempts.objects.filter(account=account_id)
    rows.update(count=F("count") - row.count, before_login=row.count)
    return row.count


class Failed(NamedTuple):
    """How many had failed when the account was logged in last, and how many have failed since."""

    before: int
    since: int


def failed_lately(account_id: UUID) -> Failed:
    rows = FailedAttempts.objects.filter(account=account_id)
    found = rows.values_list("before_login", "count").first()
    return Failed(*found) if found else Failed(0, 0)
