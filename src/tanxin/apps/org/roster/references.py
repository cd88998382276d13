"""What rows say about units, teams and persons that stand in other rows."""

from dataclasses import replace
from functools import cache

from tanxin.apps.org.roster.columns import kinds
from tanxin.apps.org.roster.findings import Report, remark, unclear
from tanxin.apps.org.roster.people import Bearers
from tanxin.apps.org.roster.places import Where
from tanxin.apps.org.roster.rows import ContactRow, EventRow, Known, PersonRow, Roster, Row
from tanxin.apps.org.roster.tree import Places, missing


def check_places(persons: list[PersonRow], places: Places, where: Where, report: Report) -> None:
    """Without a list of units those of the people stand for themselves, and a note says so."""
    if not places:
        names = {(person.unit, person.department) for person in persons if person.unit}
        if names:
            report.add(where, remark("units-implied", count=len(names)))
        return
    sound: set[tuple[str, str, str]] = set()
    for person in persons:
        named = (person.unit, person.department, person.branch)
        if named not in sound and all(
            [
                is_sound(person, "unit", person.unit, places, report),
                is_sound(person, "branch", person.branch, places, report),
                is_sound_department(person, places, report),
            ]
        ):
            sound.add(named)


def is_sound(row: Row, field: str, name: str, places: Places, report: Report) -> bool:
    """Whether the name stands for one unit; reported where it does not."""
    if not name or name in places.known:
        return True
    found = places.found(name)
    where = row.where.at("", heading_of(field)) if isinstance(row, PersonRow) else row.where
    if not found:
        near = places.nearest(name, column_of(row, field))
        report.add(where, missing("unit-unknown", name, near), field)
    elif len(found) > 1:
        codes = tuple(unit.code for unit in found if unit.code)
        report.add(where, unclear("unit-ambiguous", *codes, hint="use-code", value=name), field)
    return len(found) == 1


def column_of(row: Row, field: str) -> str:
    """Which kinds of units are looked for; a unit beside a department is none itself."""
    if not isinstance(row, PersonRow):
        return ""
    return "upper" if field == "unit" and row.department else field


@cache
def heading_of(field: str) -> str:
    return kinds()["people"].column(field).heads[0]


def is_sound_department(person: PersonRow, places: Places, report: Report) -> bool:
    """A department of a common name (办公室) is told apart by the unit it stands in."""
    name = person.department
    if person.unit and places.has_below(name, person.unit):
        return True
    return is_sound(person, "department", name, places, report)


def settled_kinds(roster: Roster, bearers: Bearers, places: Places, known: Known) -> Roster:
    """「对象/单位」 and 「单位/班子」 hold one of several things; only now it shows which."""
    teams = {seat.team for seat in roster.teams} | known.teams
    return replace(
        roster,
        contacts=tuple(settled_contact(row, bearers, places) for row in roster.contacts),
        events=tuple(settled_event(row, teams, bearers, places) for row in roster.events),
    )


def settled_contact(row: ContactRow, bearers: Bearers, places: Places) -> ContactRow:
    if not row.unit or row.other or row.unit in places or not bearers.is_name(row.unit):
        return row
    return replace(row, unit="", other=row.unit)


def settled_event(
    row: EventRow, teams: set[str] | frozenset[str], bearers: Bearers, places: Places
) -> EventRow:
    if not row.unit or row.unit in places:
        return row
    if row.unit in teams and not row.team:
        return replace(row, unit="", team=row.unit)
    if bearers.is_name(row.unit) and not row.name:
        return replace(row, unit="", name=row.unit)
    return row


def check_references(roster: Roster, bearers: Bearers, places: Places, report: Report) -> None:
    rows: tuple[Row, ...] = (
        *roster.teams, *roster.charges, *roster.contacts, *roster.states, *roster.events,
    )  # fmt: skip
    for row in rows:
        check_person(row, "name", getattr(row, "number", ""), bearers, report)
        unit: str = getattr(row, "unit", "")
        if places and unit:
            is_sound(row, "unit", unit, places, report)
    for contact in roster.contacts:
        check_person(contact, "other", contact.other_number, bearers, report)
    for managed in roster.authorities if places else ():
        for name in ("unit", "over"):
            if named := getattr(managed, name):
                is_sound(managed, name, named, places, report)


def check_person(row: Row, field: str, number: str, bearers: Bearers, report: Report) -> None:
    name: str = getattr(row, field)
    if bearers and (name or number):
        problem = bearers.problem(name, number)
        if problem:
            report.add(row.where, problem, field)


def closed(roster: Roster, where: Where, report: Report) -> Roster:
    """The roster with its findings, in the order of file, sheet and row."""
    found = sorted(report.closed(where), key=lambda finding: finding.where.key)
    return replace(roster, findings=tuple(found), refused=frozenset(report.refused))
