"""Plays many courses of events at once, each step at its own moment, all in one order of time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import heappop, heappush
from random import Random
from typing import TypeAlias
from uuid import UUID

from tanxin.demo.invent import Human
from tanxin.demo.seeding.cast import Cast
from tanxin.demo.seeding.clock import Clock
from tanxin.demo.texts import Deck

# Yields the moment of its next step, and takes that step when it is asked on.
Course: TypeAlias = Iterator[datetime]


@dataclass(frozen=True, slots=True)
class Stage:
    cast: Cast
    clock: Clock
    deck: Deck
    chance: Random

    def human(self, person_id: UUID) -> Human:
        return self.cast.humans[person_id]

    def place(self, situation: str, subject: UUID) -> str:
        """Where a talk is to be; an office is that of ``subject``, by name."""
        place = self.deck.deal("notes", "places", situation)
        return place.replace("{subject}", self.human(subject).name)


def play(courses: Iterable[Course], *, until: datetime) -> int:
    """Let every course go on until it ends or its next step lies ahead; returns the steps taken."""
    waiting: list[tuple[datetime, int, Course]] = []
    steps = 0
    for order, course in enumerate(courses):
        wait(waiting, order, course, until)
    while waiting:
        _, order, course = heappop(waiting)
        wait(waiting, order, course, until)
        steps += 1
    return steps


def wait(
    waiting: list[tuple[datetime, int, Course]], order: int, course: Course, until: datetime
) -> None:
    moment = next(course, None)
    if moment is not None and moment <= until:
        heappush(waiting, (moment, order, course))
