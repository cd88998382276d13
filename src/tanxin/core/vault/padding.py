"""Hiding the exact length: four bytes length, the text, zero bytes up to the next bucket.

Texts: 256 bytes, then each bucket one eighth larger. Personal columns: 64, 128, then as texts.
"""

from bisect import bisect_left

from tanxin.core.vault.refusals import Malformed, TooLong

_LENGTH_BYTES = 4
_FIRST = 256
_LARGEST = 64 * 1024 * 1024


def _grow(first: int, largest: int) -> tuple[int, ...]:
    sizes = [first]
    while sizes[-1] < largest:
        sizes.append(sizes[-1] + sizes[-1] // 8)
    return tuple(sizes)


TEXT_BUCKETS = _grow(_FIRST, _LARGEST)
PERSONAL_BUCKETS = (64, 128, *TEXT_BUCKETS)


def pad(text: bytes, buckets: tuple[int, ...]) -> bytes:
    """Return ``text`` filled up to its bucket or raise ``TooLong``."""
    framed = len(text).to_bytes(_LENGTH_BYTES, "big") + text
    place = bisect_left(buckets, len(framed))
    if place == len(buckets):
        raise TooLong(f"{len(text)} bytes do not fit")
    return framed.ljust(buckets[place], b"\0")


def unpad(padded: bytes) -> bytes:
    """Return what ``pad`` was given or raise ``Malformed``."""
    end = _LENGTH_BYTES + int.from_bytes(padded[:_LENGTH_BYTES], "big")
    if len(padded) < _LENGTH_BYTES or end > len(padded) or any(padded[end:]):
        raise Malformed("the padding is not ours")
    return padded[_LENGTH_BYTES:end]
