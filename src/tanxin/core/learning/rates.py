"""How many of a unit have read something: in thirds, so that nobody can be told from the others."""

from enum import StrEnum

from tanxin.core.deidentify import FEWEST


class Band(StrEnum):
    FEW = "few"
    SOME = "some"
    MOST = "most"


def band(read: int, of: int) -> Band | None:
    """None where there are too few to say anything. In no band all have, or nobody has, for sure.

    >>> band(0, 5), band(1, 5), band(5, 5), band(4, 4)
    (<Band.FEW: 'few'>, <Band.FEW: 'few'>, <Band.MOST: 'most'>, None)
    """
    if of < FEWEST:
        return None
    if read * 3 < of:
        return Band.FEW
    return Band.SOME if read * 3 <= of * 2 else Band.MOST
