"""What the keeper signs: how far both logs of a realm have come, and their roots.

The text is a C2SP tlog-checkpoint of the log of changes (origin, size, root) with three lines
more: ``suite N``, ``releases SIZE ROOT N`` for the keeper's own log, and ``at MOMENT``. The suite
is that of the first leaf; it hashes the tree's nodes for good.
"""

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tanxin.core.vault.leaf import moment
from tanxin.core.vault.refusals import Malformed
from tanxin.core.vault.tree import HASH_BYTES
from tanxin.core.vault.wire import to_bytes


@dataclass(frozen=True, slots=True)
class Tree:
    size: int
    root: bytes
    suite: int


@dataclass(frozen=True, slots=True)
class Checkpoint:
    realm: UUID
    changes: Tree
    releases: Tree
    at: datetime

    def encode(self) -> str:
        changes, releases = self.changes, self.releases
        lines = (
            origin(self.realm),
            str(changes.size),
            _text(changes.root),
            f"suite {changes.suite}",
            f"releases {releases.size} {_text(releases.root)} {releases.suite}",
            f"at {moment(self.at)}",
        )
        return "\n".join(lines) + "\n"

    @classmethod
    def decode(cls, text: str) -> "Checkpoint":
        """Return the checkpoint or raise ``Malformed``; there is one spelling only."""
        lines = text.split("\n")
        try:
            first, size, root, suite, releases, at, _ = lines
            word, count, other_root, other_suite = releases.split(" ")
            checkpoint = cls(
                UUID(first.removeprefix("tanxin/")),
                Tree(int(size), to_bytes(root), int(suite.removeprefix("suite "))),
                Tree(int(count), to_bytes(other_root), int(other_suite)),
                datetime.fromisoformat(at.removeprefix("at ")),
            )
        except ValueError:
            raise Malformed("not a checkpoint of ours") from None
        if checkpoint.encode() != text or word != "releases" or not checkpoint.is_sound:
            raise Malformed("not a checkpoint of ours")
        return checkpoint

    @property
    def is_sound(self) -> bool:
        trees = (self.changes, self.releases)
        return all(tree.size >= 0 and len(tree.root) == HASH_BYTES for tree in trees)


def origin(realm: UUID) -> str:
    """The name of a realm's logs, and of the key that signs them."""
    return f"tanxin/{realm}"


def _text(root: bytes) -> str:
    return b64encode(root).decode()
