"""The two trees of a realm as the keeper remembers them: size, last leaf and frontier."""

from dataclasses import dataclass
from sqlite3 import Connection

from tanxin.core.vault.leaf import NO_HASH, Log
from tanxin.core.vault.suites import provider_for
from tanxin.core.vault.tree import Frontier


@dataclass(slots=True)
class KeptTree:
    """``suite`` is that of the first leaf and stays: it hashes the nodes."""

    log: Log
    suite: int
    head: bytes
    frontier: Frontier

    @property
    def size(self) -> int:
        return self.frontier.size

    def append(self, leaf: bytes) -> None:
        self.frontier.append(leaf)
        self.head = leaf

    def root(self) -> bytes:
        return self.frontier.root()

    def save(self, db: Connection) -> None:
        db.execute(
            "INSERT INTO tree VALUES (?, ?, ?, ?, ?) ON CONFLICT (log) DO UPDATE"
            " SET size = excluded.size, head = excluded.head, frontier = excluded.frontier",
            (self.log.value, self.suite, self.size, self.head, self.frontier.encode()),
        )


def tree_of(db: Connection, log: Log, suite: int) -> KeptTree:
    """Return the tree as it was saved; one that is still empty is of ``suite``."""
    query = "SELECT suite, size, head, frontier FROM tree WHERE log = ?"
    row = db.execute(query, (log.value,)).fetchone()
    if row is None:
        return KeptTree(log, suite, NO_HASH, Frontier(provider_for(suite)))
    known, size, head, stored = row
    return KeptTree(log, known, head, Frontier.decode(provider_for(known), size, stored))


def grow_releases(db: Connection, suite: int) -> KeptTree:
    """Take the keeper's own new leaves into their tree and return it."""
    tree = tree_of(db, Log.RELEASES, suite)
    before = tree.size
    for (leaf,) in db.execute("SELECT hash FROM leaf WHERE seq >= ? ORDER BY seq", (before,)):
        tree.append(leaf)
    if tree.size > before:
        tree.save(db)
    return tree
