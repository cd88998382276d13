"""Who may set a password at the keeper, and whom it knows as security administrator or approver.

The first credential of a realm is set by whoever founds it, who thereby becomes its security
administrator. From then on a live session vouches: one's own, or a security administrator's.
"""

import sqlite3
from datetime import datetime
from uuid import UUID

from tanxin.core.vault.leaf import moment
from tanxin.keeper.arguments import Arguments
from tanxin.keeper.context import Keeper, Result
from tanxin.keeper.credentials import (
    NAMED,
    PASSWORD_CHARACTERS,
    has_credentials,
    keep_credential,
    verifier_of,
)
from tanxin.keeper.realm_store import Release
from tanxin.keeper.refusal import Code, Refused
from tanxin.keeper.sessions import Session, end_sessions, session_of

SECURITY, APPROVAL = "security", "approval"
TASKS = frozenset({SECURITY, APPROVAL})


def set_credential(keeper: Keeper, args: Arguments) -> Result:
    """Set an account's password; all its other sessions end."""
    kept = keeper.realms.get(args.uuid("realm"))
    account, person = args.uuid("account"), args.uuid("person")
    token, at = args.text("authority"), keeper.clock()
    verifier = verifier_of(args.text("password", PASSWORD_CHARACTERS))
    with kept.store.transaction() as db:
        by, ground = _authority(keeper, db, token, (account, person), at)
        keep_credential(db, account, person, verifier, moment(at))
        end_sessions(db, account, at, but=by.digest if by else b"")
        leaf = Release(
            account,
            by.account if by else None,
            by.person if by else None,
            {"authority": ground, "person": str(person)},
            event="credential.set",
            kind="account",
        )
        kept.store.add_leaves(db, [leaf], at, kept.current.provider)
    return {"authority": ground}


def _authority(
    keeper: Keeper, db: sqlite3.Connection, token: str, whose: tuple[UUID, UUID], at: datetime
) -> tuple[Session | None, str]:
    if not token:
        if keeper.believe_web:
            return None, NAMED
        if has_credentials(db):
            raise Refused(Code.NO_AUTHORITY)
        _entrust(db, whose[1], SECURITY, at)
        return None, "founding"
    session = session_of(db, token, at, keeper.limits)
    if (session.account, session.person) == whose:
        return session, "own"
    if not holds(db, session.person, SECURITY):
        raise Refused(Code.NO_AUTHORITY)
    return session, SECURITY


def needs_authority(keeper: Keeper, args: Arguments) -> Result:
    """Say whether a security administrator must stand behind the realm's next password."""
    kept = keeper.realms.get(args.uuid("realm"))
    with kept.store.reading() as db:
        return {"needed": has_credentials(db) and not keeper.believe_web}


def entrust(keeper: Keeper, args: Arguments) -> Result:
    """Make a person security administrator or approver, or take it back. Never the last one."""
    kept = keeper.realms.get(args.uuid("realm"))
    person, task, on = args.uuid("person"), args.text("task"), args.yes_or_no("on")
    at = keeper.clock()
    if task not in TASKS:
        raise Refused(Code.BAD_REQUEST, argument="task")
    with kept.store.transaction() as db:
        by = session_of(db, args.text("session"), at, keeper.limits)
        if not (holds(db, by.person, SECURITY) or keeper.believe_web):
            raise Refused(Code.NO_AUTHORITY)
        _entrust(db, person, task, at) if on else _release(db, person, task)
        leaf = Release(
            person,
            by.account,
            by.person,
            {"task": task},
            event="task.given" if on else "task.taken",
            kind="person",
        )
        kept.store.add_leaves(db, [leaf], at, kept.current.provider)
    return {}


def holds(db: sqlite3.Connection, person: UUID, task: str) -> bool:
    query = "SELECT 1 FROM entrusted WHERE person = ? AND task = ?"
    return db.execute(query, (str(person), task)).fetchone() is not None


def _entrust(db: sqlite3.Connection, person: UUID, task: str, at: datetime) -> None:
    db.execute("INSERT OR IGNORE INTO entrusted VALUES (?, ?, ?)", (str(person), task, moment(at)))


def _release(db: sqlite3.Connection, person: UUID, task: str) -> None:
    db.execute("DELETE FROM entrusted WHERE person = ? AND task = ?", (str(person), task))
    rest = db.execute("SELECT 1 FROM entrusted WHERE task = ?", (SECURITY,)).fetchone()
    if task == SECURITY and rest is None:
        raise Refused(Code.NO_AUTHORITY)
