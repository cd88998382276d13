"""How far the duties of a unit and of all under it are met, by rule and by the units below."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from django.db.models import Case, Count, F, QuerySet, When

from tanxin.apps.duties.access import shown
from tanxin.apps.duties.models import Duty, RuleRow
from tanxin.apps.duties.reading.reasons import reason_is_open
from tanxin.apps.duties.reading.states import conditions, of_year
from tanxin.apps.org.access import unit_for
from tanxin.apps.org.selectors import UnitNode, UnitTree, unit_tree
from tanxin.core.access import Actor, Permission
from tanxin.core.policy import rule_from_data
from tanxin.core.policy.schema import Title

# So many units are named in the query; for more the whole realm is counted and added up here.
NAMED = 500


@dataclass(slots=True)
class Tally:
    """``owed`` is the whole: held (of it ``confirmed``), contested, still open and late."""

    owed: int = 0
    held: int = 0
    confirmed: int = 0
    contested: int = 0
    open: int = 0
    late: int = 0

    def add(self, other: "Tally") -> None:
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))


@dataclass(frozen=True, slots=True)
class RuleTally:
    """``rule`` is None for all duties whose reason the actor may not know."""

    rule_id: UUID | None
    pack: str
    title: Title
    tally: Tally


@dataclass(frozen=True, slots=True)
class Coverage:
    unit: UnitNode | None
    above: list[UnitNode]
    whole: Tally
    rules: list[RuleTally]
    own: Tally
    under: list[tuple[UnitNode, Tally]]


def unit_duties(actor: Actor, unit_id: UUID, *, on: date, year: int) -> QuerySet[Duty]:
    """The duties of a year in the unit and below. Raises ``UnitNotFound`` or ``UnitForbidden``."""
    tree = unit_tree(actor.realm_id, on)
    unit_for(actor, unit_id, Permission.COVERAGE_VIEW, on=on, tree=tree)
    below = [node.id for node in tree.below(unit_id)]
    rows = Duty.objects.filter(shown(actor), realm=actor.realm_id, unit__in=below)
    return of_year(rows, year, on).select_related("rule")


def coverage_of(actor: Actor, unit_id: UUID, *, on: date, year: int) -> Coverage:
    """Raises ``UnitNotFound`` or ``UnitForbidden``."""
    tree = unit_tree(actor.realm_id, on)
    unit_for(actor, unit_id, Permission.COVERAGE_VIEW, on=on, tree=tree)
    places = places_under(tree, unit_id)
    by_place: dict[UUID, Tally] = defaultdict(Tally)
    by_rule: dict[UUID | None, Tally] = defaultdict(Tally)
    for place, rule, tally in tallies(actor, places, on=on, year=year):
        by_place[places[place]].add(tally)
        by_rule[rule].add(tally)
    whole = Tally()
    for tally in by_place.values():
        whole.add(tally)
    return Coverage(
        unit=tree.node(unit_id),
        above=list(tree.above(unit_id))[:0:-1],
        whole=whole,
        rules=list(named(actor, by_rule)),
        own=by_place[unit_id],
        under=[(child, by_place[child.id]) for child in tree.children(unit_id)],
    )


def places_under(tree: UnitTree, unit_id: UUID) -> dict[UUID, UUID]:
    """Each unit below → the row it counts in: the unit itself or one of its children."""
    places = {unit_id: unit_id}
    for child in tree.children(unit_id):
        places.update((node.id, child.id) for node in tree.below(child.id))
    return places


def tallies(
    actor: Actor, places: dict[UUID, UUID], *, on: date, year: int
) -> Iterator[tuple[UUID, UUID | None, Tally]]:
    rows = of_year(Duty.objects.filter(shown(actor), realm=actor.realm_id), year, on)
    if len(places) <= NAMED:
        rows = rows.filter(unit__in=list(places))
    asked = conditions(on)
    numbers = {field.name: Count("pk", filter=asked[field.name]) for field in fields(Tally)}
    known = reason_is_open(actor)
    told = Case(When(known, then=F("rule")), default=None) if known else F("rule")
    counted = rows.order_by().values("unit", told=told).annotate(**numbers)
    for unit, rule, *values in counted.values_list("unit", "told", *numbers):
        if unit in places:
            yield unit, rule, Tally(*values)


def named(actor: Actor, by_rule: dict[UUID | None, Tally]) -> Iterator[RuleTally]:
    """In the order of packs and rules; duties without a reason to show come last."""
    ids = [rule for rule in by_rule if rule is not None]
    rows = RuleRow.objects.filter(realm=actor.realm_id, pk__in=ids)
    for row in rows.order_by("pack", "rule", "version"):
        yield RuleTally(row.pk, row.pack, rule_from_data(row.text).title, by_rule[row.pk])
    if None in by_rule:
        yield RuleTally(None, "", Title("", ""), by_rule[None])
