"""How many people something may come from, and how well its source can be guessed."""

from collections.abc import Collection, Hashable
from fractions import Fraction

FEWEST = 5


def is_crowd(people: Collection[Hashable]) -> bool:
    """Whether one among them stays hidden."""
    return len(people) >= FEWEST


def best_guess(people: Collection[Hashable]) -> Fraction:
    """The chance to be right about the source for who knows just that it is one of ``people``.

    >>> best_guess("abcde")
    Fraction(1, 5)
    """
    return Fraction(1, len(people)) if people else Fraction(0)


def is_hidden_among(people: int, members: int) -> bool:
    """Whether so many of a unit's members can be told of: else each of the others is known too.

    Where more than half said the same, who guesses of anybody that he said it is mostly right.
    """
    return people >= FEWEST and 2 * people <= members
