"""What one says one has read: shown to oneself, to others as thirds of units of five or more."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tanxin.apps.learning.models import READABLE, CoursePassed, ReadMark
from tanxin.apps.org.selectors import main_units
from tanxin.core.access import Actor, Permission, RowForbidden, decide
from tanxin.core.learning.rates import Band, band


class NothingToRead(Exception):
    """There is no such thing to be read."""


def mark_read(actor: Actor, what: str, key: str, *, at: datetime) -> None:
    """Once; saying it again changes nothing. Raises ``NothingToRead``."""
    if actor.person_id is None:
        raise RowForbidden
    if what not in READABLE:
        raise NothingToRead(what)
    row = ReadMark(
        realm_id=actor.realm_id, person_id=actor.person_id, what=what, key=key, read_at=at
    )
    ReadMark.objects.bulk_create([row], ignore_conflicts=True)


def own_marks(actor: Actor) -> dict[tuple[str, str], datetime]:
    """What the actor has read, the latest first."""
    rows = ReadMark.objects.filter(realm=actor.realm_id, person=actor.person_id)
    listed = rows.order_by("-read_at").values_list("what", "key", "read_at")
    return {(what, key): read_at for what, key, read_at in listed}


def was_read(actor: Actor, what: str, key: str) -> bool:
    rows = ReadMark.objects.filter(realm=actor.realm_id, person=actor.person_id)
    return rows.filter(what=what, key=key).exists()


@dataclass(frozen=True, slots=True)
class UnitRate:
    unit_id: UUID
    band: Band


def may_see_rates(actor: Actor) -> bool:
    return decide(Permission.COVERAGE_VIEW, actor.standing).allowed


def rates(actor: Actor, what: str, key: str, *, on: date) -> list[UnitRate]:
    """Units in which five or more have their main post. Raises ``RowForbidden``."""
    if not may_see_rates(actor):
        raise RowForbidden(Permission.COVERAGE_VIEW)
    units = main_units(actor.realm_id, on)
    rows = ReadMark.objects.filter(realm=actor.realm_id, what=what, key=key)
    readers = set(rows.values_list("person", flat=True))
    people = Counter(units.values())
    read = Counter(unit for person, unit in units.items() if person in readers)
    found = ((unit, band(read[unit], count)) for unit, count in people.items())
    return [UnitRate(unit, one) for unit, one in found if one is not None]


def passed_at(actor: Actor) -> datetime | None:
    """When the actor himself was through the course; there is no way to ask of another."""
    rows = CoursePassed.objects.filter(realm=actor.realm_id, person=actor.person_id)
    return rows.values_list("passed_at", flat=True).first()


def note_passed(actor: Actor, *, at: datetime) -> None:
    if actor.person_id is None:
        raise RowForbidden
    row = CoursePassed(realm_id=actor.realm_id, person_id=actor.person_id, passed_at=at)
    CoursePassed.objects.bulk_create([row], ignore_conflicts=True)
