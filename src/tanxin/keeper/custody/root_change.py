"""Another root key under the same realms. Stopped at any point, it can be finished.

1. The new key's shares are handed out and its escrow is written beside the one in force.
2. ``root.next`` keeps the new key sealed under the old one: from here on it is under way.
3. Each realm's keys are wrapped anew, one realm per transaction.
4. The new key takes the old one's place: file, escrow, and ``root.next`` goes.
"""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from tanxin.core.vault.box import Box
from tanxin.core.vault.envelope import unwrap_realm_key, wrap_realm_key
from tanxin.core.vault.escrow import Share, recover_root
from tanxin.core.vault.header import Kind
from tanxin.core.vault.keys import Label, RealmKey, derive
from tanxin.core.vault.provider import Provider
from tanxin.core.vault.refusals import VaultRefusal
from tanxin.core.vault.suites import INTL_1, provider_for
from tanxin.core.vault.wire import to_bytes, to_text
from tanxin.keeper.custody.custodians import Custodians, HandOut, NoCustodians, split
from tanxin.keeper.custody.escrow_file import load_escrow, write_escrow
from tanxin.keeper.realm_store import RealmStore, Release
from tanxin.keeper.realms import realm_files
from tanxin.keeper.root import (
    ESCROW_NAME,
    FILE_NAME,
    NEXT_NAME,
    TOKEN_NAME,
    RootKeyUnusable,
    known_root,
    read_kept,
    root_id,
    sync_directory,
    token,
    write_new,
    write_over,
)

_FORM = 1
_NEXT_ESCROW = "escrow.next.json"
_NOWHERE = UUID(int=0)


def is_under_way(home: Path) -> bool:
    return (home / NEXT_NAME).exists()


def begin_change(
    home: Path,
    provider: Provider,
    shares: Sequence[Share],
    *,
    custodians: Custodians | None,
    hand_out: HandOut,
    at: datetime,
) -> None:
    """Decide on a new root key; raises ``NoCustodians`` where it was split and would not be."""
    if custodians is None and load_escrow(home) is not None:
        raise NoCustodians
    old, new = _root(home, shares), provider.secret()
    if custodians is not None:
        kept = split(provider, new, custodians, hand_out, at)
        write_escrow(home / _NEXT_ESCROW, kept)
    sealed = _box(old).seal(_NOWHERE, new, kek_version=0)
    values = {"form": _FORM, "from": root_id(old), "to": root_id(new), "sealed": to_text(sealed)}
    write_new(home / NEXT_NAME, values)


def finish_change(home: Path, shares: Sequence[Share], at: datetime) -> int:
    """Do what is left to do; return how many realms were wrapped anew, now or before."""
    values = read_kept(home / NEXT_NAME)
    known = _root(home, shares)
    realms = 0
    if root_id(known) != values["to"]:
        new = _box(known).open(_NOWHERE, to_bytes(values["sealed"]))
        for path in realm_files(home):
            _rewrap(path, known, new, at)
            realms += 1
        _take_place(home, new)
    if (home / _NEXT_ESCROW).exists():
        (home / _NEXT_ESCROW).replace(home / ESCROW_NAME)
    (home / NEXT_NAME).unlink()
    sync_directory(home)
    return realms


def _take_place(home: Path, new: bytes) -> None:
    if (home / TOKEN_NAME).exists():
        token().wrap_again(home / TOKEN_NAME, new)
    elif (home / FILE_NAME).exists():
        write_over(home / FILE_NAME, {"form": _FORM, "root": to_text(new)})


def _root(home: Path, shares: Sequence[Share]) -> bytes:
    """Return the root key in force: as it is stored, or from shares of the set in force."""
    stored = known_root(home)
    if stored is not None:
        return stored
    kept = load_escrow(home)
    if kept is None:
        raise RootKeyUnusable(f"{home} has no root key")
    return recover_root(kept.escrow, shares)


def _rewrap(path: Path, old: bytes, new: bytes, at: datetime) -> None:
    """Wrap one realm's keys under ``new``, all of them or none; those that are stay as they are."""
    realm = UUID(path.stem)
    store = RealmStore(path, realm)
    try:
        with store.transaction() as db:
            moved = _rewrap_rows(db, realm, old, new)
            if moved:
                leaf = Release(
                    None, None, None, {"root": root_id(new)}, event="root.renewed", kind="keeper"
                )
                store.add_leaves(db, [leaf], at, max(moved, key=lambda key: key.version).provider)
        with store.reading() as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        store.close()


def _rewrap_rows(db: sqlite3.Connection, realm: UUID, old: bytes, new: bytes) -> list[RealmKey]:
    rows = db.execute("SELECT version, wrapped FROM realm_key").fetchall()
    moved = []
    for version, wrapped in rows:
        try:
            key = unwrap_realm_key(old, wrapped, realm=realm, version=version)
        except VaultRefusal:
            unwrap_realm_key(new, wrapped, realm=realm, version=version)
            continue
        # A version is written once; the same key under another root is another row.
        db.execute("DELETE FROM realm_key WHERE version = ?", (version,))
        db.execute("INSERT INTO realm_key VALUES (?, ?)", (version, wrap_realm_key(new, key)))
        moved.append(key)
    return moved


def _box(root: bytes) -> Box:
    provider = provider_for(INTL_1)
    secret = derive(provider, root, Label.NEXT_ROOT)
    return Box(provider, secret, Kind.NEXT_ROOT, realm=_NOWHERE, field="root", version=1)
