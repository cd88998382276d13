"""The roll-ups of duties by unit, rule and time, kept by the transaction that changes a duty.

Whatever writes duties does so inside ``counted_again``: the roll-ups change by the difference of
what those duties counted for before and after. A whole load is counted anew instead.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F

from tanxin.apps.duties import bulk
from tanxin.apps.duties.models import Duty
from tanxin.apps.duties.tallied import COUNTED, DutyTally

# From so many on counting the realm anew costs less than comparing.
MANY = 20_000
BATCH = 500


class Cell(NamedTuple):
    """In this order cells are written, by everybody."""

    unit_id: UUID
    due: date
    rule_id: UUID
    opens: date
    sensitive: bool


CELL = ("unit", "due", "rule", "opens", "sensitive")
Counts = Counter[tuple[Cell, str]]


@contextmanager
def counted_again(realm_id: UUID, duty_ids: Collection[UUID]) -> Iterator[None]:
    """Around a change of these duties, inside its transaction."""
    if len(duty_ids) > MANY:
        yield
        rebuild(realm_id)
        return
    before = counts_of(realm_id, duty_ids)
    yield
    after = counts_of(realm_id, duty_ids)
    after.subtract(before)
    write(realm_id, after)


def counts_of(realm_id: UUID, duty_ids: Collection[UUID]) -> Counts:
    found: Counts = Counter()
    ids = list(duty_ids)
    for start in range(0, len(ids), BATCH):
        rows = Duty.objects.filter(
            realm=realm_id, pk__in=ids[start : start + BATCH], unit__isnull=False, state__in=COUNTED
        ).order_by()
        counted = rows.values(*CELL, "state").annotate(count=Count("pk"))
        for *cell, state, count in counted.values_list(*CELL, "state", "count"):
            found[Cell(*cell), state] += count
    return found


def write(realm_id: UUID, change: Counts) -> None:
    """One order for all, so that two who change the same cells do not wait for each other."""
    by_cell: dict[Cell, dict[str, int]] = {}
    for (cell, state), count in change.items():
        if count:
            by_cell.setdefault(cell, {})[state] = count
    for cell in sorted(by_cell):
        where = dict(zip(CELL, cell, strict=True))
        rows = DutyTally.objects.filter(realm=realm_id, **where)
        added = {state: F(state) + count for state, count in by_cell[cell].items()}
        if not rows.update(**added):
            fresh = DutyTally(realm_id=realm_id, **cell._asdict())
            DutyTally.objects.bulk_create([fresh], ignore_conflicts=True)
            rows.update(**added)


def rebuild(realm_id: UUID) -> int:
    """Count everything anew; returns the number of roll-ups."""
    with transaction.atomic():
        DutyTally.objects.filter(realm=realm_id).delete()
        bulk.count_all(realm_id)
        return DutyTally.objects.filter(realm=realm_id).count()


def kept(realm_id: UUID) -> Counts:
    """The roll-ups as they stand; what has become nothing is left out."""
    found: Counts = Counter()
    rows = DutyTally.objects.filter(realm=realm_id).values_list(*CELL, *COUNTED)
    for row in rows:
        cell = Cell(*row[: len(CELL)])
        for state, count in zip(COUNTED, row[len(CELL) :], strict=True):
            if count:
                found[cell, state] += count
    return found


def recounted(realm_id: UUID) -> Counts:
    """What the roll-ups should be: the duties themselves, asked one by one."""
    rows = Duty.objects.filter(realm=realm_id, unit__isnull=False, state__in=COUNTED)
    cells = rows.values_list(*CELL, "state")
    return Counter((Cell(*row[: len(CELL)]), row[-1]) for row in cells.iterator())
