"""How far issues came, by unit, kind and month: from roll-ups, at the same cost at any size.

Whoever leads a unit sees the exact figures of it and below. Organisers and supervisors see one
picture of the whole organisation, with small numbers withheld and months that are over. What is
kept from somebody is not counted for him either.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from tanxin.apps.duties.access import units_below
from tanxin.apps.issues.access import kept_issues
from tanxin.apps.issues.counted import SIDES, Counted, Tally
from tanxin.apps.issues.tallies import STAGES
from tanxin.apps.org.access import UnitForbidden, UnitNotFound
from tanxin.apps.org.recusals import in_force
from tanxin.apps.org.selectors.units import UnitTree, unit_tree
from tanxin.core.access import Actor, Permission, Relation, decide
from tanxin.core.tallying import NONE, Figures, Told, figures_of, summed, told, told_together

OUTSIDE = frozenset({Relation.ORGANISER, Relation.SUPERVISOR})
Cut = list[tuple[Any, Figures]]


@dataclass(frozen=True, slots=True)
class Row:
    """``key`` is a month, the key of a kind, or a unit; the numbers are those of ``STAGES``."""

    key: Any
    numbers: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """``months`` and ``kinds`` are None where, beside the others, they would tell too much."""

    is_exact: bool
    whole: tuple[Told, ...]
    units: list[Row]
    kinds: list[Row] | None
    months: list[Row] | None


def units_led(actor: Actor, *, on: date) -> list[UUID]:
    """The topmost units of which the actor sees exact figures."""
    mine, tree = units_below(actor, on), unit_tree(actor.realm_id, on)
    nodes = (tree.node(unit) for unit in mine)
    return [node.id for node in nodes if node and node.parent_id not in mine]


def may_see_all(actor: Actor) -> bool:
    return decide(Permission.COVERAGE_VIEW, actor.standing & OUTSIDE).allowed


@dataclass(frozen=True, slots=True)
class Months:
    """Whole months, each named by its first day."""

    first: date
    last: date


def months_of(year: int) -> Months:
    return Months(date(year, 1, 1), date(year, 12, 1))


def picture_of(actor: Actor, unit_id: UUID, side: str, months: Months, *, on: date) -> Picture:
    """Of a unit the actor leads, with all under it. Raises ``UnitNotFound``, ``UnitForbidden``."""
    tree = unit_tree(actor.realm_id, on)
    if unit_id not in tree:
        raise UnitNotFound(unit_id)
    if unit_id not in units_below(actor, on):
        raise UnitForbidden(unit_id)
    under = {node.id for node in tree.below(unit_id)}
    rows = raised_in(actor, side, months).filter(unit__in=under)
    kept = [one for one in kept_from(actor, side, months) if unit_of(one, side) in under]
    place = {node.id: child.id for child in tree.children(unit_id) for node in tree.below(child.id)}
    units = cut(rows, "unit", kept_by(kept, side), place | {unit_id: unit_id})
    kinds = cut(rows, "kind", kept_by(kept, "kind"))
    by_month = cut(rows, "month", kept_by(kept, "month"))
    return Picture(
        is_exact=True,
        whole=numbers(summed(figures for _, figures in by_month)),
        units=exact(units),
        kinds=exact(kinds),
        months=exact(by_month),
    )


def picture_of_all(actor: Actor, *, year: int, on: date) -> Picture:
    """Of the whole organisation, by its uppermost units. Raises ``UnitForbidden``."""
    if not may_see_all(actor):
        raise UnitForbidden
    over, whole_year = on.replace(day=1), months_of(year)
    rows = raised_in(actor, "solving", whole_year).filter(month__lt=over)
    kept = [one for one in kept_from(actor, "solving", whole_year) if one.month < over]
    units = cut(rows, "unit", kept_by(kept, "solving"), uppermost(unit_tree(actor.realm_id, on)))
    kinds = cut(rows, "kind", kept_by(kept, "kind"))
    months = cut(rows, "month", kept_by(kept, "month"))
    whole = [(None, summed(figures for _, figures in units))]
    by_unit, all_told, by_kind, by_month = withheld(units, whole, kinds, months)
    least = tuple(map(least_of, zip(*(row.numbers for row in by_unit or []), strict=True)))
    return Picture(
        is_exact=False,
        whole=all_told[0].numbers if all_told else least,
        units=by_unit or [],
        kinds=by_kind,
        months=by_month,
    )


def least_of(parts: Iterable[Told]) -> Told:
    """What follows from the parts alone, where the whole would tell more of them."""
    return Told(sum(part.number for part in parts), is_exact=False)


def withheld(*cuts: Cut) -> list[list[Row] | None]:
    """The cuts as they may stand side by side; one that tells too much of a stage goes whole."""
    by_stage = [
        told_together([[getattr(figures, stage) for _, figures in cut] for cut in cuts])
        for stage in STAGES
    ]
    return [rows_of(cut, [stage[at] for stage in by_stage]) for at, cut in enumerate(cuts)]


def rows_of(cut: Cut, stages: list[list[Told] | None]) -> list[Row] | None:
    shown = [stage for stage in stages if stage is not None]
    if len(shown) < len(stages):
        return None
    return [Row(key, tuple(stage[place] for stage in shown)) for place, (key, _) in enumerate(cut)]


def exact(cut: Cut) -> list[Row]:
    return [Row(key, numbers(figures)) for key, figures in cut]


def numbers(figures: Figures, *, exactly: bool = True) -> tuple[Told, ...]:
    return tuple(told(getattr(figures, stage), exactly=exactly) for stage in STAGES)


def raised_in(actor: Actor, side: str, months: Months) -> QuerySet[Tally]:
    return Tally.objects.filter(
        realm=actor.realm_id,
        side=side if side in SIDES else "solving",
        month__gte=months.first,
        month__lte=months.last,
    )


def cut(
    rows: QuerySet[Tally],
    column: str,
    kept: Mapping[Any, Figures],
    places: Mapping[UUID, UUID] | None = None,
) -> Cut:
    """The sums by a column, without what is kept from the reader; units as ``places`` put them."""
    sums = rows.values(column).annotate(**{f"sum_{stage}": Sum(stage) for stage in STAGES})
    found: dict[Any, Figures] = {}
    for row in sums.order_by(column):
        key = row[column]
        figures = Figures(*(row[f"sum_{stage}"] for stage in STAGES)) + -kept.get(key, NONE)
        place = places.get(key, key) if places else key
        found[place] = found.get(place, NONE) + figures
    return [(key, figures) for key, figures in found.items() if figures != NONE]


def uppermost(tree: UnitTree) -> dict[UUID, UUID]:
    """Unit → the one right under the top in which it lies; the top itself stays."""
    return {
        node.id: child.id
        for root in tree.roots
        for child in tree.children(root.id)
        for node in tree.below(child.id)
    }


def kept_from(actor: Actor, side: str, months: Months) -> list[Counted]:
    """What is kept from the actor and counted in these months; nothing for nearly everybody."""
    if not in_force(actor.realm_id).filter(excluded=actor.person_id).exists():
        return []
    rows = Counted.objects.filter(
        Q(issue__in=kept_issues(actor)),
        realm=actor.realm_id,
        month__gte=months.first,
        month__lte=months.last,
    )
    return [one for one in rows if unit_of(one, side)]


def unit_of(one: Counted, side: str) -> UUID | None:
    return one.led_unit_id if side == "led" else one.unit_id


def kept_by(kept: Iterable[Counted], column: str) -> dict[Any, Figures]:
    """The figures of what is kept, by a column of the roll-ups or by the unit of a side."""
    found: dict[Any, Figures] = {}
    for one in kept:
        key = unit_of(one, column) if column in SIDES else getattr(one, column)
        found[key] = found.get(key, NONE) + figures_of(one.reached)
    return found
