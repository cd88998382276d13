"""Is a transaction open? Waiting for the keeper inside one would hold everybody's write lock."""

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


class KeeperInsideTransaction(Exception):
    """Seal before the transaction, open after it."""


def in_own_transaction(connection: BaseDatabaseWrapper) -> bool:
    """Is a transaction of the application's open? The one around a test case does not count."""
    # Django marks the blocks of its test cases so, for the sake of ``durable``.
    return not all(getattr(block, "_from_testcase", False) for block in connection.atomic_blocks)


def refuse_inside_transaction() -> None:
    if any(map(in_own_transaction, connections.all(initialized_only=True))):
        raise KeeperInsideTransaction
