"""Statements that need not wait for each other's answers, sent in one trip where one can."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper


@contextmanager
def in_one_trip(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Send what follows without waiting; the last answer may be read inside, all have come after.

    A server is asked once instead of each time; SQLite is in this process anyway. How many rows an
    update changed is not known inside.
    """
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield
