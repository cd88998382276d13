"""What is done to a plan: move with its consequences shown first, undo, approve, drop, gather."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tanxin.apps.plans import services
from tanxin.apps.plans.access import PlannedNotFound, plan_for, planned_for
from tanxin.apps.plans.reading.detail import duties_planned
from tanxin.apps.plans.reading.overview import PlannedRow, PlanRow
from tanxin.apps.plans.refusals import (
    CannotGather,
    ChangedMeanwhile,
    OutsideItsTime,
    PlanIsClosed,
    PlannedIsOver,
)
from tanxin.apps.plans.services import Change
from tanxin.core.access import Permission
from tanxin.web.directory import directory_of
from tanxin.web.named_form import NamedForm
from tanxin.web.plans import words
from tanxin.web.plans.showing import Line, line_of
from tanxin.web.plans.why import together_url
from tanxin.web.prose import prose_day
from tanxin.web.requests import ActorRequest, go_to

SALT = "plans.undo"
A_DAY = 24 * 3600


class MoveForm(NamedForm):
    """``confirmed`` says that the consequences were shown."""

    planned = forms.UUIDField(label=gettext_lazy("Talk"))
    day = forms.DateField(label=gettext_lazy("Another day"))
    confirmed = forms.BooleanField(required=False)


@require_POST
def move(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    """Show first what a move breaks; one that breaks nothing is done at once."""
    actor, today = request.actor, timezone.localdate()
    plan = plan_for(actor, plan_id, Permission.PLAN_VIEW, on=today)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return refused(request, plan, _("Choose a talk and a day."), None)
    planned_id, day = form.cleaned_data["planned"], form.cleaned_data["day"]
    planned = planned_for(actor, planned_id, Permission.PLAN_MOVE, on=today)
    if planned.plan_id != plan.pk:
        raise PlannedNotFound(planned_id)
    try:
        change = services.what_moving_breaks(actor, planned_id, day, today=today)
        if not (change.is_harmless or form.cleaned_data["confirmed"]):
            return render(request, "plans/move.html", asked(request, change))
        change = services.move_planned(actor, planned_id, day, today=today, at=timezone.now())
    except (OutsideItsTime, PlannedIsOver, PlanIsClosed, ChangedMeanwhile) as problem:
        return refused(request, plan, REFUSED[type(problem)](planned), planned)
    back = f"{reverse('plans:undo', args=[planned_id])}?to={token(change)}"
    said = _("The talk is planned for %(day)s now.") % {"day": prose_day(day)}
    messages.success(request, said, extra_tags=f"undo {back}")
    return to_month(request, planned, day)


REFUSED: dict[type[Exception], Any] = {
    OutsideItsTime: lambda planned: (
        _("Only a working day will do, not before today, from %(opens)s to %(due)s.")
        % {"opens": prose_day(planned.opens), "due": prose_day(planned.due)}
    ),
    PlannedIsOver: lambda _planned: _("This talk was held, or nobody owes it any more."),
    PlanIsClosed: lambda _planned: _("This plan is not followed any more."),
    ChangedMeanwhile: lambda _planned: _("Somebody else has just moved it. Look again."),
}


def to_month(request: ActorRequest, planned: PlannedRow, day: date | None) -> HttpResponse:
    url = reverse("plans:person", args=[planned.plan_id, planned.initiator_id])
    return go_to(request, f"{url}?month={(day or planned.opens).isoformat()}")


def asked(request: ActorRequest, change: Change) -> dict[str, object]:
    rows = [change.planned, *(row for row, _day in change.followed.values()), *change.stuck]
    lines = lines_by_id(request, change.planned.plan, rows)
    names = directory_of(request)
    return {
        "plan": change.planned.plan,
        "unit_name": names.unit_name(change.planned.plan.unit_id),
        "line": lines[change.planned.pk],
        "day": change.day,
        "breaks": [words.BREACHES[one] for one in change.breaches],
        "followed": [(lines[pk], to) for pk, (_row, to) in change.followed.items()],
        "stuck": [lines[row.pk] for row in change.stuck],
    }


def lines_by_id(request: ActorRequest, plan: PlanRow, rows: list[PlannedRow]) -> dict[UUID, Line]:
    duties, names = duties_planned(plan, rows), directory_of(request)
    today = timezone.localdate()
    return {row.pk: line_of(request.actor, row, duties[row.pk], names, today) for row in rows}


def refused(
    request: ActorRequest, plan: PlanRow, problem: str, planned: PlannedRow | None
) -> HttpResponse:
    line = lines_by_id(request, plan, [planned])[planned.pk] if planned else None
    shown = {
        "plan": plan,
        "unit_name": directory_of(request).unit_name(plan.unit_id),
        "problem": problem,
        "line": line,
        "earliest": max(timezone.localdate(), planned.opens) if planned else None,
    }
    return render(request, "plans/move.html", shown, status=422)


def token(change: Change) -> str:
    days = {str(pk): day.isoformat() if day else "" for pk, day in change.before.items()}
    return signing.dumps(days, salt=SALT)


@require_POST
def undo(request: ActorRequest, planned_id: UUID) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    planned = planned_for(actor, planned_id, Permission.PLAN_MOVE, on=today)
    try:
        signed = signing.loads(request.GET.get("to", ""), salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        raise Http404 from None
    days = {UUID(pk): date.fromisoformat(day) if day else None for pk, day in signed.items()}
    try:
        services.put_back(actor, planned_id, days, today=today, at=timezone.now())
        messages.info(request, _("Everything stands where it stood."))
    except (OutsideItsTime, PlanIsClosed, ChangedMeanwhile):
        messages.warning(request, _("It was changed again in the meantime and stays as it is."))
    return to_month(request, planned, days.get(planned_id))


@require_POST
def approve(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    try:
        services.approve_plan(request.actor, plan_id, today=timezone.localdate(), at=timezone.now())
        messages.success(
            request, _("The plan is approved. Leaders find its talks among what they have to do.")
        )
    except PlanIsClosed:
        messages.warning(request, _("This plan was decided already."))
    return go_to(request, "plans:plan", plan_id)


@require_POST
def drop(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    try:
        services.drop_plan(request.actor, plan_id, today=timezone.localdate(), at=timezone.now())
        messages.info(request, _("The proposal is dropped; what is owed stays as it is."))
    except PlanIsClosed:
        messages.warning(request, _("This plan was decided already."))
    return go_to(request, "plans:list")


@require_POST
def gather(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    plan_for(actor, plan_id, Permission.PLAN_VIEW, on=today)
    field = forms.UUIDField()
    try:
        ids = [field.clean(each) for each in request.POST.getlist("planned")]
        made = services.accept_gathering(actor, ids, today=today, at=timezone.now())
    except (forms.ValidationError, CannotGather, PlanIsClosed):
        messages.warning(request, _("These talks can no longer be gathered. Look again."))
        return go_to(request, "plans:plan", plan_id)
    messages.success(request, _("One collective talk stands instead of them."))
    if made.initiator_id == actor.person_id:
        duties = duties_planned(made.plan, [made])[made.pk]
        return go_to(request, together_url(made, duties, today))
    return go_to(request, "plans:planned", made.pk)
