"""Units: found by code, by name, or by name below another; added and changed as the file says."""

from dataclasses import dataclass, field
from hashlib import blake2b
from uuid import UUID

from tanxin.apps.org.intake.difference import Group, Step
from tanxin.apps.org.intake.held import Held
from tanxin.apps.org.models import Unit, UnitSpell
from tanxin.apps.org.roster import PersonRow, Roster, UnitRow

DEPARTMENT_ENDINGS = ("处", "部", "室", "办", "科", "中心", "处室", "办公室")


@dataclass
class Place:
    """A unit as it will be after the import."""

    id: UUID
    code: str
    name: str
    kind: str
    parent_id: UUID | None
    order: int


@dataclass
class Places:
    held: Held
    source: str
    by_id: dict[UUID, Place] = field(default_factory=dict)
    by_code: dict[str, UUID] = field(default_factory=dict)
    by_name: dict[str, list[UUID]] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    found: dict[tuple[str, str], UUID | None] = field(default_factory=dict)

    def find(self, name: str, below: str = "") -> UUID | None:
        """The unit of that code or name; among several of a name, the one below ``below``."""
        asked = (name, below)
        if asked not in self.found:
            self.found[asked] = self.look_for(name, below)
        return self.found[asked]

    def look_for(self, name: str, below: str) -> UUID | None:
        if name in self.by_code:
            return self.by_code[name]
        found = self.by_name.get(name, [])
        if len(found) > 1 and below:
            above = self.find(below)
            found = [unit for unit in found if above in self.above(unit)]
        return found[0] if found else None

    def above(self, unit_id: UUID) -> set[UUID]:
        seen: set[UUID] = set()
        place = self.by_id.get(unit_id)
        while place and place.parent_id and place.parent_id not in seen:
            seen.add(place.parent_id)
            place = self.by_id.get(place.parent_id)
        return seen

    def put(self, place: Place) -> None:
        self.found.clear()
        known = self.by_id.get(place.id)
        if known:
            self.by_name[known.name].remove(known.id)
        self.by_id[place.id] = place
        self.by_code[place.code] = place.id
        self.by_name.setdefault(place.name, []).append(place.id)

    def add(self, place: Place) -> None:
        """A unit the realm does not have yet."""
        self.put(place)
        unit = Unit(id=place.id, code=place.code)
        above = self.by_id[place.parent_id].name if place.parent_id else ""
        rows = (unit, self.spell(place))
        self.steps.append(Step(Group.UNIT_NEW, place.name, after=above, rows=rows))

    def spell(self, place: Place, **more: object) -> UnitSpell:
        return UnitSpell(
            unit_id=place.id, name=place.name, kind=place.kind, parent_id=place.parent_id,
            order=place.order, source=self.source, **more,
        )  # fmt: skip

    def change(self, old: UnitSpell, place: Place) -> None:
        before = self.by_id[place.id]
        self.put(place)
        said = f"{before.name} → {place.name}" if before.name != place.name else place.name
        above = self.by_id[place.parent_id].name if place.parent_id else ""
        if old.start and old.start >= self.held.on:
            row = self.spell(place, start=old.start)
            step = Step(
                Group.UNIT_CHANGED, said, after=above, rows=(row,), voids=((UnitSpell, old.pk),)
            )
        else:
            row = self.spell(place, start=self.held.on)
            ends = ((UnitSpell, old.pk, self.held.on),)
            step = Step(Group.UNIT_CHANGED, said, after=above, rows=(row,), ends=ends)
        self.steps.append(step)


def places_of(held: Held, roster: Roster, source: str) -> Places:
    places = Places(held, source)
    code_of = {unit_id: code for code, unit_id in held.codes.items()}
    for unit_id, spell in held.spells.items():
        places.put(
            Place(unit_id, code_of[unit_id], spell.name, spell.kind, spell.parent_id, spell.order)
        )
    for row in parents_first([row for row in roster.units if roster.takes(row)]):
        place_row(places, row)
    for person in roster.people:
        if roster.takes(person):
            imply(places, person)
    return places


def parents_first(rows: list[UnitRow]) -> list[UnitRow]:
    named = {name: row for row in rows for name in (row.code, row.name) if name}
    ordered: dict[int, UnitRow] = {}

    for row in rows:
        climbed: dict[int, UnitRow] = {}
        at: UnitRow | None = row
        while at is not None and id(at) not in ordered and id(at) not in climbed:
            climbed[id(at)] = at
            at = named.get(at.parent)
        for step in reversed(climbed.values()):
            ordered[id(step)] = step
    return list(ordered.values())


def place_row(places: Places, row: UnitRow) -> None:
    parent_id = places.find(row.parent) if row.parent else None
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
        return
    known = places.by_id[unit_id]
    order = known.order if row.order is None else row.order
    wanted = Place(unit_id, known.code, row.name, row.kind or known.kind, parent_id, order)
    if wanted != known:
        places.change(old, wanted)


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
