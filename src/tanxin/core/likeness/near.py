"""Near copies among many sketches: texts that agree in one of 42 bands are compared.

Each text of a band is compared with the last one in it, not with all: a band that a stock phrase
fills costs no more than another, and 42 bands give each pair many ways to meet.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from tanxin.core.likeness.sketch import SKETCH_BYTES, resemblance

ROWS = 6
BANDS = SKETCH_BYTES // ROWS
LEAST = 0.65

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Group:
    """Texts of which each is a near copy of another one in it; ``least`` is the weakest link."""

    members: tuple[int, ...]
    least: float


def near_pairs(sketches: Sequence[bytes], least: float = LEAST) -> dict[Pair, float]:
    """Pairs, earlier text first, with their resemblance: enough of them to connect each group."""
    places = [at for at, one in enumerate(sketches) if one]
    held = [sketches[at] for at in places]
    found: dict[Pair, float] = {}
    seen: set[Pair] = set()
    for first in range(0, BANDS * ROWS, ROWS):
        for one, other in _meeting(held, first):
            pair = (one, other)
            if pair not in seen:
                seen.add(pair)
                alike = resemblance(held[one], held[other])
                if alike >= least:
                    found[places[one], places[other]] = alike
    return found


def _meeting(held: Sequence[bytes], first: int) -> Iterator[Pair]:
    band = list(map(itemgetter(slice(first, first + ROWS)), held))
    last = dict(zip(band, range(len(band)), strict=True))
    return ((at, other) for at, other in enumerate(map(last.__getitem__, band)) if at != other)


def near_copies(sketches: Sequence[bytes], least: float = LEAST) -> list[Group]:
    """The groups of near copies, by their first member; ``members`` are places in ``sketches``."""
    pairs = near_pairs(sketches, least)
    roots = _joined(pairs)
    members: dict[int, list[int]] = {}
    for at in sorted(roots):
        members.setdefault(_root(roots, at), []).append(at)
    weakest: dict[int, float] = {}
    for (one, _), alike in pairs.items():
        root = _root(roots, one)
        weakest[root] = min(weakest.get(root, 1.0), alike)
    return [Group(tuple(found), weakest[root]) for root, found in members.items()]


def _joined(pairs: dict[Pair, float]) -> dict[int, int]:
    roots: dict[int, int] = {}
    for one, other in pairs:
        roots.setdefault(one, one)
        roots.setdefault(other, other)
        first, second = sorted((_root(roots, one), _root(roots, other)))
        roots[second] = first
    return roots


def _root(roots: dict[int, int], at: int) -> int:
    while roots[at] != at:
        roots[at] = roots[roots[at]]
        at = roots[at]
    return at
