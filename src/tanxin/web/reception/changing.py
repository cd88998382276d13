"""For who receives, and who arranges it: who comes, a stand-in for a day, the end of the hours."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tanxin.apps.talks.receiving.access import (
    ReceptionForbidden,
    ReceptionNotFound,
    may_set,
    reception_for,
)
from tanxin.apps.talks.receiving.days import ReceptionDay, ReceptionRow, booked_talks, days_of
from tanxin.apps.talks.receiving.refusals import NoSuchDay
from tanxin.apps.talks.receiving.setting import change_day, end_reception
from tanxin.apps.talks.refusals import TalkWithOneself, TextMissing
from tanxin.web.directory import directory_of
from tanxin.web.reception.forms import DayForm, EndForm
from tanxin.web.reception.words import rhythm
from tanxin.web.requests import ActorRequest, go_to


@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: ActorRequest, reception_id: UUID) -> HttpResponse:
    """The days ahead, and ending the hours."""
    row = reception_for(request.actor, reception_id)
    if not may_set(request.actor, row.leader_id, on=timezone.localdate()):
        raise ReceptionForbidden(reception_id)
    form = EndForm(request.POST or None, initial={"last": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            end_reception(request.actor, row.pk, at=timezone.now(), **form.cleaned_data)
        except TextMissing:
            form.add_error(
                "reason", _("Somebody has booked a later time: say why it is called off.")
            )
        else:
            messages.success(request, _("The hours end on that day."))
            return go_to(request, "reception:leader", row.leader_id)
    shown = parts(request, row) | {"days": coming(request, row), "form": form}
    return render(request, "reception/hours.html", shown, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def day(request: ActorRequest, reception_id: UUID, held_on: str) -> HttpResponse:
    """Who comes on one day; and who receives instead, or nobody."""
    actor, today = request.actor, timezone.localdate()
    row = reception_for(actor, reception_id)
    one = day_in(request, row, held_on)
    may_change = may_set(actor, row.leader_id, on=today)
    if not may_change and one.by != actor.person_id:
        raise ReceptionForbidden(reception_id)
    if request.method == "POST" and not may_change:
        raise ReceptionForbidden(reception_id)
    form = DayForm(request.POST or None, directory=directory_of(request))
    if request.method == "POST" and not form.is_looking and form.is_valid():
        problem = changed(request, row, one.on, form.cleaned_data)
        if not problem:
            messages.success(request, _("Changed. Whoever had booked reads why."))
            return go_to(request, "reception:hours", row.pk)
        form.add_error(*problem)
    shown = parts(request, row) | {
        "day": one,
        "by": directory_of(request).name(one.by) if one.by else "",
        "talks": booked_talks(actor, row, one.on, today=today),
        "form": form if may_change else None,
        "may_set": may_change,
        "me": actor.person_id,
    }
    refused = form.is_bound and not form.is_looking
    return render(request, "reception/day.html", shown, status=422 if refused else 200)


def changed(
    request: ActorRequest, row: ReceptionRow, on: date, data: dict[str, Any]
) -> tuple[str, str] | None:
    """Do it, or say at which field why not."""
    try:
        change_day(
            request.actor, row.pk, on=on, stand_in=data["person"] or None, reason=data["reason"],
            at=timezone.now(),
        )  # fmt: skip
    except TextMissing:
        return "reason", _("Somebody has booked: say in a few words why it is called off.")
    except TalkWithOneself:
        return "person", _("Choose somebody else than who receives anyway.")
    except NoSuchDay:
        return "reason", _("There is no reception on this day any more.")
    return None


def day_in(request: ActorRequest, row: ReceptionRow, on: str) -> ReceptionDay:
    """Raises ``ReceptionNotFound`` where nobody receives on that day."""
    try:
        wanted = parse_date(on)
    except ValueError:
        wanted = None
    for one in days_of(request.actor, [row], now=timezone.now()):
        if one.on == wanted:
            return one
    raise ReceptionNotFound(row.pk)


def coming(request: ActorRequest, row: ReceptionRow) -> list[tuple[ReceptionDay, str]]:
    names = directory_of(request)
    days = days_of(request.actor, [row], now=timezone.now())
    return [(one, "" if one.by in {None, row.leader_id} else names.name(one.by)) for one in days]


def parts(request: ActorRequest, row: ReceptionRow) -> dict[str, Any]:
    label = directory_of(request).label(row.leader_id)
    return {"row": row, "rhythm": rhythm(row), "label": label}
