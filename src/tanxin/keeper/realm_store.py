"""One append-only SQLite file per realm: its wrapped keys and the log of what was released."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from uuid import UUID

from tanxin.core.vault.canonical import Json, canonical
from tanxin.core.vault.leaf import NO_HASH, SALT_BYTES, Leaf, Log, commit_detail, moment
from tanxin.core.vault.provider import Provider
from tanxin.keeper.refusal import Code, Refused
from tanxin.keeper.schema import SCHEMA

RECORD_OPENED = "record.opened"
_BUSY_SECONDS = 10.0
_CLOCK_MAY_SLIP = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Release:
    """What is about to be shown to whom, or what else the keeper did; becomes one leaf."""

    record: UUID | None
    actor: UUID | None
    person: UUID | None
    detail: dict[str, Json]
    event: str = RECORD_OPENED
    kind: str = "record"

    @property
    def who(self) -> UUID | None:
        return self.person or self.actor


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
        with self.transaction() as db:
            db.execute("INSERT INTO realm_key VALUES (?, ?)", (version, wrapped))

    def releases_of(self, record: UUID) -> list[tuple[str, str | None]]:
        """Return the content of each leaf about ``record`` with its detail, unless erased."""
        query = (
            "SELECT leaf.content, detail.content FROM leaf LEFT JOIN detail USING (seq)"
            " WHERE subject = ? ORDER BY seq"
        )
        with self.reading() as db:
            return db.execute(query, (str(record),)).fetchall()

    def append(self, releases: Sequence[Release], at: datetime, provider: Provider) -> None:
        """Commit one leaf per release; they are on disk when this returns."""
        with self.transaction() as db:
            self.add_leaves(db, releases, at, provider)

    def add_leaves(
        self, db: sqlite3.Connection, releases: Sequence[Release], at: datetime, provider: Provider
    ) -> None:
        """As ``append``, as the last statements of a transaction."""
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
            event=release.event,
            kind=release.kind,
            subject=release.record,
            commit=commit_detail(provider, salt, release.detail),
            prev=link.prev,
            suite=provider.suite,
        )
        leaf_hash = leaf.hash()
        row = (link.seq, moment(at), str(release.who or ""), str(release.record or ""))
        db.execute(
            "INSERT INTO leaf VALUES (?, ?, ?, ?, ?, ?)",
            (*row, leaf.content().decode(), leaf_hash),
        )
        detail = canonical(release.detail).decode()
        db.execute("INSERT INTO detail VALUES (?, ?, ?)", (link.seq, salt, detail))
        return leaf_hash

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            yield self._db

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
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


def next_number(db: sqlite3.Connection) -> int:
    """The number of the leaf that comes next."""
    return _head(db)[0]


def refuse_earlier(db: sqlite3.Connection, at: datetime) -> None:
    """A clock that went back would bring ended sessions to life and give quotas anew."""
    row = db.execute("SELECT at FROM leaf ORDER BY seq DESC LIMIT 1").fetchone()
    if row is not None and row[0] > moment(at + _CLOCK_MAY_SLIP):
        raise Refused(Code.CLOCK_WENT_BACK)
