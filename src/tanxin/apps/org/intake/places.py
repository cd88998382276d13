"""The tree of units as it would be after the import, and what a name in it stands for."""

from dataclasses import dataclass, field
from uuid import UUID

from tanxin.apps.org.intake.difference import Doubt, Group, Step
from tanxin.apps.org.intake.held import Held
from tanxin.apps.org.models import Unit, UnitSpell


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
    """All units, those held and those of the file.

    ``left_out`` are codes and names of the file's rows that cannot be placed; ``former`` leads from
    names to the units that had them before this import.
    """

    held: Held
    source: str
    by_id: dict[UUID, Place] = field(default_factory=dict)
    by_code: dict[str, UUID] = field(default_factory=dict)
    by_name: dict[str, list[UUID]] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)
    former: dict[str, UUID] = field(default_factory=dict)
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
        if not found and name in self.former:
            return self.former[name]
        path, _, last = name.rpartition("/")
        if not found and path:
            return self.look_for(last, path)
        if len(found) > 1 and below:
            above = self.find(below)
            found = [unit for unit in found if above in self.above(unit)]
        return found[0] if found else None

    def lacks(self, *names: str) -> str:
        """The first of the names whose unit is left out; empty where none is."""
        return next((n for n in names if n in self.left_out and self.find(n) is None), "")

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
            self.former[known.name] = known.id
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
