"""Who moves to another post, or leaves, logs in anew: nothing he had open stays open."""

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import islice
from uuid import UUID

from django.db import transaction

from tanxin.apps.accounts.keeper_login import close_keeper_sessions
from tanxin.apps.accounts.sessions import end_sessions_of
from tanxin.apps.org.models import Membership, Tenure

BATCH = 500


def end_logins(realm_id: UUID, people: Iterable[UUID]) -> None:
    """Call it in the transaction that moves them; the keeper is told once it is committed."""
    left = iter(people)
    while some := list(islice(left, BATCH)):
        accounts = Membership.objects.filter(realm=realm_id, person__in=some)
        for account_id in end_sessions_of(list(accounts.values_list("account", flat=True))):
            transaction.on_commit(partial(close_keeper_sessions, realm_id, account_id))


def holders_of(realm_id: UUID, tenures: Sequence[UUID]) -> set[UUID]:
    """Who held these posts."""
    found: set[UUID] = set()
    for start in range(0, len(tenures), BATCH):
        rows = Tenure.objects.filter(realm=realm_id, pk__in=tenures[start : start + BATCH])
        found.update(rows.values_list("person", flat=True))
    return found
