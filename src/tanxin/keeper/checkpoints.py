"""Signing how far a realm's two logs have come, and never two histories of one log.

The keeper builds the tree itself: the application hands it the hashes of new leaves, each time from
where the last ended, with the hash they are linked to. So it can only ever sign a longer tree that
begins with the one it signed before.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from tanxin.core.vault.checkpoint import Checkpoint, Tree
from tanxin.core.vault.leaf import Log
from tanxin.core.vault.note import sign_note
from tanxin.core.vault.tree import HASH_BYTES
from tanxin.core.vault.wire import to_text
from tanxin.keeper.arguments import Arguments
from tanxin.keeper.kept_trees import KeptTree, grow_releases, tree_of
from tanxin.keeper.realms import Realms
from tanxin.keeper.refusal import Code, Refused
from tanxin.keeper.signing_keys import current_key, public_keys

Result = dict[str, Any]
CLOCK_MAY_LAG = timedelta(seconds=2)
MOST_LEAVES = 5_000


class Keeps(Protocol):
    """What these operations need of the keeper."""

    @property
    def realms(self) -> Realms: ...

    @property
    def clock(self) -> Callable[[], datetime]: ...


def log_state(keeper: Keeps, args: Arguments) -> Result:
    """How much of both logs is known here, the last note, and the keys that sign."""
    kept = keeper.realms.get(args.uuid("realm"))
    with kept.store.transaction() as db:
        tree = tree_of(db, Log.CHANGES, kept.current.suite)
        note = _last(db)
        keys = public_keys(db)
        own = db.execute("SELECT max(seq) FROM leaf").fetchone()[0]
    return {
        "size": tree.size,
        "releases": 0 if own is None else own + 1,
        "head": to_text(tree.head),
        "note": note[1] if note else None,
        "keys": keys,
    }


def log_extend(keeper: Keeps, args: Arguments) -> Result:
    """Take in the hashes of the leaves from ``start``; ``prev`` is what the first is linked to."""
    kept = keeper.realms.get(args.uuid("realm"))
    hashes = args.bytes("hashes")
    if len(hashes) % HASH_BYTES:
        raise Refused(Code.BAD_REQUEST, argument="hashes")
    with kept.store.transaction() as db:
        tree = tree_of(db, Log.CHANGES, args.number("suite"))
        _refuse_another_history(tree, args.number("start"), args.bytes("prev"))
        for at in range(0, len(hashes), HASH_BYTES):
            tree.append(hashes[at : at + HASH_BYTES])
        if hashes:
            tree.save(db)
    return {"size": tree.size}


def _refuse_another_history(tree: KeptTree, size: int, head: bytes) -> None:
    if size < tree.size:
        raise Refused(Code.SMALLER_TREE, known=tree.size, shown=size)
    if size > tree.size:
        raise Refused(Code.GAP_IN_LOG, known=tree.size, shown=size)
    if head != tree.head:
        raise Refused(Code.ANOTHER_HISTORY, known=tree.size)


def log_sign(keeper: Keeps, args: Arguments) -> Result:
    """Sign both roots; ``size`` and ``head`` are what the application takes its log to be.

    Where neither log has grown, what was signed last is given once more.
    """
    realm = args.uuid("realm")
    kept = keeper.realms.get(realm)
    now = keeper.clock()
    with kept.store.transaction() as db:
        changes = tree_of(db, Log.CHANGES, kept.current.suite)
        _refuse_another_history(changes, args.number("size"), args.bytes("head"))
        releases = grow_releases(db, kept.current.suite)
        sizes = (changes.size, releases.size)
        last = _last(db)
        if last is not None and last[0] == sizes:
            return {"note": last[1], "new": False}
        if last is not None and now < _moment_of(db) - CLOCK_MAY_LAG:
            raise Refused(Code.CLOCK_WENT_BACK)
        key, signer = current_key(db, kept)
        text = _text(realm, changes, releases, now)
        note = sign_note(text, key, signer)
        row = (*sizes, now.isoformat(), note)
        db.execute("INSERT INTO checkpoint VALUES (?, ?, ?, ?)", row)
    return {"note": note, "new": True}


def _text(realm: UUID, changes: KeptTree, releases: KeptTree, at: datetime) -> str:
    return Checkpoint(realm, _signed(changes), _signed(releases), at).encode()


def _signed(tree: KeptTree) -> Tree:
    return Tree(tree.size, tree.root(), tree.suite)


def _last(db: Any) -> tuple[tuple[int, int], str] | None:  # noqa: ANN401 - a connection
    query = "SELECT changes, releases, note FROM checkpoint ORDER BY changes DESC, releases DESC"
    row = db.execute(query).fetchone()
    return None if row is None else ((row[0], row[1]), row[2])


def _moment_of(db: Any) -> datetime:  # noqa: ANN401 - a connection
    return datetime.fromisoformat(db.execute("SELECT max(at) FROM checkpoint").fetchone()[0])


def log_releases(keeper: Keeps, args: Arguments) -> Result:
    """The keeper's own leaves from ``start`` on, ``most`` at once; without their details."""
    most = min(args.number("most"), MOST_LEAVES)
    store = keeper.realms.get(args.uuid("realm")).store
    query = "SELECT content, hash FROM leaf WHERE seq >= ? ORDER BY seq LIMIT ?"
    with store.reading() as db:
        rows = db.execute(query, (args.number("start"), most)).fetchall()
    return {"leaves": [{"content": content, "hash": to_text(known)} for content, known in rows]}


OPERATIONS: dict[str, tuple[frozenset[str], Callable[[Keeps, Arguments], Result]]] = {
    "log.state": (frozenset({"realm"}), log_state),
    "log.extend": (frozenset({"realm", "suite", "start", "prev", "hashes"}), log_extend),
    "log.sign": (frozenset({"realm", "size", "head"}), log_sign),
    "log.releases": (frozenset({"realm", "start", "most"}), log_releases),
}
