"""Counts in steps, small ones as small, and totals that say no more than their parts.

A total told by itself gives a small number away to whoever knows the others; withholding it only
where it would, gives it away as well: that it is withheld then says what the number is. So a total
is what its shown parts add up to, from the least to the most, and each number stands for itself.
Somebody who knows every other number, and how it is done, learns of the last but its step.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

# Below this a number is small, and is told as that alone.
FEWEST = STEP = 5


class Interval(NamedTuple):
    low: int
    high: int

    @property
    def is_small(self) -> bool:
        return self.high < FEWEST


@dataclass(frozen=True, slots=True)
class Group:
    """A unit with what lies under it. A unit with parts has no count but theirs."""

    name: str
    count: int = 0
    parts: tuple["Group", ...] = ()

    def walk(self) -> Iterator["Group"]:
        yield self
        for part in self.parts:
            yield from part.walk()


def publish(root: Group) -> dict[str, Interval]:
    """What is made known of each group."""
    shown: dict[str, Interval] = {}
    for group in reversed(list(root.walk())):
        if group.parts:
            parts = [shown[part.name] for part in group.parts]
            shown[group.name] = Interval(sum(p.low for p in parts), sum(p.high for p in parts))
        else:
            low = group.count - group.count % STEP
            shown[group.name] = Interval(low, low + STEP - 1)
    return shown
