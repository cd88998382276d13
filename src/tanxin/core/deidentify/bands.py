"""How many people, said so that nobody is counted: less than five is as good as nobody.

An exact number tells more with each report: with one person more since yesterday, or one unit less,
the difference is a person. A band moves seldom, and its lowest is a crowd already.
"""

from collections.abc import Hashable, Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from tanxin.core.deidentify.crowd import FEWEST

Kind = TypeVar("Kind", bound=Hashable)


class Band(StrEnum):
    FIVE = "five"
    TEN = "ten"
    TWENTY = "twenty"


LOWEST = {Band.TWENTY: 20, Band.TEN: 10, Band.FIVE: FEWEST}


def band_of(people: int) -> Band | None:
    """None for too few, and for nobody: which of the two is not told.

    >>> [band_of(number) for number in (0, 4, 5, 19, 20)]
    [None, None, <Band.FIVE: 'five'>, <Band.TEN: 'ten'>, <Band.TWENTY: 'twenty'>]
    """
    return next((band for band, lowest in LOWEST.items() if people >= lowest), None)


def banded(people: Mapping[Kind, int]) -> dict[Kind, Band]:
    """What may be told of how many people raised each kind; there is no sum, on purpose."""
    bands = {kind: band_of(number) for kind, number in people.items()}
    return {kind: band for kind, band in bands.items() if band is not None}


def is_told_apart(
    whole: Iterable[Hashable], part: Iterable[Hashable], told: Iterable[Iterable[Hashable]]
) -> bool:
    """Whether ``part`` of ``whole`` may be told of alone, beside the parts ``told`` already.

    What remains of the whole, once every part is taken away, is either nobody or a crowd: else the
    difference of the reports would be about a few.
    """
    mine = set(part)
    rest = set(whole) - mine
    for other in told:
        rest -= set(other)
    return len(mine) >= FEWEST and (not rest or len(rest) >= FEWEST)
