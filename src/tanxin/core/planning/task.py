"""What is to be planned, under which limits, and what a plan says."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Task:
    """One talk to be held once from ``opens`` to ``due``, both included.

    ``key`` orders tasks that are otherwise alike and must be unique. ``meets`` are the duties that
    the talk meets. ``place`` is where it has to be held, "" where the initiator is at home.
    """

    key: str
    initiator: Hashable
    subjects: tuple[Hashable, ...]
    opens: date
    due: date
    meets: tuple[str, ...] = ()
    kind: str = ""
    rule: Hashable = None
    unit: Hashable = None
    can_gather: bool = False
    place: str = ""

    @property
    def people(self) -> tuple[Hashable, ...]:
        return (self.initiator, *self.subjects)


@dataclass(frozen=True, slots=True)
class Limits:
    """``per_week`` and ``per_day`` bound what one initiator leads, ``capacity`` names exceptions.

    ``apart`` is how many working days two talks with the same subject should lie apart: wished for,
    and given up before a talk stays unplaced. Nobody is talked to twice on one day.
    ``reserve`` is the share at the end of each window that is left free for what gets in the way.
    """

    per_week: int = 3
    per_day: int = 1
    capacity: Mapping[Hashable, int] = field(default_factory=dict)
    absent: Mapping[Hashable, tuple[tuple[date, date], ...]] = field(default_factory=dict)
    apart: int = 5
    reserve: float = 0.1

    def week_of(self, person: Hashable) -> int:
        return self.capacity.get(person, self.per_week)


class Because(StrEnum):
    """Why a talk stands on its day."""

    KEPT = "kept"
    SPREAD = "spread"
    TRIP = "trip"
    CLOSE = "close"
    ROOM_MADE = "room_made"
    MADE_ROOM = "made_room"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Placed:
    day: date
    because: Because


@dataclass(frozen=True, slots=True)
class Plan:
    """``unplaced`` are the keys for which there is no day."""

    placed: Mapping[str, Placed]
    unplaced: tuple[str, ...]
