"""Sealing: a new record with its parties, and later texts of one that is there."""

from uuid import UUID

from tanxin.core.vault.envelope import Place, seal_text, unwrap_record_key, wrap_record_key
from tanxin.core.vault.wire import to_text
from tanxin.keeper.arguments import Arguments
from tanxin.keeper.context import Keeper, Result
from tanxin.keeper.grants import PARTY, parties, rows
from tanxin.keeper.realms import KeptRealm

_NEW_ITEM = frozenset({"record", "field", "text", "parties"})
_SEAL_ITEM = frozenset({"record", "wrapped", "field", "version", "text"})
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
    kept = keeper.realms.get(args.uuid("realm"))
    items = args.items("items", _SEAL_ITEM)
    return {"sealed": [to_text(_seal_one(kept, item)) for item in items]}


def _seal_one(kept: KeptRealm, item: Arguments) -> bytes:
    place = place_of(kept, item)
    dek = unwrap_record_key(kept.keys, place.record, item.bytes("wrapped"))
    current = kept.current
    text = item.bytes("text")
    return seal_text(current.provider, dek, place, text, kek_version=current.version)


def place_of(kept: KeptRealm, item: Arguments) -> Place:
    record: UUID = item.uuid("record")
    return Place(kept.store.realm, record, item.text("field"), item.number("version"))
