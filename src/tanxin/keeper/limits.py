"""How much may be asked of a keeper: set by its flags, counted in the realm's own file."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tanxin.keeper.refusal import Code, Refused

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """``quota``: records opened per person and hour; ``realm_quota``: per realm and day."""

    quota: int = 300
    realm_quota: int = 20_000
    searches: int = 60
    addresses: int = 20_000
    guesses: int = 20
    idle: timedelta = timedelta(minutes=15)
    longest: timedelta = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Allowance:
    """So much of one thing for one holder within a window that moves on slot by slot."""

    thing: str
    holder: UUID
    limit: int
    window: timedelta
    slot: timedelta
    code: Code

    @property
    def scope(self) -> str:
        return f"{self.thing}:{self.holder}"

    def number(self, at: datetime) -> int:
        return int(at.timestamp() // self.slot.total_seconds())


def spend(db: sqlite3.Connection, allowance: Allowance, count: int, at: datetime) -> None:
    """Take ``count`` from what is left, or refuse and take nothing. Call it in a transaction.

    A slot counts until all of it has left the window: rather a minute too strict than too lax.
    """
    used = spent(db, allowance, at)
    if used + count > allowance.limit:
        raise Refused(allowance.code, limit=allowance.limit, used=used)
    db.execute(
        "INSERT INTO spent VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET count = count + excluded.count",
        (allowance.scope, allowance.number(at), count),
    )
    first = allowance.number(at - allowance.window)
    db.execute("DELETE FROM spent WHERE scope = ? AND slot < ?", (allowance.scope, first))


def spent(db: sqlite3.Connection, allowance: Allowance, at: datetime) -> int:
    first = allowance.number(at - allowance.window)
    query = "SELECT coalesce(sum(count), 0) FROM spent WHERE scope = ? AND slot >= ?"
    row = db.execute(query, (allowance.scope, first)).fetchone()
    return int(row[0])


def give_back(db: sqlite3.Connection, allowance: Allowance) -> None:
    db.execute("DELETE FROM spent WHERE scope = ?", (allowance.scope,))
