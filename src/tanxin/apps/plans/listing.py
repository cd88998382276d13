"""Plans and planned talks as plain values, for commands and interfaces."""

from typing import TypedDict

from tanxin.apps.plans.models import Plan, PlannedTalk
from tanxin.apps.plans.reading.detail import Reason


class PlanLine(TypedDict):
    id: str
    unit: str
    first: str
    last: str
    state: str
    per_week: int
    per_day: int
    talks: int
    unplaced: int


class PlannedLine(TypedDict):
    id: str
    day: str | None
    because: str
    initiator: str
    subjects: list[str]
    opens: str
    due: str
    kind: str
    duties: list[str]


class Passed(TypedDict):
    first: str
    last: str
    reasons: list[str]


class Helps(TypedDict):
    what: str
    by: int
    day: str | None


class Explained(TypedDict):
    planned: PlannedLine
    wanted: str | None
    passed: list[Passed]
    helps: Helps | None


def plan_line(plan: Plan, talks: int, unplaced: int) -> PlanLine:
    return PlanLine(
        id=str(plan.pk),
        unit=str(plan.unit_id),
        first=plan.first.isoformat(),
        last=plan.last.isoformat(),
        state=plan.state,
        per_week=plan.per_week,
        per_day=plan.per_day,
        talks=talks,
        unplaced=unplaced,
    )


def planned_line(planned: PlannedTalk, subjects: list[str], duties: list[str]) -> PlannedLine:
    return PlannedLine(
        id=str(planned.pk),
        day=planned.day.isoformat() if planned.day else None,
        because=planned.because,
        initiator=str(planned.initiator_id),
        subjects=subjects,
        opens=planned.opens.isoformat(),
        due=planned.due.isoformat(),
        kind=planned.kind,
        duties=duties,
    )


def explained(reason: Reason) -> Explained:
    """For one who may know the reason."""
    helps = reason.relaxation
    return Explained(
        planned=planned_line(
            reason.planned,
            [str(one) for one in reason.task.subjects],
            [str(duty.pk) for duty in reason.duties],
        ),
        wanted=reason.why.wanted.isoformat() if reason.why.wanted else None,
        passed=[
            Passed(
                first=one.first.isoformat(),
                last=one.last.isoformat(),
                reasons=[each.value for each in one.reasons],
            )
            for one in reason.why.passed
        ],
        helps=Helps(
            what=helps.what.value, by=helps.by, day=helps.day.isoformat() if helps.day else None
        )
        if helps
        else None,
    )
