"""Opening: session, grants, part, age, quota, then the leaf, then the text. One no ends it all."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from tanxin.core.vault.envelope import Place, open_text, unwrap_record_key
from tanxin.core.vault.grants import Grant
from tanxin.core.vault.wire import to_text
from tanxin.keeper.alarms import sounding_alarm
from tanxin.keeper.arguments import Arguments
from tanxin.keeper.context import Keeper, Result
from tanxin.keeper.folding import folded, holds_all
from tanxin.keeper.grants import GRANT, held_grant, refuse_ended
from tanxin.keeper.limits import DAY, HOUR, Allowance, Limits, spend
from tanxin.keeper.policy import opens
from tanxin.keeper.realm_store import Release
from tanxin.keeper.realms import KeptRealm
from tanxin.keeper.refusal import Code, Refused
from tanxin.keeper.sealing import place_of
from tanxin.keeper.sessions import Session, live_session, session_of

_OPEN_ITEM = frozenset({"record", "wrapped", "field", "version", "sealed", "latest", "grant"})
SEARCHED = "records.searched"
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Opened:
    """One text that may be shown, if the log and the quota agree. ``latest``: as the newest."""

    place: Place
    grant: Grant
    mac: bytes
    latest: bool
    text: bytes = field(repr=False)


def open_(keeper: Keeper, args: Arguments) -> Result:
    """Open first, log second, answer last: what was not logged never leaves."""
    kept, ground = keeper.realms.get(args.uuid("realm")), args.text("ground")
    if not ground:
        raise Refused(Code.NO_GROUND)
    opened = _let_see(keeper, kept, args, lambda texts: _openings(texts, ground))
    return {"texts": [to_text(one.text) for one in opened]}


def scan(keeper: Keeper, args: Arguments) -> Result:
    """Say which of the person's own records hold all the words; no text leaves, one leaf stays."""
    kept = keeper.realms.get(args.uuid("realm"))
    words = [folded(word) for word in args.texts("words")]
    if not any(words):
        raise Refused(Code.BAD_REQUEST, argument="words")
    found: dict[UUID, None] = {}

    def searched(opened: Sequence[Opened]) -> list[Release]:
        found.update((one.place.record, None) for one in opened if holds_all(one.text, words))
        detail = {"records": len({one.place.record for one in opened}), "found": len(found)}
        return [Release(None, None, None, dict(detail), event=SEARCHED, kind="search")]

    _let_see(keeper, kept, args, searched)
    return {"found": [str(record) for record in found]}


def _let_see(
    keeper: Keeper,
    kept: KeptRealm,
    args: Arguments,
    leaves_of: Callable[[Sequence[Opened]], list[Release]],
) -> list[Opened]:
    """Return the texts once their leaves are on disk, or refuse all of them."""
    token, items = args.text("session"), args.items("items", _OPEN_ITEM)
    with kept.store.reading() as db:
        session = live_session(db, token, keeper.clock(), keeper.limits)
    with sounding_alarm(keeper, kept, session):
        opened = [_open_one(kept, session.person, item) for item in items]
        at = keeper.clock()
        with kept.store.transaction() as db:
            session_of(db, token, at, keeper.limits)
            for one in opened:
                refuse_ended(db, one.grant, one.mac, at)
                _refuse_older(db, one)
            leaves = [_by(session, leaf) for leaf in leaves_of(opened)]
            for allowance in _allowances(keeper.limits, kept.store.realm, session.person, leaves):
                spend(db, allowance, len(leaves), at)
            kept.store.add_leaves(db, leaves, at, kept.current.provider)
    return opened


def _open_one(kept: KeptRealm, person: UUID, item: Arguments) -> Opened:
    place = place_of(kept, item)
    dek = unwrap_record_key(kept.keys, place.record, item.bytes("wrapped"))
    grant, mac = held_grant(kept, dek, place.record, person, item.part("grant", GRANT))
    if not opens(grant.role, place.field):
        raise Refused(Code.NOT_FOR_THAT_ROLE)
    latest = item.yes_or_no("latest")
    return Opened(place, grant, mac, latest, open_text(dek, place, item.bytes("sealed")))


def _openings(opened: Sequence[Opened], ground: str) -> list[Release]:
    fields: dict[UUID, list[str]] = {}
    for one in opened:
        fields.setdefault(one.place.record, []).append(f"{one.place.field}@{one.place.version}")
    roles = {one.place.record: one.grant.role for one in opened}
    return [
        Release(
            record, None, None, {"ground": ground, "role": roles[record], "fields": tuple(seen)}
        )
        for record, seen in fields.items()
    ]


def _by(session: Session, leaf: Release) -> Release:
    detail = {**leaf.detail, "session": session.digest.hex()[:16]}
    return Release(
        leaf.record, session.account, session.person, detail, event=leaf.event, kind=leaf.kind
    )


def _refuse_older(db: sqlite3.Connection, one: Opened) -> None:
    """Refuse a text that is shown as the latest when a later one was opened before.

    Somebody put an old row back. What nobody has opened yet is not known here; the log of changes
    knows it.
    """
    place = (str(one.place.record), one.place.field)
    row = db.execute("SELECT version FROM newest WHERE record = ? AND field = ?", place).fetchone()
    newest = row[0] if row else -1
    if newest < one.place.version:
        db.execute("INSERT OR REPLACE INTO newest VALUES (?, ?, ?)", (*place, one.place.version))
    elif one.latest and newest > one.place.version:
        raise Refused(Code.OLDER_VERSION, version=one.place.version, newest=newest)


def _allowances(
    limits: Limits, realm: UUID, person: UUID, leaves: Sequence[Release]
) -> list[Allowance]:
    """A search is counted by itself; an opening for the person and for the realm."""
    if any(leaf.event == SEARCHED for leaf in leaves):
        code = Code.SEARCH_QUOTA_EXCEEDED
        return [Allowance("search", person, limits.searches, HOUR, _MINUTE, code)]
    shared = Code.REALM_QUOTA_EXCEEDED
    return [
        Allowance("open", person, limits.quota, HOUR, _MINUTE, Code.QUOTA_EXCEEDED),
        Allowance("realm", realm, limits.realm_quota, DAY, HOUR, shared),
    ]
