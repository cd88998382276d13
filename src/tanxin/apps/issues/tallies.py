"""The roll-ups of issues by unit, month and kind, kept by whatever changes an issue.

``keep_count`` compares what an issue counts for now with what it was counted as, and changes the
roll-ups by the difference, so it may be called once too often but not once too seldom.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from tanxin.apps.issues.counted import Counted, Tally
from tanxin.apps.issues.models import Issue
from tanxin.apps.org.selectors.people import unit_of
from tanxin.apps.realms.selectors import zone_of
from tanxin.core.following import Effect
from tanxin.core.lifecycle import IssueState
from tanxin.core.tallying import NONE, Figures, Reached, figures_of

COUNTED = ("kind", "month", "led_unit_id", "unit_id", "reached")
STAGES = ("raised", "answered", "verified", "effective")


class Cell(NamedTuple):
    """Where an issue is counted; in this order cells are written, by everybody."""

    side: str
    unit_id: UUID
    month: date
    kind: str


Change = dict[Cell, Figures]


def keep_count(issue: Issue) -> None:
    """Call it in the transaction that changed the issue, after the change.

    The issue's row has been changed in it, so nobody else counts the same issue at this time.
    """
    was = Counted.objects.filter(realm=issue.realm_id, issue=issue).first()
    now = counted_as(issue.realm_id, issue.pk, was)
    if was is not None and same(was, now):
        return
    change = difference(was, now)
    if was is None:
        now.save(force_insert=True)
    else:
        Counted.objects.filter(realm=issue.realm_id, issue=issue).update(
            **{name: getattr(now, name) for name in COUNTED}
        )
    write(issue.realm_id, change)


def counted_as(realm_id: UUID, issue_id: UUID, was: Counted | None = None) -> Counted:
    """The issue as it stands; where it was raised does not change with later moves of people."""
    row = Issue.objects.filter(realm=realm_id, pk=issue_id).select_related("talk").get()
    day = row.raised_at.astimezone(zone_of(realm_id)).date()
    return Counted(
        realm_id=realm_id,
        issue=row,
        kind=row.kind,
        month=day.replace(day=1),
        led_unit_id=was.led_unit_id if was else unit_of(realm_id, row.talk.initiator_id, day),
        unit_id=row.unit_id,
        reached=reached(row),
    )


def reached(issue: Issue) -> int:
    """What was merged is verified with the issue it was merged in; only a word says it helped."""
    found = Reached.RAISED
    if issue.answered_at is not None:
        found |= Reached.ANSWERED
    if issue.state in {IssueState.VERIFIED, IssueState.ANSWERED}:
        found |= Reached.VERIFIED
    if issue.effect == Effect.SOLVED:
        found |= Reached.EFFECTIVE
    return int(found)


def same(one: Counted, other: Counted) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in COUNTED)


def difference(was: Counted | None, now: Counted) -> Change:
    change: Change = {}
    for row, sign in ((was, -1), (now, 1)):
        for cell, figures in cells_of(row) if row else ():
            change[cell] = change.get(cell, NONE) + (figures if sign > 0 else -figures)
    return {cell: figures for cell, figures in change.items() if figures != NONE}


def cells_of(row: Counted) -> Iterator[tuple[Cell, Figures]]:
    figures = figures_of(row.reached)
    for side, unit_id in (("led", row.led_unit_id), ("solving", row.unit_id)):
        if unit_id is not None:
            yield Cell(side, unit_id, row.month, row.kind), figures


def write(realm_id: UUID, change: Change) -> None:
    """One order for all, so that two who change the same cells do not wait for each other."""
    for cell in sorted(change):
        added = {
            stage: F(stage) + getattr(change[cell], stage)
            for stage in STAGES
            if getattr(change[cell], stage)
        }
        row = Tally.objects.filter(realm=realm_id, **cell._asdict())
        if not row.update(**added):
            Tally.objects.bulk_create(
                [Tally(realm_id=realm_id, **cell._asdict())], ignore_conflicts=True
            )
            row.update(**added)


def rebuild(realm_id: UUID) -> int:
    """Count everything anew and return how many issues there are.

    Run it while nobody works: on PostgreSQL a step taken meanwhile may be missed.
    """
    with transaction.atomic():
        rows = [
            counted_as(realm_id, issue_id)
            for issue_id in Issue.objects.filter(realm=realm_id).values_list("pk", flat=True)
        ]
        Counted.objects.filter(realm=realm_id).delete()
        Tally.objects.filter(realm=realm_id).delete()
        Counted.objects.bulk_create(rows)
        totals: Change = {}
        for row in rows:
            for cell, figures in cells_of(row):
                totals[cell] = totals.get(cell, NONE) + figures
        Tally.objects.bulk_create(
            Tally(
                realm_id=realm_id,
                **cell._asdict(),
                **{stage: getattr(figures, stage) for stage in STAGES},
            )
            for cell, figures in sorted(totals.items())
        )
    return len(rows)


def tallies(
    realm_id: UUID, side: str, *, first: date, last: date, units: frozenset[UUID] | None = None
) -> dict[Cell, Figures]:
    """The roll-ups of issues raised in the months from ``first`` to ``last``.

    Figures for code that judges or shows them: who may see which exactly is asked elsewhere.
    """
    asked = Q(side=side, month__gte=first.replace(day=1), month__lte=last)
    if units is not None:
        asked &= Q(unit__in=units)
    rows = Tally.objects.filter(asked, realm=realm_id).exclude(raised=0)
    return {
        Cell(row.side, row.unit_id, row.month, row.kind): Figures(
            row.raised, row.answered, row.verified, row.effective
        )
        for row in rows.order_by("month", "kind", "pk")
    }
