"""Two clicks to a time: whose reception, and when."""

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tanxin.apps.org.access import person_for
from tanxin.apps.org.apart import Barred
from tanxin.apps.talks.receiving.access import may_set, receptions
from tanxin.apps.talks.receiving.booking import book_slot
from tanxin.apps.talks.receiving.days import ReceptionDay, days_of
from tanxin.apps.talks.receiving.refusals import BookedAlready, SlotGone
from tanxin.apps.talks.refusals import TalkWithOneself, TimeTaken
from tanxin.core.access import Permission
from tanxin.web.directory import directory_of
from tanxin.web.prose import prose_moment
from tanxin.web.reception.forms import BookForm
from tanxin.web.reception.setting import leaders_for
from tanxin.web.reception.words import rhythm
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.talks import refusing
from tanxin.web.talks.choosing import as_uuid

SHOWN = 8
WHY_NOT: dict[type[Exception], Promise] = {
    TimeTaken: gettext_lazy(
        "This time has just been taken, or you are elsewhere. Please take another."
    ),
    SlotGone: gettext_lazy("This time is no longer offered. These are the times there are."),
    BookedAlready: gettext_lazy(
        "You have a time with this person already. Cancel that first, on its page."
    ),
    TalkWithOneself: gettext_lazy("A talk needs two people."),
    Barred: gettext_lazy("By the rules of recusal this talk cannot be led by this person."),
}


@require_safe
def overview(request: ActorRequest) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    rows = list(receptions(actor, on=today))
    found: dict[UUID, list[ReceptionDay]] = defaultdict(list)
    for day in days_of(actor, rows, now=timezone.now()):
        found[day.reception.leader_id].append(day)
    names = directory_of(request)
    lines = [
        {
            "id": leader,
            "label": names.label(leader),
            "hours": [(row, rhythm(row)) for row in rows if row.leader_id == leader],
            "next": next((day for day in found[leader] if day.free), None),
            "may_set": may_set(actor, leader, on=today),
            "is_self": leader == actor.person_id,
        }
        for leader in dict.fromkeys(row.leader_id for row in rows)
    ]
    shown = {"lines": lines, "may_add": bool(leaders_for(request))}
    return render(request, "reception/all.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def leader(request: ActorRequest, leader_id: UUID) -> HttpResponse:
    """The days of one leader, and taking a time of them."""
    person_for(request.actor, leader_id, Permission.ORG_VIEW)
    form = BookForm(request.POST or None)
    problem = ""
    if request.method == "POST":
        if not form.is_valid():
            problem = _("Something is missing; nothing was changed.")
        else:
            booked, problem = book(request, form.cleaned_data)
            if booked:
                return go_to(request, "talks:talk", booked)
    return show(request, leader_id, form, problem)


def book(request: ActorRequest, data: dict[str, Any]) -> tuple[UUID | None, str]:
    """The talk, or in words why not."""
    hours, begins = chosen(data["slot"])
    if hours is None or begins is None:
        return None, _("Something is missing; nothing was changed.")
    try:
        talk = book_slot(
            request.actor, hours, begins=begins, topic=data["topic"], form=data["form"],
            at=timezone.now(),
        )  # fmt: skip
    except tuple(WHY_NOT) as refused:
        return None, str(WHY_NOT[type(refused)])
    except tuple(refusing.WHERE) as refused:
        return None, refusing.said(refused)[1]
    when = prose_moment(talk.planned_for)
    messages.success(
        request, _("Booked for %(when)s. You need not wait for an answer.") % {"when": when}
    )
    return talk.pk, ""


def chosen(slot: str) -> tuple[UUID | None, datetime | None]:
    hours, _sign, begins = slot.partition("|")
    try:
        return as_uuid(hours), parse_datetime(begins)
    except ValueError:
        return None, None


def show(request: ActorRequest, leader_id: UUID, form: BookForm, problem: str) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    rows = [row for row in receptions(actor, on=today) if row.leader_id == leader_id]
    days = days_of(actor, rows, now=timezone.now())[:SHOWN]
    names = directory_of(request)
    shown = {
        "leader_id": leader_id,
        "label": names.label(leader_id),
        "days": [(day, "" if day.by == leader_id else names.name(day.by)) for day in days],
        "is_self": leader_id == actor.person_id,
        "hours": [(row, rhythm(row)) for row in rows],
        "may_set": may_set(actor, leader_id, on=today),
        "form": form,
        "problem": problem,
    }
    return render(request, "reception/leader.html", shown, status=422 if problem else 200)
