"""The plans one may see, and the talks behind a number of one."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tanxin.apps.plans.access import Units, plan_for, units_seen
from tanxin.apps.plans.reading.overview import (
    PlannedRow,
    in_week,
    listed_plans,
    plan_lines,
    talks_of,
)
from tanxin.apps.plans.selectors import weeks_with
from tanxin.core.access import Actor, Permission, decide
from tanxin.web.directory import directory_of
from tanxin.web.duties.asked import date_in, uuid_in
from tanxin.web.keyset import SIZE, page_of
from tanxin.web.plans import pictures, words
from tanxin.web.plans.showing import lines_of
from tanxin.web.requests import ActorRequest

VIEWS: Mapping[str, Promise] = {
    "": _("As a list"),
    "relations": _("As relations"),
    "matrix": _("As a matrix"),
}
DRAWN = {"relations": pictures.relations, "matrix": pictures.matrix}


@require_safe
def plans(request: ActorRequest) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    units = units_seen(actor, today)
    page = page_of(
        listed_plans(actor, on=today, units=units),
        order=("-first", "-proposed_at", "id"),
        cursor=request.GET.get("cursor", ""),
    )
    shown = {
        "lines": [
            (line, words.STATES[line.plan.state], words.TONES[line.plan.state])
            for line in plan_lines(actor, page.rows, on=today, units=units)
        ],
        "page": page,
        "weeks": weeks_with(actor, today=today),
        "may_propose": may_propose_some(actor, units),
        "today": today,
    }
    return render(request, "plans/list.html", shown)


def may_propose_some(actor: Actor, units: Units) -> bool:
    """Organisers for all units, leaders for theirs."""
    return bool(units) or decide(Permission.PLAN_PROPOSE, actor.standing).allowed


@require_safe
def talks(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    units = units_seen(actor, today)
    plan = plan_for(actor, plan_id, Permission.PLAN_VIEW, on=today, units=units)
    asked = request.GET
    person, week = uuid_in(asked, "person"), date_in(asked, "week")
    missing = asked.get("none") == "1"
    seen = talks_of(actor, plan, on=today, units=units)
    rows = asked_for(seen, person, week, without_day=missing)
    view = asked.get("view", "")
    size = pictures.MOST if view in DRAWN else SIZE
    page = page_of(rows, order=("due", "id"), cursor=asked.get("cursor", ""), size=size)
    lines = lines_of(actor, plan, page.rows, directory_of(request), today)
    shown = {
        "view": view if view in DRAWN else "",
        "views": VIEWS.items(),
        "kept": kept(request),
        "picture": DRAWN[view](lines) if view in DRAWN else None,
        "plan": plan,
        "person": person,
        "week": week,
        "without_day": missing,
        "lines": lines,
        "page": page,
        "today": today,
    }
    return render(request, "plans/talks.html", shown)


def kept(request: ActorRequest) -> str:
    """The filters, for the links to the other views of the same talks."""
    filters = request.GET.copy()
    for name in ("view", "cursor"):
        filters.pop(name, None)
    return f"{filters.urlencode()}&" if filters else ""


def asked_for(
    rows: QuerySet[PlannedRow], person: UUID | None, week: date | None, *, without_day: bool
) -> QuerySet[PlannedRow]:
    if person:
        rows = rows.filter(initiator=person)
    if week:
        rows = in_week(rows, week)
    return rows.filter(day=None) if without_day else rows
