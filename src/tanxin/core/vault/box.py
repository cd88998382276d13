"""Sealing and opening under one secret: the same bytes for texts, keys and personal columns."""

from hmac import compare_digest
from uuid import UUID

from tanxin.core.vault.header import (
    FORM,
    HEADER_BYTES,
    MAGIC,
    MAX_VERSION,
    Header,
    Kind,
    field_bytes,
)
from tanxin.core.vault.keys import cipher_key
from tanxin.core.vault.padding import PERSONAL_BUCKETS, TEXT_BUCKETS, pad, unpad
from tanxin.core.vault.provider import NONCE_BYTES, Provider
from tanxin.core.vault.refusals import Malformed, NotAuthentic, WrongPlace

COMMITMENT_BYTES = 16
_BUCKETS = {
    Kind.TEXT: TEXT_BUCKETS,
    Kind.RECORD_KEY: PERSONAL_BUCKETS,
    Kind.PERSONAL: PERSONAL_BUCKETS,
    Kind.REALM_KEY: PERSONAL_BUCKETS,
    Kind.ESCROW: PERSONAL_BUCKETS,
    Kind.NEXT_ROOT: PERSONAL_BUCKETS,
}


class Box:
    """Seals and opens one field of one realm, for many records, under one secret.

    Deriving the cipher key costs more than using it, so keep a box for a batch.
    """

    def __init__(
        self,
        provider: Provider,
        secret: bytes,
        kind: Kind,
        *,
        realm: UUID,
        field: str,
        version: int,
    ) -> None:
        if not 0 <= version <= MAX_VERSION:
            raise Malformed("a version is an unsigned 32-bit number")
        self._provider = provider
        self._secret = secret
        self._kind = kind
        self._buckets = _BUCKETS[kind]
        self._aead = provider.aead(cipher_key(provider, secret, kind, field, version))
        self._front = MAGIC + kind.value + bytes([FORM, provider.suite]) + realm.bytes
        self._back = field_bytes(field) + version.to_bytes(4, "big")

    def seal(self, record: UUID, text: bytes, *, kek_version: int) -> bytes:
        """Return header, commitment and ciphertext of ``text``."""
        nonce = self._provider.random(NONCE_BYTES)
        header = b"".join(
            (self._front, record.bytes, self._back, kek_version.to_bytes(4, "big"), nonce)
        )
        sealed = self._aead.seal(nonce, pad(text, self._buckets), header)
        return header + self._commitment(header) + sealed

    def open(self, record: UUID, sealed: bytes) -> bytes:
        """Return the text of ``sealed`` if it was sealed here for ``record``.

        Raises ``WrongPlace`` for sound bytes of another place, ``NotAuthentic`` for changed ones.
        """
        header = sealed[:HEADER_BYTES]
        place = self._front + record.bytes + self._back
        if len(header) < HEADER_BYTES:
            raise Malformed("shorter than a header")
        if not header.startswith(place):
            raise WrongPlace("sealed for another place")
        body = HEADER_BYTES + COMMITMENT_BYTES
        if not compare_digest(sealed[HEADER_BYTES:body], self._commitment(header)):
            raise NotAuthentic("sealed under another key, or changed")
        return unpad(self._aead.open(header[-NONCE_BYTES:], sealed[body:], header))

    def _commitment(self, header: bytes) -> bytes:
        return self._provider.mac(self._secret, header)[:COMMITMENT_BYTES]


def read_header(sealed: bytes, kind: Kind) -> Header:
    """Read which suite and key version ``sealed`` needs; other kinds raise ``WrongPlace``."""
    header = Header.decode(sealed)
    if header.kind is not kind:
        raise WrongPlace("sealed as something else")
    return header
