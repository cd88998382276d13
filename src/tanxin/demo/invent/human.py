from dataclasses import dataclass
from datetime import date


@dataclass(slots=True)
class Human:
    """Somebody of the roster. ``persona`` is the handle of the one a visitor may be."""

    number: str
    name: str
    gender: str
    born: date
    origin: str
    started: date
    joined: date | None
    politics: str
    schooling: str
    later_schooling: str
    id_number: str
    phone: str
    unit: str
    department: str
    title: str
    rank: str
    post_since: date | None
    rank_since: date | None
    branch: str = ""
    party_post: str = ""
    state: str = ""
    persona: str = ""

    @property
    def is_member(self) -> bool:
        return self.joined is not None

    @property
    def place(self) -> str:
        return self.department or self.unit


@dataclass(frozen=True, slots=True)
class UnitLine:
    code: str
    name: str
    kind: str
    parent: str


@dataclass(frozen=True, slots=True)
class SeatLine:
    team: str
    unit: str
    kind: str
    human: Human
    role: str
    start: date


@dataclass(frozen=True, slots=True)
class ChargeLine:
    human: Human
    units: tuple[str, ...]
    start: date


@dataclass(frozen=True, slots=True)
class ContactLine:
    """``unit`` or ``other``: what the contact is with."""

    kind: str
    human: Human
    start: date
    other: Human | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class StateLine:
    human: Human
    kind: str
    start: date
    end: date | None
    source: str


@dataclass(frozen=True, slots=True)
class EventLine:
    kind: str
    on: date
    team: str = ""
    human: Human | None = None
