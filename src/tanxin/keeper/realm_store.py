"""One append-only SQLite file per realm: its wrapped keys and the log of what was released."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import UUID

from tanxin.core.vault.canonical import Json, canonical
from tanxin.core.vault.leaf import NO_HASH, SALT_BYTES, Leaf, Log, commit_detail, moment
from tanxin.core.vault.provider import Provider
from tanxin.keeper.schema import SCHEMA

RECORD_OPENED = "record.opened"
_BUSY_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Release:
    """What is about to be shown to whom; becomes one leaf."""

    record: UUID
    actor: UUID | None
    person: UUID | None
    detail: dict[str, Json]

    @property
    def who(self) -> UUID | None:
        """Whose quota it counts against."""
        return self.actor or self.person


class RealmStore:
    """The only hand on the realm's file. Safe to use from many threads."""

    def __init__(self, path: Path, realm: UUID) -> None:
        self.realm = realm
        self._lock = Lock()
        self._db = sqlite3.connect(
            path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        self._db.executescript(SCHEMA)

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def wrapped_keys(self) -> dict[int, bytes]:
        with self._lock:
            return dict(self._db.execute("SELECT version, wrapped FROM realm_key"))

    def add_wrapped_key(self, version: int, wrapped: bytes) -> None:
        with self._transaction() as db:
            db.execute("INSERT INTO realm_key VALUES (?, ?)", (version, wrapped))

    def releases_of(self, record: UUID) -> list[tuple[str, str | None]]:
        """Return the content of each leaf about ``record`` with its detail, unless erased."""
        query = (
            "SELECT leaf.content, detail.content FROM leaf LEFT JOIN detail USING (seq)"
            " WHERE subject = ? ORDER BY seq"
        )
        with self._lock:
            return self._db.execute(query, (str(record),)).fetchall()

    def append(
        self,
        releases: Sequence[Release],
        at: datetime,
        provider: Provider,
        *,
        allow: Callable[["Ledger"], None],
    ) -> None:
        """Commit one leaf per release; they are on disk when this returns.

        ``allow`` looks at the log in the same transaction and raises to refuse.
        """
        with self._transaction() as db:
            allow(Ledger(db))
            size, prev = _head(db)
            for seq, release in enumerate(releases, start=size):
                prev = self._append_one(db, _Link(seq, prev), release, at, provider)

    def _append_one(
        self,
        db: sqlite3.Connection,
        link: "_Link",
        release: Release,
        at: datetime,
        provider: Provider,
    ) -> bytes:
        salt = provider.random(SALT_BYTES)
        leaf = Leaf(
            log=Log.RELEASES,
            realm=self.realm,
            seq=link.seq,
            at=at,
            actor=release.actor,
            person=release.person,
            event=RECORD_OPENED,
            kind="record",
            subject=release.record,
            commit=commit_detail(provider, salt, release.detail),
            prev=link.prev,
            suite=provider.suite,
        )
        leaf_hash = leaf.hash()
        row = (link.seq, moment(at), str(release.who), str(release.record))
        db.execute(
            "INSERT INTO leaf VALUES (?, ?, ?, ?, ?, ?)",
            (*row, leaf.content().decode(), leaf_hash),
        )
        detail = canonical(release.detail).decode()
        db.execute("INSERT INTO detail VALUES (?, ?, ?)", (link.seq, salt, detail))
        return leaf_hash

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                # A full disk may have ended it already; left open it would refuse all that follow.
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise


@dataclass(frozen=True, slots=True)
class _Link:
    seq: int
    prev: bytes


def _head(db: sqlite3.Connection) -> tuple[int, bytes]:
    row = db.execute("SELECT seq, hash FROM leaf ORDER BY seq DESC LIMIT 1").fetchone()
    return (0, NO_HASH) if row is None else (row[0] + 1, row[1])


class Ledger:
    """What the quota may ask of the log while it is being written."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def released_since(self, who: UUID, since: datetime) -> int:
        query = "SELECT count(*) FROM leaf WHERE who = ? AND at > ?"
        row: tuple[Any, ...] = self._db.execute(query, (str(who), moment(since))).fetchone()
        return int(row[0])
