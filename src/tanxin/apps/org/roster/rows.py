"""The rows of a roster after normalising, and the roster itself.

Dates of a span are half-open: ``end`` is the first day no longer true. Codes are those of
``apps.org.codes``. Nothing that names a person shows in a ``repr``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tanxin.apps.org.roster.findings import Finding, Severity
from tanxin.apps.org.roster.places import RowKey, Where


@dataclass(frozen=True, slots=True)
class CareerLine:
    """One line of a résumé; months as ``YYYY-MM``, ``end`` empty while it lasts."""

    start: str
    end: str
    text: str
    asides: tuple[str, ...] = ()


@dataclass(slots=True)
class PersonRow:
    """``unit``, ``department`` and ``branch`` are names or codes as the file gives them.

    Treat it as frozen; saying so would double what building a hundred thousand of them costs.
    """

    where: Where = field(compare=False)
    name: str = field(default="", repr=False)
    number: str = field(default="", repr=False)
    gender: str = ""
    birth: str = field(default="", repr=False)
    ethnicity: str = field(default="", repr=False)
    origin: str = field(default="", repr=False)
    started_work: date | None = field(default=None, repr=False)
    joined_party: date | None = field(default=None, repr=False)
    politics: str = ""
    education: str = field(default="", repr=False)
    unit: str = ""
    department: str = ""
    post: str = field(default="", repr=False)
    rank: str = ""
    post_since: date | None = None
    rank_since: date | None = None
    id_number: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    mail: str = field(default="", repr=False)
    branch: str = ""
    party_post: str = field(default="", repr=False)
    states: tuple[str, ...] = field(default=(), repr=False)
    career: tuple[CareerLine, ...] = field(default=(), repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """``parent`` is the code or name of the unit above; empty for the top."""

    where: Where = field(compare=False)
    code: str = ""
    name: str = ""
    kind: str = ""
    parent: str = ""
    order: int | None = None


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One seat in a team."""

    where: Where = field(compare=False)
    team: str = ""
    unit: str = ""
    kind: str = ""
    name: str = field(default="", repr=False)
    number: str = field(default="", repr=False)
    role: str = ""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class ChargeRow:
    where: Where = field(compare=False)
    name: str = field(default="", repr=False)
    number: str = field(default="", repr=False)
    unit: str = ""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Either ``other`` (a person) or ``unit`` is who is taken care of."""

    where: Where = field(compare=False)
    kind: str = ""
    name: str = field(default="", repr=False)
    number: str = field(default="", repr=False)
    other: str = field(default="", repr=False)
    other_number: str = field(default="", repr=False)
    unit: str = ""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class StateRow:
    where: Where = field(compare=False)
    name: str = field(default="", repr=False)
    number: str = field(default="", repr=False)
    kind: str = field(default="", repr=False)
    start: date | None = None
    end: date | None = None
    source: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class EventRow:
    """A node to come or past, of a unit, a team or a person."""

    where: Where = field(compare=False)
    kind: str = ""
    unit: str = ""
    team: str = ""
    name: str = field(default="", repr=False)
    number: str = field(default="", repr=False)
    on: date | None = None


@dataclass(frozen=True, slots=True)
class AuthorityRow:
    """``unit`` manages those of ``rank``, or all, in ``over`` and below (干部管理权限)."""

    where: Where = field(compare=False)
    unit: str = ""
    over: str = ""
    rank: str = ""
    start: date | None = None
    end: date | None = None


Row = PersonRow | UnitRow | TeamRow | ChargeRow | ContactRow | StateRow | EventRow | AuthorityRow


@dataclass(frozen=True)
class Known:
    """What the realm already holds, so that a roster may refer to it.

    ``units`` holds names and codes, ``kinds`` each unit's name with its kind, ``names`` and
    ``numbers`` those of people.
    """

    units: frozenset[str] = frozenset()
    kinds: frozenset[tuple[str, str]] = frozenset()
    teams: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Roster:
    """What a file says. Rosters are equal when their rows are, wherever they stood.

    ``homes`` leads from a form to the row of a sheet it went into.
    """

    people: tuple[PersonRow, ...] = ()
    units: tuple[UnitRow, ...] = ()
    teams: tuple[TeamRow, ...] = ()
    charges: tuple[ChargeRow, ...] = ()
    contacts: tuple[ContactRow, ...] = ()
    states: tuple[StateRow, ...] = ()
    events: tuple[EventRow, ...] = ()
    authorities: tuple[AuthorityRow, ...] = ()
    findings: tuple[Finding, ...] = field(default=(), compare=False, repr=False)
    refused: frozenset[RowKey] = field(default=frozenset(), compare=False, repr=False)
    homes: Mapping[RowKey, RowKey] = field(default_factory=dict, compare=False, repr=False)

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    @property
    def questions(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity is Severity.QUESTION)

    @property
    def unreadable(self) -> bool:
        """An error that is about a file or a sheet as a whole, not about a row."""
        return any(not finding.where.row for finding in self.errors)

    def row_of(self, finding: Finding) -> RowKey:
        """The row the finding is about."""
        return self.homes.get(finding.where.key, finding.where.key)

    def takes(self, row: Row) -> bool:
        """Whether ``row`` is free of errors and may be imported while others are not."""
        return row.where.key not in self.refused
