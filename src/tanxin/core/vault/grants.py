"""A grant: who may open a record as what, from when until when, vouched for by the keeper.

The MAC covers every field and a commitment to the record's own key, so that a row that was altered,
or moved to another record or person, vouches for nothing. Its bytes are four bytes version of the
realm's key and the MAC under it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from uuid import UUID

from tanxin.core.vault.canonical import Json, canonical
from tanxin.core.vault.keys import Label, RealmKey, derive, key_of_version
from tanxin.core.vault.leaf import moment
from tanxin.core.vault.refusals import NotAuthentic

FORM = 1
_VERSION_BYTES = 4


@dataclass(frozen=True, slots=True)
class Grant:
    """``start`` counts, ``end`` does not any more."""

    realm: UUID
    record: UUID
    person: UUID
    role: str
    may_pass_on: bool
    start: datetime
    end: datetime | None = None

    def is_in_force(self, at: datetime) -> bool:
        return self.start <= at and (self.end is None or at < self.end)


def vouch(key: RealmKey, dek: bytes, grant: Grant) -> bytes:
    """Return the MAC that makes ``grant`` good for the record whose key is ``dek``."""
    return key.version.to_bytes(_VERSION_BYTES, "big") + _mac(key, dek, grant)


def check_vouched(keys: Mapping[int, RealmKey], dek: bytes, grant: Grant, mac: bytes) -> None:
    """Raise ``NotAuthentic`` or ``UnknownKeyVersion`` unless ``vouch`` gave ``mac`` for this."""
    version = int.from_bytes(mac[:_VERSION_BYTES], "big")
    key = key_of_version(keys, version)
    if not compare_digest(mac[_VERSION_BYTES:], _mac(key, dek, grant)):
        raise NotAuthentic("nobody vouched for this grant")


def _mac(key: RealmKey, dek: bytes, grant: Grant) -> bytes:
    told: dict[str, Json] = {
        "v": FORM,
        "realm": str(grant.realm),
        "record": str(grant.record),
        "key": derive(key.provider, dek, Label.GRANT_MAC).hex(),
        "person": str(grant.person),
        "role": grant.role,
        "may_pass_on": grant.may_pass_on,
        "start": moment(grant.start),
        "end": None if grant.end is None else moment(grant.end),
    }
    return key.provider.mac(key.derive(Label.GRANT_MAC), canonical(told))
