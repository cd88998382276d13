"""Making, passing on and ending grants. A grant is a row of the application's with our MAC.

Only what names itself can be asked here: a new record names its parties while it has no past; later
ones are added by a live session that may pass on, or by a request that a second person approves.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from tanxin.core.vault.canonical import Json
from tanxin.core.vault.envelope import unwrap_record_key
from tanxin.core.vault.grants import Grant, check_vouched, vouch
from tanxin.core.vault.leaf import moment
from tanxin.core.vault.refusals import VaultRefusal
from tanxin.core.vault.wire import to_text
from tanxin.keeper.alarms import sounding_alarm
from tanxin.keeper.arguments import Arguments
from tanxin.keeper.context import Keeper, Result
from tanxin.keeper.enrolment import APPROVAL, SECURITY, holds
from tanxin.keeper.limits import DAY, HOUR, Allowance, Limits, spend
from tanxin.keeper.policy import GIVEN_ON_REQUEST, ROLES
from tanxin.keeper.realm_store import Release
from tanxin.keeper.realms import KeptRealm
from tanxin.keeper.refusal import Code, Refused
from tanxin.keeper.sessions import Session, session_of

PARTY = frozenset({"person", "role", "may_pass_on"})
TO = PARTY | {"end"}
GRANT = frozenset({"role", "may_pass_on", "start", "end", "mac"})
_HELD = frozenset({"record", "wrapped", "grant"})
_OF_PERSON = _HELD | {"person"}
_WRAPPED = frozenset({"record", "wrapped"})
LONGEST_HOURS = 31 * 24
_ASKED_DAYS = 31 * DAY


def parties(kept: KeptRealm, record: UUID, named: Sequence[Arguments], at: datetime) -> list[Grant]:
    """The grants that ``named`` asks for; what is lent for hours comes by a request alone."""
    return [
        Grant(
            kept.store.realm,
            record,
            party.uuid("person"),
            known_role(party),
            party.yes_or_no("may_pass_on"),
            at,
        )
        for party in named
    ]


def known_role(party: Arguments) -> str:
    role = party.text("role")
    if role not in ROLES - GIVEN_ON_REQUEST:
        raise Refused(Code.BAD_REQUEST, argument="role")
    return role


def held_grant(
    kept: KeptRealm, dek: bytes, record: UUID, person: UUID, row: Arguments
) -> tuple[Grant, bytes]:
    """Return the grant that ``row`` says ``person`` holds, if we once vouched for just that."""
    grant = Grant(
        kept.store.realm,
        record,
        person,
        row.text("role"),
        row.yes_or_no("may_pass_on"),
        row.moment("start"),
        row.moment_or_none("end"),
    )
    mac = row.bytes("mac")
    try:
        check_vouched(kept.keys, dek, grant, mac)
    except VaultRefusal:
        raise Refused(Code.GRANT_NOT_GOOD) from None
    return grant, mac


def refuse_ended(db: sqlite3.Connection, grant: Grant, mac: bytes, at: datetime) -> None:
    """Refuse what is not in force, also where somebody put the row back as it was."""
    gone = db.execute("SELECT 1 FROM ended_grant WHERE mac = ?", (_name(mac),)).fetchone()
    if gone is not None or not grant.is_in_force(at):
        raise Refused(Code.GRANT_ENDED)


def pass_on(keeper: Keeper, args: Arguments) -> Result:
    """Give further people access to records one may pass on oneself."""
    kept, at = keeper.realms.get(args.uuid("realm")), keeper.clock()
    items, to = args.items("items", _HELD), args.items("to", TO)
    made, leaves = [], list[Release]()
    with sounding_alarm(keeper, kept, None), kept.store.transaction() as db:
        by = session_of(db, args.text("session"), at, keeper.limits)
        _spend(db, keeper.limits, by.person, len(items) * len(to), at)
        for item in items:
            record = item.uuid("record")
            dek = unwrap_record_key(kept.keys, record, item.bytes("wrapped"))
            grant, mac = held_grant(kept, dek, record, by.person, item.part("grant", GRANT))
            refuse_ended(db, grant, mac, at)
            if not grant.may_pass_on:
                raise Refused(Code.MAY_NOT_PASS_ON)
            given = [_until(one, party, grant) for one, party in _pairs(kept, record, to, at)]
            made.append(rows(kept, dek, given))
            leaves += [_granted(by, one, {"passed_on": True}) for one in given]
        kept.store.add_leaves(db, leaves, at, kept.current.provider)
    return {"grants": made}


def _spend(db: sqlite3.Connection, limits: Limits, person: UUID, count: int, at: datetime) -> None:
    """Access is given no faster than texts are opened, or giving would be the way around it."""
    giving = Allowance(
        "give", person, limits.quota, HOUR, timedelta(minutes=1), Code.QUOTA_EXCEEDED
    )
    spend(db, giving, count, at)


def _pairs(
    kept: KeptRealm, record: UUID, to: Sequence[Arguments], at: datetime
) -> list[tuple[Grant, Arguments]]:
    return list(zip(parties(kept, record, to, at), to, strict=True))


def _until(grant: Grant, party: Arguments, own: Grant) -> Grant:
    """Nobody passes on more, or for longer, than he has."""
    end = party.moment_or_none("end")
    if own.end is not None and (end is None or end > own.end):
        end = own.end
    if grant.role == "author":
        raise Refused(Code.MAY_NOT_PASS_ON)
    return replace(grant, end=end)


def rows(kept: KeptRealm, dek: bytes, given: Sequence[Grant]) -> list[Result]:
    """Grants as the application stores them."""
    return [
        {
            "person": str(grant.person),
            "role": grant.role,
            "may_pass_on": grant.may_pass_on,
            "start": moment(grant.start),
            "end": None if grant.end is None else moment(grant.end),
            "mac": to_text(vouch(kept.current, dek, grant)),
        }
        for grant in given
    ]


def ask(keeper: Keeper, args: Arguments) -> Result:
    """Lodge a request to read records; it gives nothing until somebody else approves it."""
    kept, at = keeper.realms.get(args.uuid("realm")), keeper.clock()
    records, hours, role = args.uuids("records"), args.number("hours"), args.text("role")
    if role not in GIVEN_ON_REQUEST or not 0 < hours <= LONGEST_HOURS or not records:
        raise Refused(Code.BAD_REQUEST, argument="role hours records")
    with kept.store.transaction() as db:
        by = session_of(db, args.text("session"), at, keeper.limits)
        wanted = json.dumps(sorted({str(record) for record in records}))
        row = (str(args.uuid("request")), _text(by.account), str(by.person), role, hours, wanted)
        if db.execute("SELECT 1 FROM asked WHERE request = ?", row[:1]).fetchone():
            raise Refused(Code.REQUEST_USED)
        db.execute("INSERT INTO asked VALUES (?, ?, ?, ?, ?, ?, ?, NULL)", (*row, moment(at)))
        leaves = [_about(by, record, "record.asked_for", {"hours": hours}) for record in records]
        kept.store.add_leaves(db, leaves, at, kept.current.provider)
    return {}


def approve(keeper: Keeper, args: Arguments) -> Result:
    """Give the one who asked what he asked for, and no more, for the hours he asked for."""
    kept, at = keeper.realms.get(args.uuid("realm")), keeper.clock()
    items, request = args.items("items", _WRAPPED), args.uuid("request")
    with sounding_alarm(keeper, kept, None), kept.store.transaction() as db:
        by = session_of(db, args.text("session"), at, keeper.limits)
        _spend(db, keeper.limits, by.person, len(items), at)
        asker, role, hours, wanted = _take_request(db, request, at)
        if asker.person == by.person or (asker.account and asker.account == by.account):
            raise Refused(Code.NO_AUTHORITY)
        if not (_may_approve(db, by.person) or keeper.believe_web):
            raise Refused(Code.NO_AUTHORITY)
        if sorted(str(item.uuid("record")) for item in items) != wanted:
            raise Refused(Code.BAD_REQUEST, argument="items")
        until = at + timedelta(hours=hours)
        made, leaves = [], list[Release]()
        for item in items:
            record = item.uuid("record")
            dek = unwrap_record_key(kept.keys, record, item.bytes("wrapped"))
            grant = Grant(
                kept.store.realm, record, asker.person, role, may_pass_on=False, start=at, end=until
            )
            made.append(rows(kept, dek, [grant])[0])
            leaves.append(_granted(by, grant, {"request": str(request)}))
        kept.store.add_leaves(db, leaves, at, kept.current.provider)
    return {"grants": made}


def _take_request(
    db: sqlite3.Connection, request: UUID, at: datetime
) -> tuple[Session, str, int, list[str]]:
    row = db.execute(
        "UPDATE asked SET used = ? WHERE request = ? AND used IS NULL AND at > ?"
        " RETURNING account, person, role, hours, records",
        (moment(at), str(request), moment(at - _ASKED_DAYS)),
    ).fetchone()
    if row is None:
        raise Refused(Code.REQUEST_USED)
    account, person, role, hours, records = row
    asker = Session(UUID(account) if account else None, UUID(person), b"")
    return asker, role, hours, json.loads(records)


def _may_approve(db: sqlite3.Connection, person: UUID) -> bool:
    return holds(db, person, APPROVAL) or holds(db, person, SECURITY)


def end(keeper: Keeper, args: Arguments) -> Result:
    """End grants now. It only ever takes access away, so nobody need be logged in for it."""
    kept, at = keeper.realms.get(args.uuid("realm")), keeper.clock()
    made, leaves = [], list[Release]()
    with kept.store.transaction() as db:
        for item in args.items("items", _OF_PERSON):
            record, person = item.uuid("record"), item.uuid("person")
            dek = unwrap_record_key(kept.keys, record, item.bytes("wrapped"))
            grant, mac = held_grant(kept, dek, record, person, item.part("grant", GRANT))
            db.execute("INSERT OR IGNORE INTO ended_grant VALUES (?, ?)", (_name(mac), moment(at)))
            ended = replace(grant, end=at if grant.end is None else min(grant.end, at))
            made.append(rows(kept, dek, [ended])[0])
            told = {"person": str(person), "role": grant.role}
            leaves.append(Release(record, None, None, dict(told), event="record.revoked"))
        kept.store.add_leaves(db, leaves, at, kept.current.provider)
    return {"grants": made}


def _granted(by: Session, grant: Grant, more: Mapping[str, Json]) -> Release:
    told = {
        "person": str(grant.person),
        "role": grant.role,
        "end": None if grant.end is None else moment(grant.end),
        **more,
    }
    return _about(by, grant.record, "record.granted", told)


def _about(by: Session, record: UUID, event: str, detail: Mapping[str, Json]) -> Release:
    return Release(record, by.account, by.person, dict(detail), event=event)


def _name(mac: bytes) -> bytes:
    return sha256(mac).digest()


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)
