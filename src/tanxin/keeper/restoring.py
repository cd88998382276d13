"""The statement by which a log goes on after a backup of the application was restored.

What was handed over stays in the tree by its hashes; that its entries are lost stands for good in
the keeper's own log. Only the operator can have it said, and only of a log that begins the one the
keeper knows.
"""

from datetime import datetime
from sqlite3 import Connection
from typing import Any

from tanxin.core.vault.canonical import Json, canonical
from tanxin.core.vault.checkpoint import origin
from tanxin.core.vault.leaf import Log, moment
from tanxin.core.vault.note import sign_note
from tanxin.core.vault.proofs import Grown
from tanxin.core.vault.suites import provider_for
from tanxin.core.vault.tree import HASH_BYTES
from tanxin.core.vault.wire import to_text
from tanxin.keeper.arguments import Arguments
from tanxin.keeper.checkpoints import Keeps, Result
from tanxin.keeper.custody.operator import refuse_others
from tanxin.keeper.kept_trees import KeptTree, tree_of
from tanxin.keeper.realm_store import Release, next_number, refuse_earlier
from tanxin.keeper.realms import KeptRealm
from tanxin.keeper.refusal import Code, Refused
from tanxin.keeper.signing_keys import current_key

LOG_RESTORED = "log.restored"


def log_restore(keeper: Keeps, args: Arguments) -> Result:
    """State that the log ends at ``size`` now, and may go on where it was known to end.

    ``root`` is that of the first ``size`` entries, ``path`` proves that the known tree begins with
    them. Asked again before anything was added, the statement is given once more.
    """
    refuse_others(keeper.realms.home, args)
    kept, size, at = keeper.realms.get(args.uuid("realm")), args.number("size"), keeper.clock()
    by, reason = args.text("by").strip(), args.text("reason").strip()
    if not by or not reason:
        raise Refused(Code.BAD_REQUEST, argument="by" if not by else "reason")
    with kept.store.transaction() as db:
        refuse_earlier(db, at)
        tree = tree_of(db, Log.CHANGES, kept.current.suite)
        _refuse_another_beginning(tree, size, args.bytes("root"), args.bytes("path"))
        if _said(db, size, tree.size) is None:
            _say(db, kept, _told(db, tree, size, at, by=by, reason=reason), at)
        # Texts go back with the rows: none of them is older than what was opened before.
        db.execute("DELETE FROM newest")
        note = _said(db, size, tree.size)
    return {"note": note, "size": tree.size, "head": to_text(tree.head)}


def _refuse_another_beginning(tree: KeptTree, size: int, root: bytes, path: bytes) -> None:
    if size >= tree.size:
        raise Refused(Code.NOTHING_LOST, known=tree.size, shown=size)
    steps = [path[at : at + HASH_BYTES] for at in range(0, len(path), HASH_BYTES)]
    grown = Grown(size, root, tree.size, tree.root())
    if size and not grown.is_proved(provider_for(tree.suite), steps):
        raise Refused(Code.ANOTHER_HISTORY, known=tree.size)


def _told(
    db: Connection, tree: KeptTree, size: int, at: datetime, *, by: str, reason: str
) -> dict[str, Json]:
    return {
        "entry": next_number(db),
        "from": size,
        "to": tree.size,
        "head": tree.head.hex(),
        "root": tree.root().hex(),
        "suite": tree.suite,
        "at": moment(at),
        "by": by,
        "reason": reason,
    }


def _say(db: Connection, kept: KeptRealm, told: dict[str, Json], at: datetime) -> None:
    realm = kept.store.realm
    leaf = Release(realm, None, None, told, event=LOG_RESTORED, kind="log")
    kept.store.add_leaves(db, [leaf], at, kept.current.provider)
    key, signer = current_key(db, kept)
    note = sign_note(f"{origin(realm)} restored\n{canonical(told).decode()}\n", key, signer)
    row = (told["entry"], told["from"], told["to"], note)
    db.execute("INSERT INTO restored VALUES (?, ?, ?, ?)", row)


def _said(db: Connection, size: int, known: int) -> str | None:
    query = "SELECT note FROM restored WHERE first = ? AND after = ?"
    row = db.execute(query, (size, known)).fetchone()
    return None if row is None else str(row[0])


def log_restores(keeper: Keeps, args: Arguments) -> Result:
    """Every such statement, with the salt by which the keeper's entry about it is recomputed."""
    query = "SELECT note, salt FROM restored JOIN detail USING (seq) ORDER BY seq"
    with keeper.realms.get(args.uuid("realm")).store.reading() as db:
        rows: list[tuple[str, Any]] = db.execute(query).fetchall()
    return {"restores": [{"note": note, "salt": to_text(salt)} for note, salt in rows]}


OPERATIONS = {
    "log.restore": (
        frozenset({"realm", "operator", "size", "root", "path", "by", "reason"}),
        log_restore,
    ),
    "log.restores": (frozenset({"realm"}), log_restores),
}
