"""Where one person is talked to by layer after layer: proposed to be merged, never decided here."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

LAYERS = 3
WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Layer:
    key: str
    initiator: Hashable
    subject: Hashable
    day: date


@dataclass(frozen=True, slots=True)
class Stack:
    """Talks of several initiators with one subject, that lie within a month."""

    subject: Hashable
    talks: tuple[Layer, ...]

    @property
    def initiators(self) -> tuple[Hashable, ...]:
        return tuple(dict.fromkeys(one.initiator for one in self.talks))


def stacks(placed: Iterable[Layer]) -> list[Stack]:
    """The highest first; no talk stands in two of them."""
    with_one: dict[Hashable, list[Layer]] = defaultdict(list)
    for one in placed:
        with_one[one.subject].append(one)
    found = [
        Stack(subject, tuple(run))
        for subject, talks in with_one.items()
        for run in runs(sorted(talks, key=lambda one: (one.day, one.key)))
    ]
    high = [one for one in found if len(one.initiators) >= LAYERS]
    return sorted(high, key=lambda one: (-len(one.initiators), one.talks[0].day, one.talks[0].key))


def runs(talks: list[Layer]) -> Iterable[list[Layer]]:
    """Cut where a talk lies more than a month after the first of its run."""
    run: list[Layer] = []
    for one in talks:
        if run and one.day - run[0].day > WITHIN:
            yield run
            run = []
        run.append(one)
    if run:
        yield run
