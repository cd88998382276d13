"""Runs each test where Python has room for all its frames.

CPython keeps frames in pieces of 16 KiB, and asks the system for the next piece whenever a call goes
over the edge of one, and gives it back at the return. A page that is rendered just there crosses the
edge a hundred thousand times; a seventh of the time of all tests went into this. A frame that says it
needs a large stack gets a large piece, and whatever it calls lives in the rest of it.
"""

from collections.abc import Callable
from typing import Any

import pytest
from _pytest import runner

SLOTS = 140_000  # of eight bytes: a little more than one MiB, so that two are taken


def with_room(call: Callable[..., Any], *arguments: object) -> Any:
    return call(*arguments)


with_room.__code__ = with_room.__code__.replace(co_stacksize=SLOTS)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Any:
    return with_room(runner.pytest_runtest_protocol, item, nextitem)
