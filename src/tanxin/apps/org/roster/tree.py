"""The units of a roster as a tree, and what may be said to refer to one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from tanxin.apps.org.codes import table
from tanxin.apps.org.roster.findings import Problem, Report, unclear, wrong
from tanxin.apps.org.roster.rows import Known, UnitRow

# Comparing with every name is slow; beyond so many names no likeness is offered.
MOST_COMPARED = 3000
PARTY = frozenset({"committee", "general_branch", "branch", "group"})
INNER = frozenset({"department", "section", "ward", "workshop"})
# Kinds of units that do not stand in a column; 机关党委 has staff, a branch only has members.
UNFIT = {
    "upper": (PARTY - {"committee"}) | INNER,
    "unit": PARTY - {"committee"},
    "department": (PARTY - {"committee"}) | {"organ"},
    "branch": frozenset(table("unit_kind").words) - PARTY - {"other"},
}


class Places:
    """Units by code and by name, those of the file and those already known."""

    def __init__(self, units: Iterable[UnitRow], known: Known) -> None:
        self.by_code: dict[str, UnitRow] = {}
        self.by_name: dict[str, list[UnitRow]] = defaultdict(list)
        self.known = known.units
        self.known_kinds = known.kinds or {(name, "") for name in known.units}
        self.likeness: dict[tuple[str, str], tuple[str, ...]] = {}
        self.below: dict[tuple[str, str], bool] = {}
        for unit in units:
            self.by_name[unit.name].append(unit)
            if unit.code:
                self.by_code.setdefault(unit.code, unit)

    def __bool__(self) -> bool:
        return bool(self.by_name or self.known)

    def __contains__(self, name: str) -> bool:
        return name in self.by_code or name in self.by_name or name in self.known

    def found(self, name: str) -> list[UnitRow]:
        """The units of the file that ``name`` (a code, a name or a path) may mean."""
        if name in self.by_code:
            return [self.by_code[name]]
        if name in self.by_name:
            return self.by_name[name]
        above, _, last = name.rpartition("/")
        return [u for u in self.by_name.get(last, []) if above and self.is_below(u, above)]

    def is_below(self, unit: UnitRow, above: str) -> bool:
        """Whether ``above`` is the unit's parent by code, name or path."""
        last = above.rpartition("/")[2]
        parents = self.found(unit.parent) if unit.parent else []
        return unit.parent == last or any(last in {p.code, p.name} for p in parents)

    def has_below(self, name: str, above: str) -> bool:
        """Whether a unit of that name stands below ``above``; many rows ask the same."""
        asked = (name, above)
        if asked not in self.below:
            self.below[asked] = any(self.is_below(unit, above) for unit in self.found(name))
        return self.below[asked]

    def nearest(self, name: str, column: str = "") -> tuple[str, ...]:
        """Names like it, of units of a kind that stands in such a column."""
        if (name, column) not in self.likeness:
            unfit = UNFIT.get(column, frozenset())
            names = [*dict.fromkeys(name for name, kind in self.kinds() if kind not in unfit)]
            compared = names if len(names) <= MOST_COMPARED else []
            close = get_close_matches(name, compared, n=3, cutoff=0.5)
            self.likeness[name, column] = tuple(close)
        return self.likeness[name, column]

    def kinds(self) -> Iterator[tuple[str, str]]:
        for name, units in self.by_name.items():
            yield from ((name, unit.kind) for unit in units)
        yield from self.known_kinds


def check_units(units: list[UnitRow], places: Places, report: Report) -> None:
    codes = Counter(unit.code for unit in units if unit.code)
    siblings = Counter((unit.name, unit.parent) for unit in units)
    for unit in units:
        if codes[unit.code] > 1:
            report.add(unit.where, wrong("unit-code-twice", "keep-one", value=unit.code), "code")
        elif siblings[unit.name, unit.parent] > 1 and not unit.code:
            report.add(unit.where, wrong("unit-twice", "keep-one", value=unit.name), "name")
        check_parent(unit, places, report)
    check_cycles(units, places, report)


def check_parent(unit: UnitRow, places: Places, report: Report) -> None:
    if not unit.parent or unit.parent in places.known:
        return
    found = places.found(unit.parent)
    if not found:
        near = places.nearest(unit.parent)
        report.add(unit.where, missing("parent-unknown", unit.parent, near), "parent")
    elif len(found) > 1:
        codes = tuple(u.code for u in found if u.code)
        report.add(
            unit.where,
            unclear("parent-ambiguous", *codes, hint="use-code", value=unit.parent),
            "parent",
        )


def check_cycles(units: list[UnitRow], places: Places, report: Report) -> None:
    """Each unit on a ring is named once; climbing stops at what is already known to be sound."""
    sound: set[int] = set()
    for unit in units:
        climbed: dict[int, UnitRow] = {}
        at: UnitRow | None = unit
        while at is not None and id(at) not in sound and id(at) not in climbed:
            climbed[id(at)] = at
            at = parent_of(at, places)
        if at is not None and id(at) in climbed:
            ring = list(climbed.values())
            ring = ring[next(i for i, step in enumerate(ring) if step is at) :]
            names = " → ".join([step.name for step in ring[:6]] + [at.name])
            for step in ring:
                report.add(step.where, wrong("unit-cycle", "mend-parent", ring=names), "parent")
        sound.update(climbed)


def parent_of(unit: UnitRow, places: Places) -> UnitRow | None:
    found = places.found(unit.parent) if unit.parent else []
    return found[0] if len(found) == 1 else None


def missing(code: str, value: str, near: tuple[str, ...]) -> Problem:
    """An unknown name: a question where something like it is known, an error where nothing is."""
    if near:
        words = "、".join(near)
        return unclear(f"{code}-like", *near, hint="choose-unit", value=value, nearest=words)
    return wrong(code, hint="add-unit", value=value)
