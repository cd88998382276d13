from collections.abc import Collection
from datetime import date, datetime
from statistics import median_low
from uuid import UUID

from django.db import transaction

from tanxin.apps.audit import services as audit
from tanxin.apps.plans.access import planned_for
from tanxin.apps.plans.models import PlannedDuty, PlannedTalk
from tanxin.apps.plans.refusals import CannotGather
from tanxin.apps.plans.services.moving import around, may_change
from tanxin.core.access import Actor, Permission
from tanxin.core.planning import Because, gatherings
from tanxin.core.planning.days import nearest


def accept_gathering(
    actor: Actor, planned_ids: Collection[UUID], *, today: date, at: datetime
) -> PlannedTalk:
    """One collective talk instead of several planned ones; it meets the duties of all.

    It stands as near as it may to the middle of the days they stood on. Raises as
    ``move_planned``, and ``CannotGather`` where the talks are not such as are proposed for it.
    """
    with transaction.atomic():
        rows = [
            planned_for(actor, each, Permission.PLAN_MOVE, on=today)
            for each in sorted(set(planned_ids))
        ]
        if not rows:
            raise CannotGather
        first, *others = rows
        may_change(first)
        opens, due = max(row.opens for row in rows), min(row.due for row in rows)
        # Every one of them is led by one person, so what surrounds the first holds them all.
        laid = around(first, today)
        keys = {str(row.pk) for row in rows}
        if not keys <= laid.standing.tasks.keys():
            raise CannotGather
        tasks = [laid.standing.tasks[key] for key in sorted(keys)]
        if not any(keys == set(one.keys) for one in gatherings(tasks)):
            raise CannotGather
        gone = [row.pk for row in others]
        PlannedDuty.objects.filter(realm=actor.realm_id, planned__in=gone).update(planned=first)
        PlannedTalk.objects.filter(realm=actor.realm_id, pk__in=gone).delete()
        PlannedTalk.objects.filter(realm=actor.realm_id, pk=first.pk).update(
            opens=opens, due=due, day=None, because=""
        )
        first.refresh_from_db()
        put_near(first, [row.day for row in rows if row.day], today)
        audit.record(
            "plan.gathered",
            realm_id=actor.realm_id,
            actor=actor,
            subject_kind="planned_talk",
            subject_id=first.pk,
            at=at,
            detail={"count": len(rows), "instead_of": [str(pk) for pk in gone]},
        )
    return first


def put_near(planned: PlannedTalk, stood: list[date], today: date) -> None:
    laid = around(planned, today).standing
    task = laid.tasks[str(planned.pk)]
    open_days = laid.board_around(task).open_to(task)
    if not open_days:
        return
    wanted = laid.days.number(median_low(stood)) if stood else None
    planned.day = laid.days.days[nearest(open_days, wanted if wanted is not None else 0)]
    planned.because = Because.CHOSEN.value
    planned.save(update_fields=["day", "because"])
