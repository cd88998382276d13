"""Personal columns (names, phones, ID numbers): sealed by the realm's key, found by blind index."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

from tanxin.core.vault.box import Box, read_header
from tanxin.core.vault.header import Kind
from tanxin.core.vault.keys import Label, RealmKey, key_of_version
from tanxin.core.vault.normal import normalise
from tanxin.core.vault.refusals import WrongPlace
from tanxin.core.vault.suites import provider_for

_COLUMN_VERSION = 1


@dataclass(frozen=True, slots=True)
class PersonalKey:
    """What the web process may hold of one realm key version: it opens no record."""

    realm: UUID
    version: int
    suite: int
    sealing: bytes = field(repr=False)
    index: bytes = field(repr=False)


def personal_key(key: RealmKey) -> PersonalKey:
    return PersonalKey(
        key.realm,
        key.version,
        key.suite,
        sealing=key.derive(Label.PERSONAL),
        index=key.derive(Label.BLIND_INDEX),
    )


@lru_cache(maxsize=1024)
def _column(key: PersonalKey, name: str) -> Box:
    provider = provider_for(key.suite)
    return Box(
        provider,
        key.sealing,
        Kind.PERSONAL,
        realm=key.realm,
        field=name,
        version=_COLUMN_VERSION,
    )


def seal_personal(key: PersonalKey, name: str, values: Iterable[tuple[UUID, str]]) -> list[bytes]:
    """Seal the column ``name`` of many persons."""
    box = _column(key, name)
    return [box.seal(person, text.encode(), kek_version=key.version) for person, text in values]


def open_personal(
    keys: Mapping[int, PersonalKey], name: str, values: Iterable[tuple[UUID, bytes]]
) -> list[str]:
    """Open the column ``name`` of many persons, sealed under any of ``keys`` (by version)."""
    return [_open(keys, name, person, sealed) for person, sealed in values]


def _open(keys: Mapping[int, PersonalKey], name: str, person: UUID, sealed: bytes) -> str:
    header = read_header(sealed, Kind.PERSONAL)
    key = key_of_version(keys, header.kek_version)
    if header.suite != key.suite:
        raise WrongPlace("the realm key of that version is of another suite")
    return _column(key, name).open(person, sealed).decode()


def blind_index(key: PersonalKey, name: str, text: str) -> bytes:
    """Return 32 bytes that are equal for equal normalised values of the column ``name``."""
    message = name.encode() + b"\0" + normalise(name, text).encode()
    return provider_for(key.suite).mac(key.index, message)
