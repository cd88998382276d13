"""What of a quarter somebody may know: of the units he leads all, of the others in steps."""

from dataclasses import dataclass
from datetime import date
from json import loads
from uuid import UUID

from tanxin.apps.duties.access import units_below
from tanxin.apps.org.recusals import in_force
from tanxin.apps.org.selectors import unit_tree
from tanxin.apps.oversight.coverage.models import QuarterTaken
from tanxin.apps.oversight.coverage.taking import TABLES
from tanxin.core.access import Actor, Permission, RowForbidden, RowNotFound, decide
from tanxin.core.disclosure import Group, Interval, publish

WHOLE = "whole"
MOST = 40


class StatisticsNotFound(RowNotFound):
    pass


class StatisticsForbidden(RowForbidden):
    """Only who belongs to the organisation reads its statistics."""


@dataclass(frozen=True, slots=True)
class Line:
    """``unit`` is None for all together. A number that is exact has one value."""

    unit: UUID | None
    numbers: tuple[Interval, ...]
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Quarter:
    period: str
    taken_at: date
    tables: dict[str, list[Line]]


def quarters(actor: Actor) -> list[str]:
    """Those that were counted, the latest first. Raises ``StatisticsForbidden``."""
    if not decide(Permission.STATISTICS_VIEW, actor.standing).allowed:
        raise StatisticsForbidden(Permission.STATISTICS_VIEW)
    rows = QuarterTaken.objects.filter(realm=actor.realm_id).order_by("-period")
    return list(rows.values_list("period", flat=True)[:MOST])


def quarter(actor: Actor, period: str, *, on: date) -> Quarter:
    """Raises ``StatisticsForbidden`` or ``StatisticsNotFound``.

    Whom something is kept from is told his own units' numbers in steps as well.
    """
    if not decide(Permission.STATISTICS_VIEW, actor.standing).allowed:
        raise StatisticsForbidden(Permission.STATISTICS_VIEW)
    row = QuarterTaken.objects.filter(realm=actor.realm_id, period=period).first()
    if row is None:
        raise StatisticsNotFound(period)
    kept = in_force(actor.realm_id).filter(excluded=actor.person_id).exists()
    own = frozenset() if kept else units_below(actor, on)
    counts = loads(row.counts)
    tree = unit_tree(actor.realm_id, on)
    units = [node.id for root in tree.roots for node in tree.below(root.id)]
    order = {str(unit): at for at, unit in enumerate(units)}
    tables = {
        table: lines(in_order(counts[table], order), own) for table in TABLES if table in counts
    }
    return Quarter(row.period, row.taken_at.date(), tables)


def in_order(counts: dict[str, list[int]], order: dict[str, int]) -> dict[str, list[int]]:
    """As the organisation stands today; what is gone comes last."""
    return dict(sorted(counts.items(), key=lambda one: (order.get(one[0], len(order)), one[0])))


def lines(counts: dict[str, list[int]], own: frozenset[UUID]) -> list[Line]:
    """Column by column: no row is summed up, for its columns together would be a second cut."""
    width = max((len(values) for values in counts.values()), default=0)
    told = [publish(group(counts, at)) for at in range(width)]
    found = []
    for name, values in counts.items():
        unit = UUID(name)
        if unit in own:
            found.append(Line(unit, tuple(Interval(one, one) for one in values), is_exact=True))
        else:
            found.append(Line(unit, tuple(one[name] for one in told), is_exact=False))
    whole = Line(None, tuple(one[WHOLE] for one in told), is_exact=False)
    return [*found, whole] if found else []


def group(counts: dict[str, list[int]], at: int) -> Group:
    return Group(WHOLE, parts=tuple(Group(name, values[at]) for name, values in counts.items()))
