"""Sealed bytes in, sealed bytes out: moving what is stored to the realm's newest key and suite.

Nothing is released. A batch leaves one leaf with how many of what were moved, and for texts a
digest over what they were and what they became.
"""

import json
from hashlib import sha256
from sqlite3 import Connection
from uuid import UUID

from tanxin.core.vault.canonical import Json
from tanxin.core.vault.envelope import open_text, seal_text, unwrap_record_key, wrap_record_key
from tanxin.core.vault.grants import vouch
from tanxin.core.vault.leaf import moment
from tanxin.core.vault.personal import (
    PersonalKey,
    blind_index,
    open_personal,
    personal_key,
    seal_personal,
)
from tanxin.core.vault.tree import digest_of
from tanxin.core.vault.wire import to_bytes, to_text
from tanxin.keeper.arguments import Arguments
from tanxin.keeper.context import Keeper, Result
from tanxin.keeper.custody.operator import refuse_others
from tanxin.keeper.grants import GRANT, held_grant
from tanxin.keeper.realm_store import Release
from tanxin.keeper.realms import KeptRealm
from tanxin.keeper.sealing import place_of

_KEY = frozenset({"record", "wrapped"})
_TEXT = frozenset({"record", "wrapped", "field", "version", "sealed"})
_PERSONAL = frozenset({"record", "field", "sealed", "indexed"})
_GRANT = frozenset({"record", "wrapped", "person", "grant"})


def reseal(keeper: Keeper, args: Arguments) -> Result:
    """Move a batch: all of it, or none."""
    refuse_others(keeper.realms.home, args)
    kept, at = keeper.realms.get(args.uuid("realm")), keeper.clock()
    texts = args.items("texts", _TEXT)
    personal = {version: personal_key(key) for version, key in kept.keys.items()}
    moved: Result = {
        "keys": [to_text(_key(kept, item)) for item in args.items("keys", _KEY)],
        "texts": [to_text(_text(kept, item)) for item in texts],
        "personal": [_personal(personal, kept, item) for item in args.items("personal", _PERSONAL)],
    }
    told: dict[str, Json] = {name: len(rows) for name, rows in moved.items() if rows}
    told["batch"] = str(args.uuid("batch"))
    if texts:
        steps = [_step(item, sealed) for item, sealed in zip(texts, moved["texts"], strict=True)]
        _, told["digest"] = digest_of(kept.current.provider, steps)
    with kept.store.transaction() as db:
        grants = [_grant(db, kept, item, moment(at)) for item in args.items("grants", _GRANT)]
        moved["grants"] = grants
        if grants:
            told["grants"] = len(grants)
        kept.store.add_leaves(db, [_moved(kept, told)], at, kept.current.provider)
    return moved


def _key(kept: KeptRealm, item: Arguments) -> bytes:
    record = item.uuid("record")
    dek = unwrap_record_key(kept.keys, record, item.bytes("wrapped"))
    return wrap_record_key(kept.current, record, dek)


def _text(kept: KeptRealm, item: Arguments) -> bytes:
    place, current = place_of(kept, item), kept.current
    dek = unwrap_record_key(kept.keys, place.record, item.bytes("wrapped"))
    text = open_text(dek, place, item.bytes("sealed"))
    return seal_text(current.provider, dek, place, text, kek_version=current.version)


def _personal(keys: dict[int, PersonalKey], kept: KeptRealm, item: Arguments) -> dict[str, str]:
    record, column = item.uuid("record"), item.text("field")
    [text] = open_personal(keys, column, [(record, item.bytes("sealed"))])
    current = keys[kept.current.version]
    [sealed] = seal_personal(current, column, [(record, text)])
    index = blind_index(current, column, text) if item.yes_or_no("indexed") else b""
    return {"sealed": to_text(sealed), "index": to_text(index)}


def _grant(db: Connection, kept: KeptRealm, item: Arguments, at: str) -> str:
    """Vouch anew for what was vouched for; what was ended stays ended under its new MAC too."""
    record, person = item.uuid("record"), item.uuid("person")
    dek = unwrap_record_key(kept.keys, record, item.bytes("wrapped"))
    grant, mac = held_grant(kept, dek, record, person, item.part("grant", GRANT))
    new = vouch(kept.current, dek, grant)
    names = (sha256(new).digest(), at, sha256(mac).digest())
    db.execute(
        "INSERT OR IGNORE INTO ended_grant SELECT ?, ? WHERE EXISTS"
        " (SELECT 1 FROM ended_grant WHERE mac = ?)",
        names,
    )
    return to_text(new)


def _step(item: Arguments, sealed: str) -> bytes:
    """What a text was and became, as the digest of a leaf vouches for it."""
    before, after = sha256(item.bytes("sealed")), sha256(to_bytes(sealed))
    return step(item.uuid("record"), before.digest(), after.digest())


def step(record: UUID, before: bytes, after: bytes) -> bytes:
    return record.bytes + before + after


def _moved(kept: KeptRealm, told: dict[str, Json]) -> Release:
    detail: dict[str, Json] = {"to": kept.current.version, "suite": kept.current.suite, **told}
    return Release(kept.store.realm, None, None, detail, event="key.moved", kind="realm")


def batches(keeper: Keeper, args: Arguments) -> Result:
    """What the log says of each batch of texts: how many, and the digest over their steps."""
    kept = keeper.realms.get(args.uuid("realm"))
    query = (
        "SELECT detail.content FROM leaf JOIN detail USING (seq)"
        " WHERE subject = ? AND json_extract(leaf.content, '$.event') = 'key.moved' ORDER BY seq"
    )
    with kept.store.reading() as db:
        rows = db.execute(query, (str(kept.store.realm),)).fetchall()
    details = [json.loads(detail) for (detail,) in rows]
    names = ("batch", "texts", "digest", "suite")
    return {"batches": [{n: one[n] for n in names} for one in details if "digest" in one]}


OPERATIONS = {
    "reseal.batches": (frozenset({"realm"}), batches),
    "reseal": (
        frozenset({"realm", "operator", "batch", "keys", "texts", "personal", "grants"}),
        reseal,
    ),
}
