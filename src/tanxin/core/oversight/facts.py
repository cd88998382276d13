"""What supervision knows of talks and issues: moments, people, sketches. Never a word."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from tanxin.core.likeness.residue import Residue


class Sign(StrEnum):
    """What may ask for a look; each is a question, none a finding."""

    COPY = "copy"
    LAST_YEAR = "last_year"
    ACROSS = "across"
    PERMUTED = "permuted"
    STOCK = "stock"
    TEMPLATE = "template"
    OVERLAP = "overlap"
    ABSENT = "absent"
    BURST = "burst"
    RUSH = "rush"
    LATE = "late"
    SAME_ISSUE = "same_issue"
    NO_ISSUE = "no_issue"
    SAME_DAY = "same_day"
    AT_ONCE = "at_once"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class TalkFact:
    """A talk that was held. Moments are local; ``text`` is what was measured of its record."""

    id: UUID
    initiator: UUID
    subject: UUID
    held: datetime
    minutes: int = 30
    entered: datetime | None = None
    confirmed: datetime | None = None
    lapsed: bool = False
    late: bool = False
    group: UUID | None = None
    by_distance: bool = False
    text: "TextFact | None" = None


@dataclass(frozen=True, slots=True)
class TextFact:
    """``key_version``: sketches under different keys are not compared."""

    sketch: bytes = b""
    seams: bytes = b""
    key_version: int = 1
    stock: int = 0
    residue: frozenset[Residue] = frozenset()


@dataclass(frozen=True, slots=True)
class IssueFact:
    id: UUID
    talk: UUID
    led_by: UUID
    subject: UUID
    kind: str
    raised: datetime
    reported: datetime | None = None
    verified: datetime | None = None
    answered: datetime | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """Everything the signs are looked for in. ``away``: first and last day, by person.

    ``counted`` are the days that tempt to hurry: ends of periods, beginnings of inspections.
    """

    talks: tuple[TalkFact, ...]
    issues: tuple[IssueFact, ...] = ()
    away: Mapping[UUID, tuple[tuple[date, date], ...]] = field(default_factory=dict)
    counted: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One sign about one person; ``anchor`` names it again tomorrow, ``told`` are figures."""

    sign: Sign
    person: UUID
    anchor: str
    talks: tuple[UUID, ...]
    issues: tuple[UUID, ...] = ()
    told: Mapping[str, int] = field(default_factory=dict)


def by_initiator(talks: tuple[TalkFact, ...]) -> dict[UUID, list[TalkFact]]:
    """In the order they were held."""
    found: dict[UUID, list[TalkFact]] = {}
    for talk in sorted(talks, key=lambda one: (one.held, one.id)):
        found.setdefault(talk.initiator, []).append(talk)
    return found
