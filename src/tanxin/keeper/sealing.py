"""Sealing: a new record with its parties, and later texts of one that is there."""

from datetime import datetime
from uuid import UUID

from tanxin.core.vault.envelope import Place, seal_text, unwrap_record_key, wrap_record_key
from tanxin.core.vault.wire import to_text
from tanxin.keeper.alarms import sounding_alarm
from tanxin.keeper.arguments import Arguments
from tanxin.keeper.context import Keeper, Result
from tanxin.keeper.grants import GRANT, PARTY, held_grant, parties, refuse_ended, rows
from tanxin.keeper.policy import writes
from tanxin.keeper.realms import KeptRealm
from tanxin.keeper.refusal import Code, Refused
from tanxin.keeper.sessions import Session, live_session

_NEW_ITEM = frozenset({"record", "field", "text", "parties"})
_SEAL_ITEM = frozenset({"record", "wrapped", "field", "version", "text", "grant"})
FIRST = 1


def create(keeper: Keeper, args: Arguments) -> Result:
    """Seal the first text of new records and vouch for their parties.

    Each gets a key nobody had before, so that whoever names the parties can reach nothing older.
    """
    kept, at = keeper.realms.get(args.uuid("realm")), keeper.clock()
    made = []
    for item in args.items("items", _NEW_ITEM):
        record, key = item.uuid("record"), kept.current
        dek = key.provider.secret()
        place = Place(kept.store.realm, record, item.text("field"), FIRST)
        text = item.bytes("text")
        sealed = seal_text(key.provider, dek, place, text, kek_version=key.version)
        named = parties(kept, record, item.items("parties", PARTY), at)
        made.append(
            {
                "wrapped": to_text(wrap_record_key(key, record, dek)),
                "sealed": to_text(sealed),
                "grants": rows(kept, dek, named),
            }
        )
    return {"made": made}


def seal(keeper: Keeper, args: Arguments) -> Result:
    """Seal later texts of records for somebody who is logged in and has a part in them.

    A keeper that believes the web seals what is brought without a login, as a demo's past is.
    """
    kept, at, token = keeper.realms.get(args.uuid("realm")), keeper.clock(), args.text("session")
    items, session = args.items("items", _SEAL_ITEM), None
    if token or not keeper.believe_web:
        with kept.store.reading() as db:
            session = live_session(db, token, at, keeper.limits)
    with sounding_alarm(keeper, kept, session):
        return {"sealed": [to_text(_seal_one(kept, session, item, at)) for item in items]}


def _seal_one(kept: KeptRealm, session: Session | None, item: Arguments, at: datetime) -> bytes:
    place = place_of(kept, item)
    dek = unwrap_record_key(kept.keys, place.record, item.bytes("wrapped"))
    if session is not None:
        _refuse_strangers(kept, session, item, dek, at)
    current = kept.current
    text = item.bytes("text")
    return seal_text(current.provider, dek, place, text, kek_version=current.version)


def _refuse_strangers(
    kept: KeptRealm, session: Session, item: Arguments, dek: bytes, at: datetime
) -> None:
    record, row = item.uuid("record"), item.part("grant", GRANT)
    grant, mac = held_grant(kept, dek, record, session.person, row)
    with kept.store.reading() as db:
        refuse_ended(db, grant, mac, at)
    if not writes(grant.role, item.text("field")):
        raise Refused(Code.NOT_FOR_THAT_ROLE)


def place_of(kept: KeptRealm, item: Arguments) -> Place:
    record: UUID = item.uuid("record")
    return Place(kept.store.realm, record, item.text("field"), item.number("version"))
