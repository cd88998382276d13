"""What a roster would change, as steps that can be shown, compared and applied."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from uuid import UUID

from tanxin.apps.org.models import Fact
from tanxin.apps.org.roster import Where
from tanxin.apps.org.services.people import PersonDetails
from tanxin.apps.realms.models import RealmRow


class Group(StrEnum):
    UNIT_NEW = "unit-new"
    UNIT_CHANGED = "unit-changed"
    JOINED = "joined"
    LEFT = "left"
    CORRECTED = "corrected"
    MOVED = "moved"
    RANK = "rank"
    TEAM = "team"
    CHARGE = "charge"
    BRANCH = "branch"
    CONTACT = "contact"
    STATE = "state"
    EVENT = "event"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True)
class Person:
    """A person to add or, where ``is_new`` is false, whose columns change."""

    id: UUID
    details: PersonDetails
    is_new: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the difference. ``about``, ``before`` and ``after`` are for the page only.

    ``ends`` are facts that stop being true on a day, ``voids`` facts that were never so, ``moves``
    events that got another day, ``leaves`` people who are gone from a day on, or back (no day).
    """

    group: Group
    about: str = field(repr=False)
    before: str = field(default="", repr=False)
    after: str = field(default="", repr=False)
    rows: tuple[RealmRow, ...] = ()
    person: Person | None = None
    ends: tuple[tuple[type[Fact], UUID, date], ...] = ()
    voids: tuple[tuple[type[Fact], UUID], ...] = ()
    moves: tuple[tuple[UUID, date], ...] = ()
    leaves: tuple[tuple[UUID, date | None], ...] = ()

    @property
    def line(self) -> str:
        return f"{self.group}\x1f{self.about}\x1f{self.before}\x1f{self.after}"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row that cannot be matched; ``code`` has its sentence in the pages' words."""

    where: Where
    code: str
    value: str = field(repr=False)


@dataclass(frozen=True)
class Difference:
    steps: tuple[Step, ...]
    doubts: tuple[Doubt, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.steps)

    @cached_property
    def digest(self) -> str:
        """Equal for equal differences, so that what is applied is what was shown."""
        whole = "\x1e".join(sorted(step.line for step in self.steps))
        return sha256(whole.encode()).hexdigest()

    @property
    def counts(self) -> dict[Group, int]:
        counted = Counter(step.group for step in self.steps)
        return {group: counted[group] for group in Group if counted[group]}
