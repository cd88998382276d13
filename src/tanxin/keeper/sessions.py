"""Logins the keeper knows itself: opened with a proof, ended by closing, idleness or their age.

A session is a random token that only the browser's login holds; here is its SHA-256. Whatever asks
to open a text names a token and nobody else.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import token_hex
from uuid import UUID

from tanxin.core.vault.canonical import Json
from tanxin.core.vault.leaf import moment
from tanxin.keeper.arguments import Arguments
from tanxin.keeper.context import Keeper, Result
from tanxin.keeper.credentials import prove
from tanxin.keeper.limits import Limits
from tanxin.keeper.realm_store import Release, refuse_earlier
from tanxin.keeper.refusal import Code, Refused

TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Session:
    """Who is logged in. ``digest`` names the session without opening anything."""

    account: UUID | None
    person: UUID
    digest: bytes


def open_session(keeper: Keeper, args: Arguments) -> Result:
    """Prove who one is and get a token for as long as one stays."""
    kept = keeper.realms.get(args.uuid("realm"))
    account, person = args.uuid_or_none("account"), args.uuid("person")
    proof = prove(keeper, kept, account, person, args)
    at, token = keeper.clock(), token_hex(TOKEN_BYTES)
    now, digest = moment(at), _digest(token)
    who = Session(account, person, digest)
    with kept.store.transaction() as db:
        refuse_earlier(db, at)
        _sweep(db, at, keeper.limits)
        row = (digest, _text(account), str(person), now, now)
        db.execute("INSERT INTO session VALUES (?, ?, ?, ?, ?, NULL)", row)
        leaf = leaf_of(who, "session.opened", {"proof": proof})
        kept.store.add_leaves(db, [leaf], at, kept.current.provider)
    limits = keeper.limits
    return {
        "token": token,
        "idle_seconds": int(limits.idle.total_seconds()),
        "ends": moment(at + limits.longest),
    }


def close_session(keeper: Keeper, args: Arguments) -> Result:
    """End a session. Closing what is not open changes nothing: nobody learns what is."""
    kept = keeper.realms.get(args.uuid("realm"))
    at, digest = keeper.clock(), _digest(args.text("session"))
    with kept.store.transaction() as db:
        row = db.execute(
            "SELECT account, person FROM session WHERE token = ? AND closed IS NULL", (digest,)
        ).fetchone()
        if row is not None:
            db.execute("UPDATE session SET closed = ? WHERE token = ?", (moment(at), digest))
            leaf = leaf_of(Session(_uuid(row[0]), UUID(row[1]), digest), "session.closed", {})
            kept.store.add_leaves(db, [leaf], at, kept.current.provider)
    return {}


def close_all(keeper: Keeper, args: Arguments) -> Result:
    """End every session of an account: he was transferred, locked, or lost his laptop."""
    kept = keeper.realms.get(args.uuid("realm"))
    account, at = args.uuid("account"), keeper.clock()
    with kept.store.transaction() as db:
        ended = end_sessions(db, account, at)
        if ended:
            leaf = Release(
                account, account, None, {"count": ended}, event="session.closed", kind="account"
            )
            kept.store.add_leaves(db, [leaf], at, kept.current.provider)
    return {"ended": ended}


def keep_alive(keeper: Keeper, args: Arguments) -> Result:
    """Somebody is still at his pages, also where they show no text. It leaves no leaf."""
    kept = keeper.realms.get(args.uuid("realm"))
    with kept.store.transaction() as db:
        session_of(db, args.text("session"), keeper.clock(), keeper.limits)
    return {}


def session_of(db: sqlite3.Connection, token: str, at: datetime, limits: Limits) -> Session:
    """Return the live session of ``token`` and note that it is used, or refuse."""
    session = live_session(db, token, at, limits)
    used = (moment(at), session.digest, moment(at))
    db.execute("UPDATE session SET seen = ? WHERE token = ? AND seen < ?", used)
    return session


def live_session(db: sqlite3.Connection, token: str, at: datetime, limits: Limits) -> Session:
    """As ``session_of``, and write nothing."""
    digest = _digest(token)
    row = db.execute(
        "SELECT account, person, opened, seen, closed FROM session WHERE token = ?", (digest,)
    ).fetchone()
    if row is None:
        raise Refused(Code.NO_SESSION)
    account, person, opened, seen, closed = row
    refuse_earlier(db, at)
    if closed is not None:
        raise Refused(Code.SESSION_CLOSED)
    if opened <= moment(at - limits.longest):
        raise Refused(Code.SESSION_TOO_LONG)
    if seen <= moment(at - limits.idle):
        raise Refused(Code.SESSION_IDLE)
    return Session(_uuid(account), UUID(person), digest)


def end_sessions(db: sqlite3.Connection, account: UUID, at: datetime, *, but: bytes = b"") -> int:
    """End the sessions of ``account``, except the one whose digest is ``but``."""
    return db.execute(
        "UPDATE session SET closed = ? WHERE account = ? AND closed IS NULL AND token <> ?",
        (moment(at), str(account), but),
    ).rowcount


def leaf_of(session: Session, event: str, detail: Mapping[str, Json]) -> Release:
    """What the log says about a session."""
    return Release(
        session.account or session.person,
        session.account,
        session.person,
        {"session": session.digest.hex()[:16], **detail},
        event=event,
        kind="account",
    )


def _sweep(db: sqlite3.Connection, at: datetime, limits: Limits) -> None:
    """Forget sessions that ended of old age; what they opened stands in the log."""
    db.execute("DELETE FROM session WHERE opened < ?", (moment(at - 2 * limits.longest),))


def _digest(token: str) -> bytes:
    return sha256(token.encode("utf-8", "surrogatepass")).digest()


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def _uuid(value: str | None) -> UUID | None:
    return None if value is None else UUID(value)
