"""The record header: 89 bytes in front of everything that is sealed, all of it authenticated.

====== ====== ============ ==============================================================
offset length field        content
====== ====== ============ ==============================================================
0      2      magic        ``TX``
2      1      magic: kind  ``R`` text of a record, ``K`` wrapped record key, ``P`` personal
                           column, ``W`` wrapped realm key, ``A`` attachment, ``E`` root key
                           for three custodians, ``N`` next root key under the one before
3      1      magic: form  1; another number is another layout
4      1      suite        1 INTL-1, 2 GM-1
5      16     realm        UUID
21     16     record       UUID of the record (``P``: the person, ``W``: the realm again,
                           ``A``: the attachment, ``E`` and ``N``: the set of shares)
37     32     field        printable ASCII without space, zero bytes behind it
69     4      version      of the field's text, big-endian (``W``: version of the realm key)
73     4      kek version  of the realm key in force at sealing (``W``: 0)
77     12     nonce        random
====== ====== ============ ==============================================================

Behind it: 16 bytes key commitment ``HMAC(secret, header)[:16]``, the ciphertext of the padded
text, 16 bytes tag. The header is the associated data, so that a sealed text that is moved,
relabelled, rolled back or downgraded does not open.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from struct import Struct
from typing import Self
from uuid import UUID

from tanxin.core.vault.provider import NONCE_BYTES
from tanxin.core.vault.refusals import Malformed

MAGIC = b"TX"
FORM = 1
FIELD_BYTES = 32
MAX_VERSION = 2**32 - 1
_LAYOUT = Struct(f">2scBB16s16s{FIELD_BYTES}sII{NONCE_BYTES}s")
HEADER_BYTES = _LAYOUT.size
_FIELD = re.compile(rf"[!-~]{{1,{FIELD_BYTES}}}", re.ASCII)


class Kind(Enum):
    TEXT = b"R"
    RECORD_KEY = b"K"
    PERSONAL = b"P"
    REALM_KEY = b"W"
    ATTACHMENT = b"A"
    ESCROW = b"E"
    NEXT_ROOT = b"N"


@lru_cache(maxsize=256)
def field_bytes(field: str) -> bytes:
    """Return ``field`` as it stands in a header or raise ``Malformed``."""
    if not _FIELD.fullmatch(field):
        raise Malformed("a field name is 1 to 32 printable ASCII characters")
    return field.encode("ascii").ljust(FIELD_BYTES, b"\0")


def _field_name(raw: bytes) -> str:
    try:
        field = raw.rstrip(b"\0").decode("ascii")
    except UnicodeDecodeError:
        raise Malformed("the field name is not ASCII") from None
    field_bytes(field)
    return field


@dataclass(frozen=True, slots=True)
class Header:
    kind: Kind
    suite: int
    realm: UUID
    record: UUID
    field: str
    version: int
    kek_version: int
    nonce: bytes

    def encode(self) -> bytes:
        if not (0 <= self.version <= MAX_VERSION and 0 <= self.kek_version <= MAX_VERSION):
            raise Malformed("a version is an unsigned 32-bit number")
        return _LAYOUT.pack(
            MAGIC,
            self.kind.value,
            FORM,
            self.suite,
            self.realm.bytes,
            self.record.bytes,
            field_bytes(self.field),
            self.version,
            self.kek_version,
            self.nonce,
        )

    @classmethod
    def decode(cls, sealed: bytes) -> Self:
        """Read the header in front of ``sealed`` or raise ``Malformed``. Proves nothing yet."""
        if len(sealed) < HEADER_BYTES:
            raise Malformed("shorter than a header")
        magic, kind, form, suite, realm, record, field, version, kek_version, nonce = (
            _LAYOUT.unpack_from(sealed)
        )
        if magic != MAGIC or form != FORM:
            raise Malformed("not written by this vault")
        try:
            known = Kind(kind)
        except ValueError:
            raise Malformed("not a kind of sealed text") from None
        name = _field_name(field)
        return cls(
            known, suite, UUID(bytes=realm), UUID(bytes=record), name, version, kek_version, nonce
        )
