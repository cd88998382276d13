"""What one leader is to hold in a month: a calendar to move talks in, and the same as a list."""

import calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tanxin.apps.plans.access import PlannedNotFound, plan_for, units_seen
from tanxin.apps.plans.reading.overview import PlanRow, months_of, talks_of
from tanxin.apps.realms.selectors import work_calendar
from tanxin.core.access import Actor, Permission, decide
from tanxin.core.calendar import WorkCalendar, festivals
from tanxin.core.planning import PlanState
from tanxin.web.directory import directory_of
from tanxin.web.duties.asked import date_in
from tanxin.web.plans.showing import Line, lines_of
from tanxin.web.requests import ActorRequest


@dataclass(slots=True)
class DayCell:
    """``takes`` says whether a talk may be put there: a working day from today on."""

    on: date
    is_working: bool
    takes: bool
    name: str
    is_today: bool
    lines: list[Line] = field(default_factory=list)


@require_safe
def show(request: ActorRequest, plan_id: UUID, person_id: UUID) -> HttpResponse:
    actor, today, names = request.actor, timezone.localdate(), directory_of(request)
    # His own talks are his whatever he leads.
    units = frozenset() if person_id == actor.person_id else units_seen(actor, today)
    plan = plan_for(actor, plan_id, Permission.PLAN_VIEW, on=today, units=units)
    rows = list(
        talks_of(actor, plan, on=today, units=units)
        .filter(initiator=person_id)
        .order_by("day", "pk")
    )
    if not rows:
        raise PlannedNotFound(person_id)
    months = list(months_of(plan))
    month = asked_month(request, months, today)
    lines = lines_of(actor, plan, rows, names, today)
    here = [line for line in lines if line.day and line.day.replace(day=1) == month]
    at = months.index(month)
    may_move = may_move_for(actor, plan, person_id)
    shown = {
        "plan": plan,
        "unit_name": names.unit_name(plan.unit_id),
        "person_id": person_id,
        "name": names.name(person_id),
        "month": month,
        "before": months[at - 1] if at else None,
        "after": months[at + 1] if at + 1 < len(months) else None,
        "months": [(one, sum(is_in(line, one) for line in lines)) for one in months],
        "weeks": month_weeks(month, plan, work_calendar(actor.realm_id), here, today),
        "agenda": here,
        "without_day": [line for line in lines if line.day is None],
        "movable": [line for line in lines if line.can_move] if may_move else [],
        "may_move": may_move,
        "today": today,
    }
    return render(request, "plans/person.html", shown)


def may_move_for(actor: Actor, plan: PlanRow, person_id: UUID) -> bool:
    if plan.state not in (PlanState.PROPOSED, PlanState.APPROVED):
        return False
    return actor.person_id == person_id or decide(Permission.PLAN_MOVE, actor.standing).allowed


def asked_month(request: ActorRequest, months: list[date], today: date) -> date:
    """The month asked for by any of its days; else this one, or the first of the plan."""
    asked = date_in(request.GET, "month")
    for day in (asked, today):
        if day and day.replace(day=1) in months:
            return day.replace(day=1)
    return months[0]


def is_in(line: Line, month: date) -> bool:
    return line.day is not None and line.day.replace(day=1) == month


def month_weeks(
    month: date, plan: PlanRow, work: WorkCalendar, lines: Iterable[Line], today: date
) -> list[list[DayCell | None]]:
    on: dict[date, list[Line]] = defaultdict(list)
    for line in lines:
        if line.day:
            on[line.day].append(line)
    begin = max(today, plan.first)
    feasts = {node.on: node.name for node in festivals(month.year)}
    weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
    return [
        [
            DayCell(
                on=day,
                is_working=work.is_working_day(day),
                takes=work.is_working_day(day) and begin <= day <= plan.last,
                name=feasts.get(day, ""),
                is_today=day == today,
                lines=on[day],
            )
            if day.month == month.month
            else None
            for day in week
        ]
        for week in weeks
    ]
