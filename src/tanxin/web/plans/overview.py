"""A plan as a year: weeks by leaders, what has no day, and what could be gathered."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from tanxin.apps.org.directory import Directory
from tanxin.apps.plans.access import plan_for, relations_to_plan, units_seen
from tanxin.apps.plans.reading.detail import proposed_gatherings, proposed_merges, relaxations
from tanxin.apps.plans.reading.overview import (
    WEEK,
    Leader,
    PlanRow,
    by_week,
    leaders,
    months_of,
    talks_of,
    weeks_of,
)
from tanxin.core.access import Permission, Relation, decide
from tanxin.core.planning import PlanState
from tanxin.web.directory import directory_of
from tanxin.web.plans import words
from tanxin.web.plans.gathering import gathering_rows, merge_rows
from tanxin.web.plans.showing import lines_of
from tanxin.web.requests import ActorRequest

ROWS, UNPLACED, GATHERED = 30, 12, 2_000
# Numbers of talks in a week from which a cell is one shade darker.
SHADES = (1, 2, 3, 5)


@require_safe
def show(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    actor, today, names = request.actor, timezone.localdate(), directory_of(request)
    units = units_seen(actor, today)
    plan = plan_for(actor, plan_id, Permission.PLAN_VIEW, on=today, units=units)
    relations = relations_to_plan(actor, plan, on=today, units=units)
    talks = talks_of(actor, plan, on=today, units=units)
    all_leaders = sorted(leaders(talks), key=lambda one: names.sort_key(one.person_id))
    start = start_at(request, all_leaders)
    here = all_leaders[start : start + ROWS]
    weeks = weeks_of(plan)
    counted = by_week(talks, [one.person_id for one in here])
    missing = list(talks.filter(day=None).order_by("due", "pk")[:UNPLACED])
    helps = relaxations(plan, missing, today=today)
    is_open = plan.state in (PlanState.PROPOSED, PlanState.APPROVED)
    can_gather = list(talks.filter(can_gather=True, sensitive=False)[:GATHERED]) if is_open else []
    found = proposed_gatherings(can_gather, today=today)
    merges = proposed_merges(talks, today=today) if is_open else []
    shown = {
        "plan": plan,
        "unit_name": names.unit_name(plan.unit_id),
        "state": words.STATES[plan.state],
        "tone": words.TONES[plan.state],
        "talks": sum(one.talks for one in all_leaders),
        "unplaced": sum(one.unplaced for one in all_leaders),
        "leaders": len(all_leaders),
        "months": month_heads(plan, weeks),
        "rows": [heat_row(one, names, weeks, counted[one.person_id], today) for one in here],
        "earlier": max(0, start - ROWS) if start else None,
        "later": start + ROWS if start + ROWS < len(all_leaders) else None,
        "missing": [
            (line, words.relaxed(helps.get(line.id)))
            for line in lines_of(actor, plan, missing, names, today)
        ],
        "gatherings": gathering_rows(found, can_gather, names),
        "merges": merge_rows(merges, names),
        "may_gather": decide(Permission.PLAN_MOVE, actor.standing).allowed,
        "me": actor.person_id,
        "leads_some": any(one.person_id == actor.person_id for one in all_leaders),
        **may_decide(plan, relations),
        "today": today,
    }
    return render(request, "plans/plan.html", shown)


def may_decide(plan: PlanRow, relations: frozenset[Relation]) -> dict[str, bool]:
    is_proposed = plan.state == PlanState.PROPOSED
    return {
        "may_approve": is_proposed and decide(Permission.PLAN_APPROVE, relations).allowed,
        "may_drop": is_proposed and decide(Permission.PLAN_PROPOSE, relations).allowed,
        "may_propose": decide(Permission.PLAN_PROPOSE, relations).allowed,
    }


def start_at(request: ActorRequest, rows: list[Leader]) -> int:
    """Where the rows shown begin; whatever is asked for, it is within them."""
    try:
        asked = int(request.GET.get("from", "0"))
    except ValueError:
        return 0
    return asked if 0 <= asked < len(rows) else 0


def month_heads(plan: PlanRow, weeks: list[date]) -> Iterator[tuple[date, int]]:
    """Each month, and over how many of the weeks its name stands."""
    starts = [
        next((n for n, monday in enumerate(weeks) if monday >= month), len(weeks))
        for month in months_of(plan)
    ]
    starts[0] = 0
    for month, begin, end in zip(months_of(plan), starts, [*starts[1:], len(weeks)], strict=True):
        if end > begin:
            yield month, end - begin


def heat_row(
    leader: Leader, names: Directory, weeks: list[date], counted: Counter[date], today: date
) -> dict[str, object]:
    return {
        "id": leader.person_id,
        "name": names.name(leader.person_id),
        "detail": names.label(leader.person_id),
        "talks": leader.talks,
        "unplaced": leader.unplaced,
        "cells": [
            {
                "monday": monday,
                "count": counted[monday],
                "shade": shade(counted[monday]),
                "text": told(monday, counted[monday]),
                "now": monday <= today < monday + WEEK,
            }
            for monday in weeks
        ],
    }


def shade(count: int) -> int:
    return sum(count >= least for least in SHADES)


def told(monday: date, count: int) -> str:
    said = ngettext("week of %(day)s: %(n)s talk", "week of %(day)s: %(n)s talks", count)
    return said % {"day": monday.isoformat(), "n": count}
