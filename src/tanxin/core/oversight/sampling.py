"""A sample of closed talks in which what is more at risk is drawn more often, from a printed seed.

Each candidate gets a number from seed and id; the smallest of ``-ln(number) / weight`` are drawn
(Efraimidis and Spirakis). Whoever has seed and list draws the same again, with any SHA-256.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from math import log
from uuid import UUID

USUAL = 1


class Risk(StrEnum):
    SIGNAL = "signal"
    UNCONFIRMED = "unconfirmed"
    HURRIED = "hurried"
    LATE = "late"


WEIGHTS = {Risk.SIGNAL: 3, Risk.UNCONFIRMED: 2, Risk.HURRIED: 2, Risk.LATE: 1}


class TookPlace(StrEnum):
    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Solved(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOTHING = "nothing"


class Result(StrEnum):
    """What came of a call-back, as the supervisor notes it."""

    AS_RECORDED = "as_told"
    DIFFERS = "differs"
    NOT_REACHED = "unreached"


@dataclass(frozen=True, slots=True)
class Candidate:
    id: UUID
    risks: frozenset[Risk] = field(default_factory=frozenset)

    @property
    def weight(self) -> int:
        return USUAL + sum(WEIGHTS[risk] for risk in self.risks)


def pool_of(candidates: Iterable[Candidate]) -> list[tuple[str, int]]:
    """What is drawn from, in one order: it is kept with the sample."""
    return sorted((str(one.id), one.weight) for one in candidates)


def draw(seed: str, pool: Sequence[tuple[str, int]], size: int) -> list[str]:
    """The ids drawn, in the order in which they were.

    >>> draw("2026-A", [("a", 1), ("b", 1), ("c", 8)], 2)
    ['c', 'b']
    """
    return [name for _, name in sorted(key_of(seed, *each) for each in pool)[:size]]


def key_of(seed: str, name: str, weight: int) -> tuple[float, str]:
    number = int.from_bytes(sha256(f"{seed}|{name}".encode()).digest()[:8])
    return -log((number + 1) / 2**64) / weight, name
