"""The middleware is put together once, as a server does, and not for each browser of a test.

A setting that changes, or changes back, has it put together anew.
"""

from typing import Any

from django.core.signals import setting_changed
from django.test.client import ClientHandler

PARTS = (
    "_view_middleware", "_template_response_middleware", "_exception_middleware",
    "_middleware_chain",
)  # fmt: skip
put_together = ClientHandler.load_middleware
kept: dict[str, Any] = {}


def share(handler: ClientHandler, is_async: bool = False) -> None:
    if not kept:
        put_together(handler, is_async)
        kept.update({part: getattr(handler, part) for part in PARTS})
    vars(handler).update(kept)


def forget(**_: object) -> None:
    kept.clear()


def pytest_configure() -> None:
    ClientHandler.load_middleware = share
    setting_changed.connect(forget)
