"""What is asked of the keeper about the logs: how far they are signed, its own leaves."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tanxin.apps.sealing.asking import ask
from tanxin.apps.sealing.transactions import refuse_inside_transaction
from tanxin.core.vault.wire import to_bytes, to_text

_MOST = 5_000


@dataclass(frozen=True, slots=True)
class LogState:
    """How much of the log of changes the keeper knows, the keys that sign, and its own log."""

    size: int
    head: bytes
    keys: tuple[str, ...]
    releases: int


@dataclass(frozen=True, slots=True)
class Unbound:
    """A leaf of the keeper's log, without its detail."""

    content: bytes
    hash: bytes


def log_state(realm_id: UUID) -> LogState:
    refuse_inside_transaction()
    answer = ask("log.state", {"realm": str(realm_id)})
    return LogState(
        answer["size"], to_bytes(answer["head"]), tuple(answer["keys"]), answer["releases"]
    )


def extend_log(realm_id: UUID, suite: int, start: int, prev: bytes, hashes: bytes) -> None:
    """Tell the keeper of new leaves; ``KeeperRefused`` where they do not follow what it knows."""
    refuse_inside_transaction()
    ask(
        "log.extend",
        {
            "realm": str(realm_id),
            "suite": suite,
            "start": start,
            "prev": to_text(prev),
            "hashes": to_text(hashes),
        },
    )


def sign_log(realm_id: UUID, size: int, head: bytes) -> str:
    """Return the note that signs both logs as they stand; the last one where nothing grew."""
    refuse_inside_transaction()
    answer = ask("log.sign", {"realm": str(realm_id), "size": size, "head": to_text(head)})
    note: str = answer["note"]
    return note


@dataclass(frozen=True, slots=True)
class Restore:
    """The keeper's signed word that the entries from ``first`` up to ``after`` were lost.

    ``salt`` recomputes what the keeper's own entry about it commits to.
    """

    first: int
    after: int
    head: bytes
    at: datetime
    by: str
    reason: str
    note: str
    salt: bytes

    @classmethod
    def decode(cls, note: str, salt: bytes) -> "Restore":
        said = json.loads(note.split("\n")[1])
        return cls(
            said["from"],
            said["to"],
            bytes.fromhex(said["head"]),
            datetime.fromisoformat(said["at"]),
            said["by"],
            said["reason"],
            note,
            salt,
        )


def state_restored(
    realm_id: UUID, operator: str, size: int, root: bytes, path: bytes, *, by: str, reason: str
) -> tuple[int, bytes]:
    """Have the keeper state that a backup was restored; return where its log goes on, and its head.

    Refused with ``no_authority``, ``nothing_lost`` or ``another_history``.
    """
    refuse_inside_transaction()
    answer = ask(
        "log.restore",
        {
            "realm": str(realm_id),
            "operator": operator,
            "size": size,
            "root": to_text(root),
            "path": to_text(path),
            "by": by,
            "reason": reason,
        },
    )
    return answer["size"], to_bytes(answer["head"])


def restores(realm_id: UUID) -> list[Restore]:
    """Every restore of a backup that the keeper has stated, the first one first."""
    refuse_inside_transaction()
    rows = ask("log.restores", {"realm": str(realm_id)})["restores"]
    return [Restore.decode(row["note"], to_bytes(row["salt"])) for row in rows]


def release_leaves(realm_id: UUID, start: int = 0) -> Iterator[Unbound]:
    """Yield the keeper's own leaves from ``start`` on."""
    refuse_inside_transaction()
    while leaves := some_release_leaves(realm_id, start, _MOST):
        yield from leaves
        start += len(leaves)


def some_release_leaves(realm_id: UUID, start: int, most: int) -> list[Unbound]:
    """Return ``most`` of the keeper's own leaves at once, or those there are."""
    refuse_inside_transaction()
    asked = {"realm": str(realm_id), "start": start, "most": most}
    leaves = ask("log.releases", asked)["leaves"]
    return [Unbound(leaf["content"].encode(), to_bytes(leaf["hash"])) for leaf in leaves]
