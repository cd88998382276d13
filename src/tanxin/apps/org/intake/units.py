"""Units: found by code, by name, or by name below another; added and changed as the file says."""

from hashlib import blake2b
from uuid import UUID

from tanxin.apps.org.intake.difference import Doubt
from tanxin.apps.org.intake.held import Held
from tanxin.apps.org.intake.places import Place, Places
from tanxin.apps.org.intake.rings import rings_of
from tanxin.apps.org.models import Unit
from tanxin.apps.org.roster import PersonRow, Roster, UnitRow
from tanxin.apps.org.roster.places import RowKey

SHOWN_OF_RING = 6

DEPARTMENT_ENDINGS = ("处", "部", "室", "办", "科", "中心", "处室", "办公室")


def places_of(held: Held, roster: Roster, source: str) -> Places:
    rows = [row for row in roster.units if roster.takes(row)]
    refused = [row for row in roster.units if not roster.takes(row)]
    doubts: list[Doubt] = []
    places, placed = placed_units(held, rows, refused, source)
    while rings := doubts_of_rings(places, placed):
        doubts += rings.values()
        refused += [row for row in rows if row.where.key in rings]
        rows = [row for row in rows if row.where.key not in rings]
        places, placed = placed_units(held, rows, refused, source)
    places.doubts[:0] = doubts
    for person in roster.people:
        if roster.takes(person) and not places.lacks(person.unit, person.department, person.branch):
            imply(places, person)
    return places


def placed_units(
    held: Held, rows: list[UnitRow], refused: list[UnitRow], source: str
) -> tuple[Places, list[tuple[UUID, UnitRow]]]:
    """The units held with those of the rows among them, and which row became which."""
    places = Places(held, source)
    places.left_out.update(name for row in refused for name in (row.code, row.name) if name)
    code_of = {unit_id: code for code, unit_id in held.codes.items()}
    for unit_id, spell in held.spells.items():
        places.put(
            Place(unit_id, code_of[unit_id], spell.name, spell.kind, spell.parent_id, spell.order)
        )
    placed = []
    for row in parents_first(rows):
        row_id = place_row(places, row)
        if row_id is not None:
            placed.append((row_id, row))
    return places, placed


def doubts_of_rings(places: Places, placed: list[tuple[UUID, UnitRow]]) -> dict[RowKey, Doubt]:
    """A doubt for each row whose unit would come to stand below itself."""
    found: dict[RowKey, Doubt] = {}
    rings = rings_of({place.id: place.parent_id for place in places.by_id.values()})
    for ring in rings:
        names = [places.by_id[unit_id].name for unit_id in ring]
        shown = " → ".join([*names[:SHOWN_OF_RING], names[0]])
        on_ring = set(ring)
        for unit_id, row in placed:
            if unit_id in on_ring:
                found[row.where.key] = Doubt(row.where, "unit-ring", shown)
    return found


def parents_first(rows: list[UnitRow]) -> list[UnitRow]:
    named = {name: row for row in rows for name in (row.code, row.name) if name}
    ordered: dict[int, UnitRow] = {}

    for row in rows:
        climbed: dict[int, UnitRow] = {}
        at: UnitRow | None = row
        while at is not None and id(at) not in ordered and id(at) not in climbed:
            climbed[id(at)] = at
            at = named.get(at.parent) or named.get(at.parent.rpartition("/")[2])
        for step in reversed(climbed.values()):
            ordered[id(step)] = step
    return list(ordered.values())


def place_row(places: Places, row: UnitRow) -> UUID | None:
    """The row's unit; None where the one above it is left out, and so it is too."""
    parent_id = places.find(row.parent) if row.parent else None
    if row.parent and parent_id is None:
        places.doubts.append(Doubt(row.where, "parent-left-out", row.parent))
        places.left_out.update(filter(None, (row.code, row.name)))
        return None
    code = row.code or made_code(row.parent, row.name)
    unit_id = places.by_code.get(code) or (
        places.find(row.name, row.parent) if not row.code else None
    )
    old = places.held.spells.get(unit_id) if unit_id else None
    if unit_id is None or old is None:
        unit = Unit(code=code)
        fresh = Place(
            unit_id or unit.id, code, row.name, row.kind or "other", parent_id, row.order or 0
        )
        places.add(fresh)
        return fresh.id
    known = places.by_id[unit_id]
    order = known.order if row.order is None else row.order
    wanted = Place(unit_id, known.code, row.name, row.kind or known.kind, parent_id, order)
    if wanted != known:
        places.change(old, wanted)
    return unit_id


def imply(places: Places, person: PersonRow) -> None:
    """Where nobody listed the units, those the people name stand for themselves."""
    if person.unit and places.find(person.unit) is None:
        add_implied(places, person.unit, "organ", None)
    above = places.find(person.unit) if person.unit else None
    if person.department and places.find(person.department, person.unit) is None:
        ends = person.department.endswith(DEPARTMENT_ENDINGS)
        add_implied(places, person.department, "department" if ends else "institution", above)
    if person.branch and places.find(person.branch) is None:
        add_implied(places, person.branch, "branch", above)


def add_implied(places: Places, name: str, kind: str, parent_id: UUID | None) -> None:
    parent = places.by_id[parent_id].code if parent_id else ""
    code = made_code(parent, name)
    places.add(Place(Unit(code=code).id, code, name, kind, parent_id, len(places.by_id)))


def made_code(parent: str, name: str) -> str:
    """A lasting code for a unit that came without one."""
    return "u-" + blake2b(f"{parent}/{name}".encode(), digest_size=6).hexdigest()
