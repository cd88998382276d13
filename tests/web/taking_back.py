"""Asking without leaving anything behind."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def taken_back() -> Iterator[None]:
    """What happens inside has not happened for the next persona."""
    block = transaction.atomic()
    block._from_testcase = True  # like the one around a test: the application does not see it
    with block:
        yield
        transaction.set_rollback(True)
