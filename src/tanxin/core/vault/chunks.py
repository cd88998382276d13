"""Attachments: 64 KiB chunks under a key of their own, so that a large file need not fit in memory.

Header and commitment as in front of every sealed text, then the chunks. A chunk's nonce is seven
bytes of the header's, four bytes counter and one byte that is 1 for the last chunk alone; a chunk
that is dropped, doubled, moved or cut off does not open, nor do chunks without their last. The last
chunk is filled up to whole 4 KiB, so that the exact length is not told.
"""

from collections.abc import Iterable, Iterator
from hmac import compare_digest

from tanxin.core.vault.box import COMMITMENT_BYTES
from tanxin.core.vault.envelope import Place
from tanxin.core.vault.header import HEADER_BYTES, Header, Kind
from tanxin.core.vault.keys import Label, cipher_key, derive
from tanxin.core.vault.provider import NONCE_BYTES, TAG_BYTES, Provider
from tanxin.core.vault.refusals import Malformed, NotAuthentic, TooLong, WrongPlace
from tanxin.core.vault.suites import provider_for

CHUNK = 64 * 1024
FRONT_BYTES = HEADER_BYTES + COMMITMENT_BYTES
MOST_CHUNKS = 2**20
_STEP = 4 * 1024
_END = b"\x80"
_PREFIX = 7


def seal_chunks(
    provider: Provider, dek: bytes, place: Place, content: Iterable[bytes], *, kek_version: int
) -> Iterator[bytes]:
    """Yield the front, then one sealed chunk after the other; ``TooLong`` after 64 GiB.

    ``place.record`` is the attachment, ``dek`` the key of the record it belongs to.
    """
    header = Header(
        Kind.ATTACHMENT,
        provider.suite,
        place.realm,
        place.record,
        place.field,
        place.version,
        kek_version,
        provider.random(NONCE_BYTES),
    )
    chunks = _Chunks(provider, dek, header)
    yield chunks.front
    for number, piece in enumerate(_pieces(content, CHUNK)):
        last = len(piece) < CHUNK
        yield chunks.seal(number, _filled(piece) if last else piece, last=last)


def open_chunks(dek: bytes, place: Place, sealed: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the content piece by piece; raises a ``VaultRefusal`` at the first that is not sound.

    What was yielded before that is genuine but not whole: throw it away.
    """
    front, rest = _front(iter(sealed))
    header = Header.decode(front)
    if header.kind is not Kind.ATTACHMENT or place != _place(header):
        raise WrongPlace("sealed for another place")
    chunks = _Chunks(provider_for(header.suite), dek, header)
    if not compare_digest(front, chunks.front):
        raise NotAuthentic("sealed under another key, or changed")
    number, ahead = 0, b""
    for piece in _pieces(rest, CHUNK + TAG_BYTES):
        if ahead and piece:
            yield chunks.open(number, ahead, last=False)
            number += 1
        ahead = piece or ahead
    if not ahead:
        raise NotAuthentic("the last chunk is missing")
    yield _unfilled(chunks.open(number, ahead, last=True))


class _Chunks:
    def __init__(self, provider: Provider, dek: bytes, header: Header) -> None:
        self._header = header.encode()
        self._prefix = header.nonce[:_PREFIX]
        secret = derive(provider, dek, Label.ATTACHMENT, header.record.bytes)
        self.front = self._header + provider.mac(secret, self._header)[:COMMITMENT_BYTES]
        key = cipher_key(provider, secret, Kind.ATTACHMENT, header.field, header.version)
        self._aead = provider.aead(key)

    def seal(self, number: int, piece: bytes, *, last: bool) -> bytes:
        return self._aead.seal(self._nonce(number, last=last), piece, self._header)

    def open(self, number: int, piece: bytes, *, last: bool) -> bytes:
        return self._aead.open(self._nonce(number, last=last), piece, self._header)

    def _nonce(self, number: int, *, last: bool) -> bytes:
        if number >= MOST_CHUNKS:
            raise TooLong("an attachment has at most 64 GiB")
        return self._prefix + number.to_bytes(4, "big") + bytes([last])


def _place(header: Header) -> Place:
    return Place(header.realm, header.record, header.field, header.version)


def _front(sealed: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    held = b""
    for part in sealed:
        held += part
        if len(held) >= FRONT_BYTES:
            break
    if len(held) < FRONT_BYTES:
        raise Malformed("shorter than a header")
    return held[:FRONT_BYTES], _then(held[FRONT_BYTES:], sealed)


def _then(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _pieces(content: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Cut into pieces of ``size``; the last one is always shorter, if need be empty."""
    held = bytearray()
    for part in content:
        held += part
        while len(held) >= size:
            yield bytes(held[:size])
            del held[:size]
    yield bytes(held)


def _filled(piece: bytes) -> bytes:
    length = -(-(len(piece) + len(_END)) // _STEP) * _STEP
    return (piece + _END).ljust(length, b"\0")


def _unfilled(piece: bytes) -> bytes:
    content = piece.rstrip(b"\0")
    if not content.endswith(_END) or len(piece) != len(_filled(content[:-1])):
        raise Malformed("the last chunk is not filled as ours")
    return content[:-1]
