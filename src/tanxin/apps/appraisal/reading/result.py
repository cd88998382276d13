"""One unit's result, what was said to it, and what an indicator rests on."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID

from tanxin.apps.appraisal.access import may_decide, relations_to, result_for
from tanxin.apps.appraisal.models import Appeal, Statement, UnitResult
from tanxin.apps.appraisal.reading.years import months_of, summed
from tanxin.apps.appraisal.services.answering import STATEMENT
from tanxin.apps.appraisal.services.appealing import ANSWER, REASON, latest
from tanxin.apps.issues.access import dated_issues
from tanxin.apps.issues.models import Issue
from tanxin.apps.sealing import pii
from tanxin.core.access import Actor, Permission, decide
from tanxin.core.appraisal import (
    Evidence,
    Indicator,
    Judged,
    Result,
    is_unchanged,
    judged_again,
)
from tanxin.core.appraisal.evidence import Changes
from tanxin.core.deidentify import is_crowd

AppealRow: TypeAlias = Appeal
ABOUT_ISSUES = frozenset(
    {Indicator.CLOSURE, Indicator.EFFECT, Indicator.RECURRENCE, Indicator.REPLIED,
     Indicator.ON_TIME}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A statement, in the clear for whoever may see the result."""

    author: UUID
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Heard:
    """An appeal with its words; ``decides`` is whether the reader may."""

    row: Appeal
    reason: str
    answer: str
    decides: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class Detail:
    """``first`` is the frozen result where an appeal has added another."""

    row: UnitResult
    judged: Judged
    result: Result
    first: Result | None
    same_again: bool
    said: list[Said]
    appeals: list[Heard]
    may_answer: bool


def detail_of(actor: Actor, result_id: UUID, *, on: date) -> Detail:
    """Raises ``ResultNotFound``."""
    row = result_for(actor, result_id, Permission.RESULT_VIEW, on=on)
    judged = latest(row)
    first = judged_again(row.document.encode())
    allowed = decide(Permission.RESULT_ANSWER, relations_to(actor, row, on=on)).allowed
    return Detail(
        row=row,
        judged=judged,
        result=judged.result,
        first=first.result if judged.changes else None,
        same_again=is_unchanged(row.document.encode(), bytes(row.digest)),
        said=said_to(row),
        appeals=appeals_of(actor, row, on),
        may_answer=allowed and row.taken.state == "frozen",
    )


def said_to(row: UnitResult) -> list[Said]:
    rows = list(
        Statement.objects.filter(realm=row.realm_id, result=row).order_by("written_at", "pk")
    )
    texts = opened(row.realm_id, STATEMENT, [(one.pk, bytes(one.text_sealed)) for one in rows])
    return [Said(one.author_id, one.written_at, texts[one.pk]) for one in rows]


def appeals_of(actor: Actor, row: UnitResult, on: date) -> list[Heard]:
    rows = list(
        Appeal.objects.filter(realm=row.realm_id, result=row)
        .select_related("result__taken__scheme")
        .order_by("asked_at", "pk")
    )
    return heard(actor, rows, on)


def appeals_to_decide(actor: Actor, *, on: date) -> list[Appeal]:
    """What waits for the actor's word."""
    if not decide(Permission.APPEAL_DECIDE, actor.standing).allowed:
        return []
    rows = Appeal.objects.filter(realm=actor.realm_id, verdict="").order_by("asked_at", "pk")
    waiting = rows.select_related("result__taken__scheme")[:50]
    return [row for row in waiting if may_decide(actor, row, on=on)]


def heard(actor: Actor, rows: list[Appeal], on: date) -> list[Heard]:
    realm = actor.realm_id
    reasons = opened(realm, REASON, [(row.pk, bytes(row.reason_sealed)) for row in rows])
    answers = opened(
        realm, ANSWER, [(row.pk, bytes(row.answer_sealed)) for row in rows if row.answer_sealed]
    )
    return [
        Heard(
            row, reasons[row.pk], answers.get(row.pk, ""), may_decide(actor, row, on=on),
            not row.verdict and row.author_id == actor.person_id,
        )
        for row in rows
    ]  # fmt: skip


def opened(realm_id: UUID, field: str, values: list[tuple[UUID, bytes]]) -> dict[UUID, str]:
    if not values:
        return {}
    texts = pii.open_column(realm_id, field, values)
    return dict(zip((pk for pk, _ in values), texts, strict=True))


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing an indicator rests on. ``issue`` is there where the reader may open it.

    ``answer_in`` is the first day of the month in which a request was to be answered.
    """

    ref: str
    half: int
    changed: str
    issue: Issue | None = None
    answer_in: date | None = None


@dataclass(frozen=True, slots=True)
class Rests:
    """``sums`` are yes, partly and no, where single things would tell too much."""

    row: UnitResult
    sums: tuple[int, int, int]
    pieces: list[Piece]


def what_it_rests_on(actor: Actor, result_id: UUID, indicator: Indicator, *, on: date) -> Rests:
    """Only what the reader may know: of the rest not even the number. Raises ``ResultNotFound``."""
    row = result_for(actor, result_id, Permission.RESULT_VIEW, on=on)
    judged = latest(row)
    evidence = judged.evidence.get(indicator, Evidence())
    few = few_requests(actor, evidence) if indicator is Indicator.REQUESTS else evidence.sums
    return Rests(row, few, pieces_of(actor, indicator, evidence, judged.changes))


def pieces_of(
    actor: Actor, indicator: Indicator, evidence: Evidence, changes: Changes
) -> list[Piece]:
    refs = dict(evidence.rows)
    if indicator in ABOUT_ISSUES:
        rows = dated_issues(actor).filter(pk__in=list(refs)).order_by("raised_at", "pk")
        return [
            Piece(str(one.pk), refs[str(one.pk)], changes.get(str(one.pk), ""), issue=one)
            for one in rows
        ]
    months = months_of(actor, refs)
    if not is_crowd(months):
        return []
    return [
        Piece(ref, refs[ref], changes.get(ref, ""), answer_in=month)
        for month, ref in sorted((month, ref) for ref, month in months.items())
    ]


def few_requests(actor: Actor, evidence: Evidence) -> tuple[int, int, int]:
    """Fewer than five requests as sums; where there are more, they stand one by one."""
    months = months_of(actor, dict(evidence.rows))
    return (0, 0, 0) if is_crowd(months) else summed(evidence, months)


def to_look_at(actor: Actor, appeal: Appeal) -> list[tuple[Indicator, Piece]]:
    """What the one who decides may count otherwise: each thing once, as far as he may see it."""
    judged = latest(appeal.result)
    found: dict[str, tuple[Indicator, Piece]] = {}
    for key in Indicator:
        if key in judged.evidence and judged.scheme.weights.get(key):
            for piece in pieces_of(actor, key, judged.evidence[key], judged.changes):
                known = found.get(piece.ref)
                if known is None or piece.half < known[1].half:
                    found[piece.ref] = (key, piece)
    return list(found.values())
