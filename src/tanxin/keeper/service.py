"""What the keeper does when asked, independent of the socket. Anything unexpected means no."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tanxin.core.vault.envelope import (
    Place,
    open_text,
    seal_text,
    unwrap_record_key,
    wrap_record_key,
)
from tanxin.core.vault.personal import personal_key
from tanxin.core.vault.wire import PROTOCOL, to_text
from tanxin.keeper.arguments import Arguments
from tanxin.keeper.realm_store import Ledger, Release
from tanxin.keeper.realms import KeptRealm, Realms
from tanxin.keeper.refusal import Code, Refused

Result = dict[str, Any]
QUOTA_WINDOW = timedelta(hours=1)
DEFAULT_QUOTA = 600
_SEAL_ITEM = frozenset({"record", "wrapped", "field", "version", "text"})
_OPEN_ITEM = frozenset({"record", "wrapped", "field", "version", "sealed"})


@dataclass(frozen=True, slots=True)
class Service:
    realms: Realms
    clock: Callable[[], datetime]
    quota: int = DEFAULT_QUOTA

    def answer(self, message: dict[str, Any]) -> Result:
        """Return the result of one request or raise ``Refused`` or a ``VaultRefusal``."""
        if message.get("v") != PROTOCOL:
            raise Refused(Code.WRONG_PROTOCOL, spoken=PROTOCOL)
        if message.keys() != {"v", "op", "args"}:
            raise Refused(Code.BAD_REQUEST, expected="args op v")
        try:
            names, operation = OPERATIONS[message["op"]]
        except (KeyError, TypeError):
            raise Refused(Code.UNKNOWN_OPERATION) from None
        return operation(self, Arguments(message["args"], names))


def ping(service: Service, _: Arguments) -> Result:
    return {"protocol": PROTOCOL, "quota": service.quota}


def ensure_realm(service: Service, args: Arguments) -> Result:
    current = service.realms.ensure(args.uuid("realm")).current
    return {"kek_version": current.version, "suite": current.suite}


def pii_keys(service: Service, args: Arguments) -> Result:
    kept = service.realms.get(args.uuid("realm"))
    keys = [personal_key(key) for _, key in sorted(kept.keys.items())]
    return {
        "keys": [
            {
                "version": key.version,
                "suite": key.suite,
                "sealing": to_text(key.sealing),
                "index": to_text(key.index),
            }
            for key in keys
        ]
    }


def new_records(service: Service, args: Arguments) -> Result:
    key = service.realms.get(args.uuid("realm")).current
    records = args.uuids("records")
    return {"wrapped": [to_text(wrap_record_key(key, r, key.provider.secret())) for r in records]}


def seal(service: Service, args: Arguments) -> Result:
    kept = service.realms.get(args.uuid("realm"))
    items = args.items("items", _SEAL_ITEM)
    return {"sealed": [to_text(_seal_one(kept, item)) for item in items]}


def _seal_one(kept: KeptRealm, item: Arguments) -> bytes:
    place = _place(kept, item)
    dek = unwrap_record_key(kept.keys, place.record, item.bytes("wrapped"))
    current = kept.current
    text = item.bytes("text")
    return seal_text(current.provider, dek, place, text, kek_version=current.version)


def _place(kept: KeptRealm, item: Arguments) -> Place:
    return Place(kept.store.realm, item.uuid("record"), item.text("field"), item.number("version"))


def open_(service: Service, args: Arguments) -> Result:
    """Open first, log second, answer last: what was not logged never leaves."""
    kept = service.realms.get(args.uuid("realm"))
    actor, person = args.uuid_or_none("actor"), args.uuid_or_none("person")
    ground, session = args.text("ground"), args.text("session")
    who = actor or person
    if who is None:
        raise Refused(Code.NOBODY)
    if not ground:
        raise Refused(Code.NO_GROUND)
    items = args.items("items", _OPEN_ITEM)
    texts, fields = [], dict[UUID, list[str]]()
    for item in items:
        place = _place(kept, item)
        dek = unwrap_record_key(kept.keys, place.record, item.bytes("wrapped"))
        texts.append(to_text(open_text(dek, place, item.bytes("sealed"))))
        fields.setdefault(place.record, []).append(f"{place.field}@{place.version}")
    detail = {"ground": ground, "session": session}
    releases = [
        Release(record, actor, person, {**detail, "fields": tuple(opened)})
        for record, opened in fields.items()
    ]
    _log(service, kept, who, releases)
    return {"texts": texts}


def _log(service: Service, kept: KeptRealm, who: UUID, releases: list[Release]) -> None:
    at = service.clock()

    def allow(ledger: Ledger) -> None:
        used = ledger.released_since(who, at - QUOTA_WINDOW)
        if used + len(releases) > service.quota:
            raise Refused(Code.QUOTA_EXCEEDED, limit=service.quota, used=used)

    kept.store.append(releases, at, kept.current.provider, allow=allow)


def releases(service: Service, args: Arguments) -> Result:
    kept = service.realms.get(args.uuid("realm"))
    rows = kept.store.releases_of(args.uuid("record"))
    return {"releases": [_release(leaf, detail) for leaf, detail in rows]}


def _release(leaf: str, detail: str | None) -> Result:
    known = json.loads(leaf)
    erasable = json.loads(detail) if detail is not None else {}
    return {
        **{name: known[name] for name in ("seq", "at", "actor", "person", "event")},
        "ground": erasable.get("ground"),
        "fields": erasable.get("fields"),
    }


OPERATIONS: dict[str, tuple[frozenset[str], Callable[[Service, Arguments], Result]]] = {
    "ping": (frozenset(), ping),
    "ensure_realm": (frozenset({"realm"}), ensure_realm),
    "pii_keys": (frozenset({"realm"}), pii_keys),
    "new_records": (frozenset({"realm", "records"}), new_records),
    "seal": (frozenset({"realm", "items"}), seal),
    "open": (frozenset({"realm", "actor", "person", "session", "ground", "items"}), open_),
    "releases": (frozenset({"realm", "record"}), releases),
}
