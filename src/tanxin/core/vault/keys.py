"""The key tree: one root, a versioned key per realm, a random key per record, labels below.

``root`` wraps ``KEK[realm, version]``; from a KEK come by label the keys that wrap record keys,
MAC grants and rows, index and seal personal columns, and sketch texts; a record key yields the
field keys.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import TypeVar
from uuid import UUID

from tanxin.core.vault.header import Kind, field_bytes
from tanxin.core.vault.provider import SECRET_BYTES, Provider
from tanxin.core.vault.refusals import UnknownKeyVersion
from tanxin.core.vault.suites import provider_for

T = TypeVar("T")
_DOMAIN = b"tanxin/1/"


class Label(Enum):
    """What a derived key is for. The words are part of the format: add, never change."""

    FIELD = b"field"
    ATTACHMENT = b"att"
    KEK_WRAP = b"kek-wrap"
    DEK_WRAP = b"dek-wrap"
    GRANT_MAC = b"grant-mac"
    ROW_MAC = b"row-mac"
    BLIND_INDEX = b"blind-idx"
    PERSONAL = b"pii"
    ESCROW = b"escrow"
    SHARE_CHECK = b"share-check"
    ROOT_ID = b"root-id"
    NEXT_ROOT = b"next-root"
    SKETCH = b"sketch"


def derive(provider: Provider, secret: bytes, label: Label, context: bytes = b"") -> bytes:
    """Return the 32-byte secret that ``label`` names below ``secret``."""
    return provider.kdf(secret, _DOMAIN + label.value + b"\0" + context, SECRET_BYTES)


def cipher_key(provider: Provider, secret: bytes, kind: Kind, field: str, version: int) -> bytes:
    """Return the key that seals version ``version`` of ``field``, and nothing else."""
    context = kind.value + field_bytes(field) + version.to_bytes(4, "big")
    info = _DOMAIN + Label.FIELD.value + b"\0" + context
    return provider.kdf(secret, info, provider.key_bytes)


@dataclass(frozen=True, slots=True)
class RealmKey:
    """One version of a realm's key. The secret stays out of ``repr``."""

    realm: UUID
    version: int
    suite: int
    secret: bytes = field(repr=False)

    @property
    def provider(self) -> Provider:
        return provider_for(self.suite)

    def derive(self, label: Label) -> bytes:
        return _derived(self, label)


@lru_cache(maxsize=256)
def _derived(key: RealmKey, label: Label) -> bytes:
    """Asked for with every record; a few realms' keys have a few labels each."""
    return derive(key.provider, key.secret, label)


def key_of_version(keys: Mapping[int, T], version: int) -> T:
    """Return the key of that version or raise ``UnknownKeyVersion``."""
    try:
        return keys[version]
    except KeyError:
        raise UnknownKeyVersion(f"no realm key of version {version}") from None
