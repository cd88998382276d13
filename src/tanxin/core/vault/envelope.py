"""Texts of a record under its own random key, that key under the realm's, that under the root."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from tanxin.core.vault.box import Box, read_header
from tanxin.core.vault.header import Kind
from tanxin.core.vault.keys import Label, RealmKey, derive, key_of_version
from tanxin.core.vault.provider import SECRET_BYTES, Provider
from tanxin.core.vault.refusals import Malformed, WrongPlace
from tanxin.core.vault.suites import provider_for

_DEK = "dek"
_DEK_VERSION = 1
_KEK = "kek"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text belongs. It opens there and nowhere else."""

    realm: UUID
    record: UUID
    field: str
    version: int


def _secret(raw: bytes) -> bytes:
    if len(raw) != SECRET_BYTES:
        raise Malformed("not a key")
    return raw


def wrap_realm_key(root: bytes, key: RealmKey) -> bytes:
    box = _realm_key_box(root, key.provider, key.realm, key.version)
    return box.seal(key.realm, _secret(key.secret), kek_version=0)


def unwrap_realm_key(root: bytes, wrapped: bytes, *, realm: UUID, version: int) -> RealmKey:
    """Return the realm's key of that version; its suite is the one it was wrapped with."""
    suite = read_header(wrapped, Kind.REALM_KEY).suite
    box = _realm_key_box(root, provider_for(suite), realm, version)
    return RealmKey(realm, version, suite, _secret(box.open(realm, wrapped)))


def _realm_key_box(root: bytes, provider: Provider, realm: UUID, version: int) -> Box:
    secret = derive(provider, root, Label.KEK_WRAP)
    return Box(provider, secret, Kind.REALM_KEY, realm=realm, field=_KEK, version=version)


def wrap_record_key(key: RealmKey, record: UUID, dek: bytes) -> bytes:
    return _record_key_box(key).seal(record, _secret(dek), kek_version=key.version)


def unwrap_record_key(keys: Mapping[int, RealmKey], record: UUID, wrapped: bytes) -> bytes:
    """Return the record's key, wrapped under any of the realm's ``keys`` (by version)."""
    header = read_header(wrapped, Kind.RECORD_KEY)
    key = key_of_version(keys, header.kek_version)
    if header.suite != key.suite:
        raise WrongPlace("the realm key of that version is of another suite")
    return _secret(_record_key_box(key).open(record, wrapped))


@lru_cache(maxsize=64)
def _record_key_box(key: RealmKey) -> Box:
    secret = key.derive(Label.DEK_WRAP)
    return Box(
        key.provider,
        secret,
        Kind.RECORD_KEY,
        realm=key.realm,
        field=_DEK,
        version=_DEK_VERSION,
    )


def seal_text(
    provider: Provider, dek: bytes, place: Place, text: bytes, *, kek_version: int
) -> bytes:
    """Seal ``text`` for ``place``. The realm key's version is noted, the record key decides."""
    return _text_box(provider, dek, place).seal(place.record, text, kek_version=kek_version)


def open_text(dek: bytes, place: Place, sealed: bytes) -> bytes:
    """Return the text or raise a ``VaultRefusal``."""
    provider = provider_for(read_header(sealed, Kind.TEXT).suite)
    return _text_box(provider, dek, place).open(place.record, sealed)


def _text_box(provider: Provider, dek: bytes, place: Place) -> Box:
    return Box(
        provider, dek, Kind.TEXT, realm=place.realm, field=place.field, version=place.version
    )
