"""A realm's keys: which there are, a new one, and moving what is sealed to it.

What cannot be taken back asks for the operator's token, which lies in the keeper's home.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tanxin.apps.sealing.asking import ask
from tanxin.apps.sealing.transactions import refuse_inside_transaction


@dataclass(frozen=True, slots=True)
class KeyState:
    """``versions`` are those that still open, each with its suite."""

    current: int
    suite: int
    versions: dict[int, int]

    @property
    def older(self) -> list[int]:
        return [version for version in self.versions if version != self.current]


def found_keys(realm_id: UUID, suite: int) -> None:
    """Give a new realm its first key, of that suite; does nothing for one that has keys."""
    refuse_inside_transaction()
    ask("keys.found", {"realm": str(realm_id), "suite": suite})


def key_state(realm_id: UUID) -> KeyState:
    return _state(ask("keys.state", {"realm": str(realm_id)}))


def renew_key(realm_id: UUID, suite: int, operator: str) -> KeyState:
    """Begin a new version; from now on everything is sealed under it, and in ``suite``."""
    refuse_inside_transaction()
    args = {"realm": str(realm_id), "suite": suite, "operator": operator}
    return _state(ask("keys.renew", args))


def destroy_key(realm_id: UUID, version: int, left: int, operator: str) -> KeyState:
    """Destroy an old version; refused with ``key_in_use`` and ``too_early``."""
    refuse_inside_transaction()
    args = {"realm": str(realm_id), "version": version, "left": left, "operator": operator}
    return _state(ask("keys.destroy", args))


def reseal(
    realm_id: UUID, batch: UUID, what: str, items: Sequence[dict[str, Any]], operator: str
) -> list[Any]:
    """Move one batch of ``what`` (keys, texts, personal or grants); the answers in its order."""
    refuse_inside_transaction()
    empty: dict[str, Any] = {name: [] for name in ("keys", "texts", "personal", "grants")}
    args = {"realm": str(realm_id), "operator": operator, "batch": str(batch)}
    moved: list[Any] = ask("reseal", {**args, **empty, what: list(items)})[what]
    return moved


@dataclass(frozen=True, slots=True)
class Batch:
    """What the keeper's log says of one batch of texts that were sealed anew."""

    texts: int
    digest: str
    suite: int


def resealed_batches(realm_id: UUID) -> dict[UUID, Batch]:
    refuse_inside_transaction()
    rows = ask("reseal.batches", {"realm": str(realm_id)})["batches"]
    return {UUID(row["batch"]): Batch(row["texts"], row["digest"], row["suite"]) for row in rows}


def _state(answer: dict[str, Any]) -> KeyState:
    versions = {row["version"]: row["suite"] for row in answer["versions"]}
    return KeyState(answer["current"], answer["suite"], versions)
