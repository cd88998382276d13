"""One append-only SQLite file per realm: its wrapped keys and the log of what was released."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from uuid import UUID

from tanxin.core.vault.canonical import canonical
from tanxin.core.vault.leaf import NO_HASH, SALT_BYTES, Leaf, Log, commit_detail, moment
from tanxin.core.vault.provider import Provider
from tanxin.keeper.schema import SCHEMA


@dataclass(frozen=True, slots=True)
class Release:
    """What is about to be shown to whom; becomes one leaf."""

    record: UUID
    actor: UUID | None
    person: UUID | None
    detail: dict[str, object]


class RealmStore:
    """The only hand on the realm's file. Safe to use from many threads."""

    def __init__(self, path: Path, realm: UUID) -> None:
        self.realm = realm
        self._lock = Lock()
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
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

    def released_since(self, who: UUID, since: datetime) -> tuple[int, str | None]:
        """Return how many releases ``who`` got after ``since``, and when the first of them was."""
        query = "SELECT count(*), min(at) FROM leaf WHERE who = ? AND at > ?"
        with self._lock:
            count, first = self._db.execute(query, (str(who), moment(since))).fetchone()
        return count, first

    def releases_of(self, record: UUID) -> list[sqlite3.Row]:
        query = (
            "SELECT seq, at, actor, person, event, detail FROM leaf LEFT JOIN detail USING (seq)"
            " WHERE subject = ? ORDER BY seq"
        )
        with self._lock:
            cursor = self._db.cursor()
            cursor.row_factory = sqlite3.Row
            return cursor.execute(query, (str(record),)).fetchall()

    def append(self, releases: Sequence[Release], at: datetime, provider: Provider) -> int:
        """Commit one leaf per release, on disk when this returns. Returns the log's new size."""
        with self._transaction() as db:
            size, prev = self._head(db)
            for release in releases:
                prev = self._append_one(db, size, prev, release, at, provider)
                size += 1
        return size

    def _append_one(
        self,
        db: sqlite3.Connection,
        seq: int,
        prev: bytes,
        release: Release,
        at: datetime,
        provider: Provider,
    ) -> bytes: ...

    @staticmethod
    def _head(db: sqlite3.Connection) -> tuple[int, bytes]:
        row = db.execute("SELECT seq, hash FROM leaf ORDER BY seq DESC LIMIT 1").fetchone()
        return (0, NO_HASH) if row is None else (row[0] + 1, row[1])

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
