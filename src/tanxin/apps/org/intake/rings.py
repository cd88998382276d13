"""Rings in a tree of units: whoever climbs from one of them comes back to it."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def rings_of(above: Mapping[Node, Node | None]) -> list[list[Node]]:
    """Each ring once, from below to above, beginning anywhere on it.

    >>> rings_of({"a": "b", "b": "a", "c": "a", "d": None})
    [['a', 'b']]
    """
    found: list[list[Node]] = []
    done: set[Node] = set()
    for start in above:
        climbed: dict[Node, int] = {}
        at: Node | None = start
        while at is not None and at not in done and at not in climbed:
            climbed[at] = len(climbed)
            at = above.get(at)
        if at is not None and at in climbed:
            found.append(list(climbed)[climbed[at] :])
        done.update(climbed)
    return found
