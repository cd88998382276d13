"""MinHash by one permutation: the smallest hash of each of 256 bins, a byte of each kept.

Bins that stay empty borrow from another by a fixed order, so that two texts borrow alike
(Shrivastava 2017). The hash is keyed: without the key nobody can try texts against a sketch.
"""

from collections.abc import Iterable
from hashlib import blake2b

from tanxin.core.likeness.shingles import shingles

SKETCH_BYTES = 256
# Of shorter texts one cannot tell: three usual words are in all of them.
FEWEST = 30
_BY_CHANCE = 1 / 256


def sketch(text: str, key: bytes) -> bytes:
    """The sketch of ``text`` under the realm's key; empty for one too short to be compared."""
    runs = shingles(text)
    return _sketch_of(runs, key) if len(runs) >= FEWEST else b""


def keyed(runs: Iterable[str], key: bytes) -> list[int]:
    """A number of 64 bits for each run, which nobody without the key can tell."""
    begun, number = blake2b(digest_size=8, key=key), int.from_bytes
    found = []
    for run in runs:
        hashed = begun.copy()  # with the key in it already
        hashed.update(run.encode("utf-8", "replace"))
        found.append(number(hashed.digest(), "big"))
    return found


def _sketch_of(runs: Iterable[str], key: bytes) -> bytes:
    # The later of two in one bin stands: the smaller one.
    smallest = {number & 255: number for number in sorted(keyed(runs, key), reverse=True)}
    return bytes(
        (smallest[at if at in smallest else _lender(smallest, at)] >> 8) & 255
        for at in range(SKETCH_BYTES)
    )


def _lender(filled: dict[int, int], empty: int) -> int:
    """An odd step leads through all bins, another for each that is empty."""
    step, at = (empty * 157 + 91) | 1, empty
    while at not in filled:
        at = (at + step) & 255
    return at


def resemblance(one: bytes, other: bytes) -> float:
    """How much of all runs of two texts is in both (Jaccard), within about 0.03.

    Nothing resembles a text that was too short for a sketch.
    """
    if not one or len(one) != len(other):
        return 0.0
    same = (int.from_bytes(one) ^ int.from_bytes(other)).to_bytes(len(one)).count(0)
    return max(0.0, (same / len(one) - _BY_CHANCE) / (1 - _BY_CHANCE))


def shared(alike: float) -> int:
    """What part of each text is in the other, in percent: what a reader means by "alike".

    >>> shared(1.0), shared(0.7), shared(0.0)
    (100, 82, 0)
    """
    return round(200 * alike / (1 + alike))
