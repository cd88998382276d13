from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.audit import services as audit
from tanxin.apps.plans.access import planned_for
from tanxin.apps.plans.laying import Laid, duties_of, laid_out, near, task_of
from tanxin.apps.plans.models import PlannedTalk
from tanxin.apps.plans.refusals import (
    ChangedMeanwhile,
    OutsideItsTime,
    PlanIsClosed,
    PlannedIsOver,
)
from tanxin.core.access import Actor, Permission
from tanxin.core.planning import Because, Breach, Moved, PlanState, breaches, moved

OUTSIDE = {Breach.NOT_A_WORKING_DAY, Breach.BEFORE_ITS_WINDOW, Breach.AFTER_ITS_DEADLINE}
CHANGEABLE = (PlanState.PROPOSED, PlanState.APPROVED)


@dataclass(frozen=True, slots=True)
class Change:
    """What a move breaks, what follows it and what finds no day; ``before`` takes it back."""

    planned: PlannedTalk
    day: date
    breaches: list[Breach]
    followed: dict[UUID, tuple[PlannedTalk, date]]
    stuck: list[PlannedTalk]

    @property
    def is_harmless(self) -> bool:
        return not (self.breaches or self.followed or self.stuck)

    @property
    def before(self) -> dict[UUID, date | None]:
        rows = [self.planned, *(row for row, _ in self.followed.values()), *self.stuck]
        return {row.pk: row.day for row in rows}


def what_moving_breaks(actor: Actor, planned_id: UUID, day: date, *, today: date) -> Change:
    """Raises what ``move_planned`` raises, and changes nothing."""
    planned = planned_for(actor, planned_id, Permission.PLAN_MOVE, on=today)
    change, _ = change_of(planned, day, today)
    return change


def move_planned(actor: Actor, planned_id: UUID, day: date, *, today: date, at: datetime) -> Change:
    """Put a planned talk on another day; what clashes goes to its nearest lawful day.

    Raises ``PlannedNotFound``, ``PlannedForbidden``, ``PlanIsClosed``, ``PlannedIsOver``,
    ``OutsideItsTime``, or ``ChangedMeanwhile``.
    """
    with transaction.atomic():
        planned = planned_for(actor, planned_id, Permission.PLAN_MOVE, on=today)
        change, result = change_of(planned, day, today)
        rows = {str(row.pk): row for row in [planned, *change.stuck]}
        rows |= {str(pk): row for pk, (row, _) in change.followed.items()}
        for key, placed in result.placed.items():
            put(rows[key], placed.day, placed.because.value)
        for row in change.stuck:
            put(row, None, "")
        audit.record(
            "plan.moved",
            realm_id=actor.realm_id,
            actor=actor,
            subject_kind="planned_talk",
            subject_id=planned.pk,
            at=at,
            detail={
                "from": planned.day.isoformat() if planned.day else "",
                "to": day.isoformat(),
                "breaks": tuple(breach.value for breach in change.breaches),
                "followed": tuple(str(pk) for pk in change.followed),
                "stuck": tuple(str(row.pk) for row in change.stuck),
            },
        )
    return change


def put_back(
    actor: Actor, planned_id: UUID, days: Mapping[UUID, date | None], *, today: date, at: datetime
) -> None:
    """Undo a move: the talk, and what had followed it, go back to the days they stood on.

    Raises as ``move_planned``.
    """
    with transaction.atomic():
        planned = planned_for(actor, planned_id, Permission.PLAN_MOVE, on=today)
        may_change(planned)
        rows = PlannedTalk.objects.filter(
            realm=actor.realm_id, plan=planned.plan_id, pk__in=list(days)
        )
        for row in rows:
            day = days[row.pk]
            if day is not None and not row.opens <= day <= row.due:
                raise OutsideItsTime(day)
            put(row, day, Because.KEPT.value if day else "")
        audit.record(
            "plan.moved",
            realm_id=actor.realm_id,
            actor=actor,
            subject_kind="planned_talk",
            subject_id=planned.pk,
            at=at,
            detail={"undone": True, "rows": tuple(sorted(str(row.pk) for row in rows))},
        )


def change_of(planned: PlannedTalk, day: date, today: date) -> tuple[Change, Moved]:
    may_change(planned)
    laid = around(planned, today)
    key = str(planned.pk)
    if key not in laid.standing.tasks:
        raise PlannedIsOver(planned.pk)
    broken = breaches(laid.standing, key, day)
    if OUTSIDE & set(broken):
        raise OutsideItsTime(day)
    result = moved(laid.standing, key, day)
    change = Change(
        planned=planned,
        day=day,
        breaches=broken,
        followed={
            UUID(one): (laid.rows[UUID(one)], result.placed[one].day) for one in result.followed
        },
        stuck=[laid.rows[UUID(one)] for one in result.stuck],
    )
    return change, result


def may_change(planned: PlannedTalk) -> None:
    if planned.plan.state not in CHANGEABLE:
        raise PlanIsClosed(planned.plan_id)


def around(planned: PlannedTalk, today: date) -> Laid:
    """The talk and all that could be in its way, from today on."""
    task = task_of(planned, duties_of(planned.realm_id, [planned.pk])[planned.pk])
    people = [person for person in task.people if isinstance(person, UUID)]
    return laid_out(planned.plan, near(planned.plan, people, hops=2), since=today)


def put(row: PlannedTalk, day: date | None, because: str) -> None:
    """Raises ``ChangedMeanwhile`` unless the row stands where it was read."""
    found = PlannedTalk.objects.filter(
        realm=row.realm_id, pk=row.pk, day=row.day, plan__state__in=CHANGEABLE
    )
    if found.update(day=day, because=because) != 1:
        raise ChangedMeanwhile(row.pk)
