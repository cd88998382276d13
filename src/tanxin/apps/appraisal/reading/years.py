"""The results of a year, unit by unit, in the order of the organisation and in no other."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID

from tanxin.apps.appraisal.access import visible_results, years_for
from tanxin.apps.appraisal.models import Addition, UnitResult, YearTaken
from tanxin.apps.issues.access import dated_issues
from tanxin.apps.talks.access import countable_requests
from tanxin.core.access import Actor
from tanxin.core.appraisal import Evidence, Indicator, Judged, judged_again
from tanxin.core.appraisal.evidence import FULL, HALF, NONE

TakenRow: TypeAlias = YearTaken
ResultRow: TypeAlias = UnitResult
MOST = 500


@dataclass(frozen=True, slots=True)
class UnitLine:
    """``after_appeal`` says that what is shown is the result added to the frozen one."""

    row: UnitResult
    standing: str
    tenths: int | None
    after_appeal: bool


def years_seen(actor: Actor, *, on: date) -> list[YearTaken]:
    return list(years_for(actor, on=on))


def units_of_year(actor: Actor, taken: YearTaken, *, on: date) -> list[UnitLine]:
    rows = visible_results(actor, on=on).filter(taken=taken).defer("document")[:MOST]
    return lines(taken, list(rows))


def lines(taken: YearTaken, rows: list[UnitResult]) -> list[UnitLine]:
    added = last_additions(taken.realm_id, [row.pk for row in rows])
    return [
        UnitLine(row, last.standing, last.tenths, after_appeal=last is not row)
        for row in rows
        for last in [added.get(row.pk, row)]
    ]


def last_additions(realm_id: UUID, results: Iterable[UUID]) -> dict[UUID, Addition]:
    rows = Addition.objects.filter(realm=realm_id, result__in=list(results))
    return {row.result_id: row for row in rows.order_by("made_at", "pk")}


def results_to_take(actor: Actor, taken: YearTaken, *, on: date) -> list[tuple[UnitResult, Judged]]:
    """Each result as it stands, for the table that leaves the house."""
    rows = list(visible_results(actor, on=on).filter(taken=taken))
    added = last_additions(taken.realm_id, [row.pk for row in rows])
    return [(row, judged_again(added.get(row.pk, row).document.encode())) for row in rows]


def may_name(actor: Actor, judged: Iterable[Judged]) -> dict[str, date]:
    """Of all issues in the evidence those of which the actor may know the day they were raised."""
    refs = {
        ref
        for one in judged
        for key, evidence in one.evidence.items()
        if key is not Indicator.REQUESTS
        for ref, _ in evidence.rows
    }
    rows = dated_issues(actor).filter(pk__in=list(refs)).values_list("pk", "raised_at")
    return {str(pk): at.date() for pk, at in rows}


def months_of(actor: Actor, refs: Iterable[str]) -> dict[str, date]:
    """Of the requests not kept from the actor the month in which they were to be answered."""
    rows = countable_requests(actor).filter(pk__in=list(refs)).values_list("pk", "answer_by")
    return {str(pk): by.replace(day=1) for pk, by in rows}


def months_of_requests(actor: Actor, judged: Iterable[Judged]) -> dict[str, date]:
    asked = (one.evidence.get(Indicator.REQUESTS, Evidence()) for one in judged)
    return months_of(actor, [ref for evidence in asked for ref, _ in evidence.rows])


def summed(evidence: Evidence, refs: Collection[str]) -> tuple[int, int, int]:
    """Of these alone, how many are as they should be, in part, and not."""
    halves = [half for ref, half in evidence.rows if ref in refs]
    return halves.count(FULL), halves.count(HALF), halves.count(NONE)
