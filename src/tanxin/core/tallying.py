"""How far issues came, counted, and what of the counts others than their unit's leaders see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntFlag

# Below this nobody outside learns a number, and above it only steps of it.
FEWEST = 5
FEWEST_POSSIBLE = 3
# Hundredths; from here to there says nothing any more.
WIDEST = 40


class Reached(IntFlag):
    """What an issue has come to so far; it may be several, and may be taken back."""

    RAISED = 1
    ANSWERED = 2
    VERIFIED = 4
    EFFECTIVE = 8


@dataclass(frozen=True, slots=True)
class Figures:
    raised: int = 0
    answered: int = 0
    verified: int = 0
    effective: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.raised + other.raised,
            self.answered + other.answered,
            self.verified + other.verified,
            self.effective + other.effective,
        )

    def __neg__(self) -> "Figures":
        return Figures(-self.raised, -self.answered, -self.verified, -self.effective)


NONE = Figures()


def figures_of(reached: int) -> Figures:
    return Figures(*(int(bool(reached & bit)) for bit in Reached))


def summed(figures: Iterable[Figures]) -> Figures:
    return sum(figures, start=NONE)


@dataclass(frozen=True, slots=True)
class Told:
    """A number as somebody may be told it: exactly, or only from which step on it lies."""

    number: int
    is_exact: bool = True

    @property
    def is_small(self) -> bool:
        return not self.is_exact and self.number < FEWEST

    @property
    def most(self) -> int:
        return self.number if self.is_exact else self.number + FEWEST - 1


def told(number: int, *, exactly: bool = False) -> Told:
    """Outside the unit a small number is none, and others stand for the next four as well."""
    return Told(number) if exactly else Told(number - number % FEWEST, is_exact=False)


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a whole, in hundredths: from the least it can be to the most."""

    least: int
    most: int


def follow_up(raised: Told, effective: Told) -> Share | None:
    """How much of what talks raised has helped: low where talks are hot and what follows is cold.

    It follows from the two numbers as they are told, so it tells nothing more than they. None where
    too little was raised to say, or is told.
    """
    if raised.number < FEWEST:
        return None
    least = effective.number * 100 // raised.most
    most = min(effective.most * 100 // raised.number, 100)
    return Share(least, most) if most - least <= WIDEST else None


Cut = Sequence[int]


def told_together(cuts: Sequence[Cut]) -> list[list[Told] | None]:
    """Several cuts through the same whole, as people outside may be told them side by side.

    Each cut alone tells nobody apart, but the whole is the same in all, so one may narrow down
    another. A later cut is left out (None) where with it some number could be guessed to within
    fewer than three.
    """
    shown: list[list[Told]] = []
    result: list[list[Told] | None] = []
    for cut in cuts:
        here = [told(number) for number in cut]
        if tells_no_number([*shown, here]):
            shown.append(here)
            result.append(here)
        else:
            result.append(None)
    return result


def tells_no_number(cuts: Sequence[Sequence[Told]]) -> bool:
    """Whether every number could still be three others, knowing that all cuts sum up alike."""
    sums = [(sum(one.number for one in cut), sum(one.most for one in cut)) for cut in cuts if cut]
    least = max((low for low, _ in sums), default=0)
    most = min((high for _, high in sums), default=0)
    return all(
        room(one, low, high, least, most) >= FEWEST_POSSIBLE
        for cut, (low, high) in zip([cut for cut in cuts if cut], sums, strict=True)
        for one in cut
    )


def room(one: Told, low: int, high: int, least: int, most: int) -> int:
    """How many values a cell can have: its cut lies in low to high, the whole in least to most."""
    smallest = max(one.number, least - (high - one.most))
    largest = min(one.most, most - (low - one.number))
    return largest - smallest + 1
