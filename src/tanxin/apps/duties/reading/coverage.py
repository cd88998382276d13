"""How far the duties of a unit and of all under it are met, by rule and by the units below."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from django.db.models import Case, Q, QuerySet, Sum, When

from tanxin.apps.duties.access import shown
from tanxin.apps.duties.horizon import AHEAD
from tanxin.apps.duties.models import Duty, RuleRow
from tanxin.apps.duties.reading.states import of_year
from tanxin.apps.duties.tallied import COUNTED, DutyTally
from tanxin.apps.org.access import unit_for
from tanxin.apps.org.recusals import in_force
from tanxin.apps.org.selectors import UnitNode, UnitTree, unit_tree
from tanxin.core.access import Actor, Permission, decide
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

    @property
    def negative(self) -> "Tally":
        return Tally(*(-getattr(self, field.name) for field in fields(self)))

    def add(self, other: "Tally") -> None:
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))


@dataclass(frozen=True, slots=True)
class Part:
    """Duties of one unit, rule and last day; without rule and kind where these are kept."""

    unit: UUID
    rule: UUID | None
    kind: str
    due: date
    tally: Tally


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
    kinds: list[tuple[str, Tally]]
    quarters: list[tuple[int, Tally]]
    days: list[tuple[date, int]]


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
    by_kind: dict[str, Tally] = defaultdict(Tally)
    by_quarter: dict[int, Tally] = defaultdict(Tally)
    by_day: dict[date, int] = defaultdict(int)
    for part in tallies(actor, places, on=on, year=year):
        by_place[places[part.unit]].add(part.tally)
        by_rule[part.rule].add(part.tally)
        by_kind[part.kind].add(part.tally)
        by_quarter[(part.due.month + 2) // 3].add(part.tally)
        by_day[part.due] += part.tally.owed
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
        kinds=[(kind, tally) for kind, tally in sorted(by_kind.items()) if tally.owed],
        quarters=sorted(by_quarter.items()),
        days=[(day, count) for day, count in sorted(by_day.items()) if count],
    )


def places_under(tree: UnitTree, unit_id: UUID) -> dict[UUID, UUID]:
    """Each unit below → the row it counts in: the unit itself or one of its children."""
    places = {unit_id: unit_id}
    for child in tree.children(unit_id):
        places.update((node.id, child.id) for node in tree.below(child.id))
    return places


def tallies(actor: Actor, places: dict[UUID, UUID], *, on: date, year: int) -> Iterator[Part]:
    """From the roll-ups, without what is kept from the actor, with the reasons he may know."""
    open_to_all = decide(Permission.DUTY_REASON, actor.standing).allowed
    yield from rolled_up(actor, places, on=on, year=year, open_to_all=open_to_all)
    if actor.person_id is not None:
        yield from set_right(actor, places, on=on, year=year, open_to_all=open_to_all)


def rolled_up(
    actor: Actor, places: dict[UUID, UUID], *, on: date, year: int, open_to_all: bool
) -> Iterator[Part]:
    rows = DutyTally.objects.filter(
        realm=actor.realm_id,
        due__gte=date(year, 1, 1),
        due__lte=date(year, 12, 31),
        opens__lt=on + AHEAD,
    )
    if len(places) <= NAMED:
        rows = rows.filter(unit__in=list(places))
    sums = rows.order_by().values("unit", "rule", "rule__kind", "sensitive", "due")
    found = sums.annotate(**{f"{name}_sum": Sum(name) for name in COUNTED})
    columns = ("unit", "rule", "rule__kind", "sensitive", "due")
    for unit, rule, kind, sensitive, due, *counts in found.values_list(
        *columns, *(f"{name}_sum" for name in COUNTED)
    ):
        if unit in places:
            hidden = sensitive and not open_to_all
            tally = tally_of(dict(zip(COUNTED, counts, strict=True)), is_late=due < on)
            yield Part(unit, None if hidden else rule, "" if hidden else kind, due, tally)


def tally_of(counts: Mapping[str, int], *, is_late: bool) -> Tally:
    held = counts["met"] + counts["confirmed"]
    return Tally(
        owed=held + counts["open"] + counts["contested"],
        held=held,
        confirmed=counts["confirmed"],
        contested=counts["contested"],
        open=0 if is_late else counts["open"],
        late=counts["open"] if is_late else 0,
    )


def set_right(
    actor: Actor, places: dict[UUID, UUID], *, on: date, year: int, open_to_all: bool
) -> Iterator[Part]:
    """What was counted though it is kept from him, or without a reason that he may know: a few."""
    mine = in_force(actor.realm_id).filter(excluded=actor.person_id).values("about_id")
    kept = (Q(pk__in=mine) | Q(subject__in=mine)) & ~shown(actor)
    told = (
        Q(sensitive=True)
        & (Q(initiator=actor.person_id) | Q(subject=actor.person_id))
        & shown(actor)
    )
    rows = of_year(Duty.objects.filter(realm=actor.realm_id), year, on).filter(
        kept if open_to_all else kept | told
    )
    is_told = Case(When(shown(actor), then=True), default=False)
    columns = ("unit", "rule", "rule__kind", "due", "state", "sensitive", "told")
    for unit, rule, kind, due, state, sensitive, known in rows.annotate(told=is_told).values_list(
        *columns
    ):
        if unit in places and state in COUNTED:
            tally = tally_of({**dict.fromkeys(COUNTED, 0), state: 1}, is_late=due < on)
            hidden = sensitive and not open_to_all
            yield Part(unit, None if hidden else rule, "" if hidden else kind, due, tally.negative)
            if known:
                yield Part(unit, rule, kind, due, tally)


def named(actor: Actor, by_rule: dict[UUID | None, Tally]) -> Iterator[RuleTally]:
    """In the order of packs and rules; duties without a reason to show come last."""
    ids = [rule for rule, tally in by_rule.items() if rule is not None and tally.owed]
    rows = RuleRow.objects.filter(realm=actor.realm_id, pk__in=ids)
    for row in rows.order_by("pack", "rule", "version"):
        yield RuleTally(row.pk, row.pack, rule_from_data(row.text).title, by_rule[row.pk])
    if None in by_rule and by_rule[None].owed:
        yield RuleTally(None, "", Title("", ""), by_rule[None])
