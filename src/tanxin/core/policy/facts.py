"""The facts duties rest on, as small rows; whoever stores them hands them over in this shape.

Dates are half-open: ``start`` is the first day (None: since ever), ``end`` the first day no longer
(None: open). Ids are UUIDs, integers, bytes or strings, and the same kind throughout.
"""

from collections.abc import Hashable
from datetime import date
from typing import NamedTuple


class PersonFact(NamedTuple):
    id: Hashable
    start: date | None = None
    end: date | None = None


class UnitFact(NamedTuple):
    """One spell of a unit: where it stood for a time."""

    id: Hashable
    kind: str
    parent: Hashable | None = None
    start: date | None = None
    end: date | None = None


class PostFact(NamedTuple):
    id: Hashable
    unit: Hashable
    level: str


class TenureFact(NamedTuple):
    person: Hashable
    post: Hashable
    start: date | None = None
    end: date | None = None


class TeamFact(NamedTuple):
    id: Hashable
    unit: Hashable
    kind: str


class SeatFact(NamedTuple):
    team: Hashable
    person: Hashable
    role: str
    start: date | None = None
    end: date | None = None


class ChargeFact(NamedTuple):
    person: Hashable
    unit: Hashable
    start: date | None = None
    end: date | None = None


class BranchMemberFact(NamedTuple):
    person: Hashable
    branch: Hashable
    role: str
    start: date | None = None
    end: date | None = None


class ContactFact(NamedTuple):
    kind: str
    person: Hashable
    other: Hashable | None = None
    unit: Hashable | None = None
    start: date | None = None
    end: date | None = None


class StateFact(NamedTuple):
    id: Hashable
    person: Hashable
    kind: str
    start: date | None = None
    end: date | None = None
    sensitive: bool = True


class EventFact(NamedTuple):
    """``unit`` may be given beside ``person``: the branch that received an application."""

    id: Hashable
    kind: str
    on: date
    unit: Hashable | None = None
    team: Hashable | None = None
    person: Hashable | None = None
    sensitive: bool = False


class TraitFact(NamedTuple):
    """What a person is by a table, such as a rank; ``value`` is the code there."""

    person: Hashable
    kind: str
    value: str
    start: date | None = None
    end: date | None = None


class DateFact(NamedTuple):
    """A personal date that comes back each year, and from which years are counted until ``end``."""

    person: Hashable
    kind: str
    on: date
    end: date | None = None


class TalkFact(NamedTuple):
    """A talk that was held. ``rule`` is a rule it met, as ``pack/rule``; one row for each."""

    id: Hashable
    initiator: Hashable
    subject: Hashable
    kind: str
    on: date
    type: str = ""
    rule: str = ""


class LapseFact(NamedTuple):
    """A duty that went unmet; ``rule`` is the id of its rule, ``on`` the first day it was late."""

    id: Hashable
    person: Hashable
    rule: str
    on: date


class DelegateFact(NamedTuple):
    """An approved delegation; it holds for all rules where ``rule``, its id, is empty."""

    person: Hashable
    delegate: Hashable
    rule: str = ""
    start: date | None = None
    end: date | None = None


class AuthorityFact(NamedTuple):
    """``unit`` manages those in ``over`` and below, of a rank only where one is named."""

    unit: Hashable
    over: Hashable
    rank: str = ""
    start: date | None = None
    end: date | None = None
