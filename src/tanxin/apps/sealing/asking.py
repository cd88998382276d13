"""One question to the keeper and its answer; used by the modules beside this one only."""

from typing import Any
from uuid import UUID

from django.conf import settings

from tanxin.apps.sealing.connection import pool
from tanxin.core.vault.wire import PROTOCOL

SESSION_OVER = frozenset({"no_session", "session_closed", "session_idle", "session_too_long"})
QUOTA_USED = frozenset({"quota_exceeded", "realm_quota_exceeded", "search_quota_exceeded"})


class KeeperRefused(Exception):
    """The keeper said no; ``code`` is of ``keeper.refusal`` or ``core.vault.refusals``."""

    def __init__(self, code: str, params: dict[str, Any]) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def ask(operation: str, args: dict[str, Any]) -> dict[str, Any]:
    message = {"v": PROTOCOL, "op": operation, "args": args}
    answer = pool.ask(settings.TANXIN_KEEPER_SOCKET, message)
    if answer.get("ok") is not True:
        raise KeeperRefused(str(answer.get("code")), answer.get("params", {}))
    result: dict[str, Any] = answer["result"]
    return result


def spelled(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def uuid_of(value: str | None) -> UUID | None:
    return None if value is None else UUID(value)
