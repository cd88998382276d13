"""In which order sentences stand, without the sentences: what each end meets, keyed and cut short.

A copy whose sentences were put in another order shares its runs with the original, not its seams.
"""

from itertools import pairwise

from tanxin.core.likeness.shingles import sentences
from tanxin.core.likeness.sketch import keyed

MOST = 16
FEWEST = 3
_BYTES = 2
_EDGE = 2


def seams(text: str, key: bytes) -> bytes:
    """Two bytes for each of the first sixteen places where one sentence meets the next."""
    parts = sentences(text)
    pairs = pairwise(parts)
    met = {f"{one[-_EDGE:]}|{other[:_EDGE]}" for one, other in pairs}
    smallest = sorted(keyed(met, key))[:MOST]
    return b"".join((number & 0xFFFF).to_bytes(_BYTES) for number in smallest)


def order_kept(one: bytes, other: bytes) -> float | None:
    """The part of the seams that two texts share; none where there are too few to tell."""
    first, second = _cut(one), _cut(other)
    if min(len(first), len(second)) < FEWEST:
        return None
    return len(first & second) / min(len(first), len(second))


def _cut(seen: bytes) -> set[bytes]:
    return {seen[at : at + _BYTES] for at in range(0, len(seen), _BYTES)}
