"""From planned talks to the lines of lists and calendars."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.functional import Promise

from tanxin.apps.duties.reading.states import DutyRow
from tanxin.apps.org.directory import Directory
from tanxin.apps.plans.access import may_know_reason
from tanxin.apps.plans.reading.detail import duties_planned
from tanxin.apps.plans.reading.overview import PlannedRow, PlanRow
from tanxin.core.access import Actor
from tanxin.core.lifecycle import DutyState
from tanxin.web.duties import words as duty_words
from tanxin.web.plans import words
from tanxin.web.talks import words as talk_words

HELD = (DutyState.MET, DutyState.CONFIRMED, DutyState.CONTESTED)
STILL_TO_HOLD = ("ahead", "passed", "late", "none")
TO_MOVE = ("ahead", "passed", "none")


@dataclass(frozen=True, slots=True)
class Line:
    """``kind`` and ``titles`` say no more than the reader may know."""

    id: UUID
    initiator_id: UUID
    who: str
    whom: list[str]
    subjects: dict[UUID, str]
    day: date | None
    opens: date
    due: date
    kind: Promise | str
    titles: list[str]
    state: str
    label: Promise
    tone: str
    is_collective: bool

    @property
    def can_move(self) -> bool:
        return self.state in TO_MOVE

    @property
    def is_to_hold(self) -> bool:
        return self.state in STILL_TO_HOLD


def lines_of(
    actor: Actor, plan: PlanRow, rows: Collection[PlannedRow], names: Directory, today: date
) -> list[Line]:
    duties = duties_planned(plan, rows)
    return [line_of(actor, row, duties[row.pk], names, today) for row in rows]


def line_of(
    actor: Actor, row: PlannedRow, duties: list[DutyRow], names: Directory, today: date
) -> Line:
    known = may_know_reason(actor, row)
    state = standing(row, duties, today)
    label, tone = words.TALK_STATES[state]
    subjects = {duty.subject_id: names.name(duty.subject_id) for duty in duties if duty.subject_id}
    return Line(
        id=row.pk,
        initiator_id=row.initiator_id,
        who=names.name(row.initiator_id),
        whom=list(subjects.values()) or [str(duty_words.NO_SUBJECT)],
        subjects=subjects,
        day=row.day,
        opens=row.opens,
        due=row.due,
        kind=talk_words.KINDS[row.kind] if known else duty_words.PRIVATE,
        titles=list(dict.fromkeys(duty_words.title(duty) for duty in duties)) if known else [],
        state=state,
        label=label,
        tone=tone,
        is_collective=len(subjects) > 1,
    )


def standing(row: PlannedRow, duties: list[DutyRow], today: date) -> str:
    """How far it has come, by its duties: a plan knows only when it was to be."""
    if not any(duty.state == DutyState.OPEN for duty in duties):
        return "held" if any(duty.state in HELD for duty in duties) else "gone"
    if row.due < today:
        return "late"
    if row.day is None:
        return "none"
    return "ahead" if row.day >= today else "passed"
