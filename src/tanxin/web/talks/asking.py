"""Asking somebody for a talk in ten seconds, and answering such a request."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanxin.apps.archive.selectors import records_about
from tanxin.apps.archive.services import open_texts
from tanxin.apps.org.access import person_for
from tanxin.apps.org.directory import directory
from tanxin.apps.org.selectors.leading import chiefs_of_units
from tanxin.apps.org.selectors.people import unit_of
from tanxin.apps.org.selectors.units import unit_tree
from tanxin.apps.talks import services
from tanxin.apps.talks.access import request_for
from tanxin.apps.talks.refusals import TalkWithOneself, TextMissing
from tanxin.apps.talks.selectors import RequestRow
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import IllegalMove, RequestState
from tanxin.web.prose import prose_day
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.talks import forms, refusing, words
from tanxin.web.talks.choosing import uuid_in
from tanxin.web.talks.kinds import chosen, kind_choices


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: ActorRequest) -> HttpResponse:
    """Ask the person of ``?of=``; without one, choose a leader or search for anybody."""
    actor, names = request.actor, directory(request.actor.realm_id)
    person_id = uuid_in(request.GET, "of")
    if person_id is None:
        q = request.GET.get("q", "")
        near = [] if q else [(one, names.label(one)) for one in leaders_of(actor)]
        shown: dict[str, Any] = {"q": q, "found": names.search_people(q), "near": near}
        return render(request, "talks/ask_whom.html", shown)
    person_for(actor, person_id, Permission.ORG_VIEW)
    form = forms.AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return asked(request, form, person_id)
        except TalkWithOneself:
            form.add_error(None, _("A talk needs two people."))
    shown = {"form": form, "other": names.label(person_id)}
    return render(request, "talks/ask.html", shown, status=422 if form.is_bound else 200)


def asked(request: ActorRequest, form: forms.AskForm, person_id: UUID) -> HttpResponse:
    data = form.cleaned_data
    made = services.ask_for_talk(
        request.actor,
        asked=person_id,
        topic=data["topic"],
        channel=data["channel"],
        form=data["form"],
        at=timezone.now(),
    )
    messages.success(
        request,
        _("Sent. An answer is owed to you by %(day)s.") % {"day": prose_day(made.answer_by)},
    )
    return go_to(request, "talks:request", made.pk)


def leaders_of(actor: Actor) -> list[UUID]:
    """The chiefs of the actor's unit and of those above it, the nearest first."""
    today = timezone.localdate()
    unit = unit_of(actor.realm_id, actor.person_id, today) if actor.person_id else None
    if unit is None:
        return []
    above = [node.id for node in unit_tree(actor.realm_id, today).above(unit)]
    chiefs = chiefs_of_units(actor.realm_id, above, today)
    found = [chiefs[one] for one in above if one in chiefs]
    return [one for one in dict.fromkeys(found) if one != actor.person_id]


@require_safe
def request_page(request: ActorRequest, request_id: UUID) -> HttpResponse:
    return show_request(request, request_for(request.actor, request_id, Permission.REQUEST_VIEW))


def show_request(
    request: ActorRequest, row: RequestRow, *, status: int = 200, problem: str = "", **bound: Form
) -> HttpResponse:
    """Open the topic, and the reason of a refusal, for the two of the request."""
    actor, names = request.actor, directory(request.actor.realm_id)
    by_me = row.asker_id == actor.person_id
    found = list(records_about(actor, row.pk, ["topic", "reason"]))
    texts = open_texts(actor, [one.pk for one in found], "asker" if by_me else "asked")
    is_open = row.state == RequestState.WAITING
    shown: dict[str, Any] = {
        "row": row,
        "by_me": by_me,
        "other": names.label(row.asked_id if by_me else row.asker_id),
        "channel": words.CHANNELS[row.channel],
        "label": words.REQUEST_STATES[row.state],
        "topic": next((texts[one.pk] for one in found if one.kind == "topic"), ""),
        "refusal": next((texts[one.pk] for one in found if one.kind == "reason"), ""),
        "is_open": is_open,
        "today": timezone.localdate(),
        "problem": problem,
    }
    if is_open and not by_me:
        shown["accept"] = bound.get("accept") or accept_form(request)
        shown["decline"] = bound.get("decline") or forms.ReasonForm(prefix="decline")
    return render(request, "talks/request.html", shown, status=status)


@require_POST
def accept(request: ActorRequest, request_id: UUID) -> HttpResponse:
    row = request_for(request.actor, request_id, Permission.REQUEST_ANSWER)
    form = accept_form(request, request.POST)
    if form.is_valid():
        data = {**form.cleaned_data, **chosen(form.cleaned_data["kind"])}
        try:
            talk = services.accept_request(request.actor, request_id, at=timezone.now(), **data)
            return go_to(request, "talks:talk", talk.pk)
        except IllegalMove:
            return too_late(request, row)
        except tuple(refusing.WHERE) as refused:
            form.add_error(*refusing.said(refused))
    return show_request(request, row, status=422, accept=form)


def accept_form(request: ActorRequest, data: QueryDict | None = None) -> forms.AcceptForm:
    kinds = kind_choices(request.actor.realm_id, timezone.localdate())
    return forms.AcceptForm(data, prefix="accept", kinds=kinds)


@require_POST
def decline(request: ActorRequest, request_id: UUID) -> HttpResponse:
    row = request_for(request.actor, request_id, Permission.REQUEST_ANSWER)
    form = forms.ReasonForm(request.POST, prefix="decline")
    if form.is_valid():
        try:
            services.refuse_request(
                request.actor, request_id, reason=form.cleaned_data["reason"], at=timezone.now()
            )
            return go_to(request, "talks:request", request_id)
        except (IllegalMove, TextMissing):
            return too_late(request, row)
    return show_request(request, row, status=422, decline=form)


@require_POST
def withdraw(request: ActorRequest, request_id: UUID) -> HttpResponse:
    row = request_for(request.actor, request_id, Permission.REQUEST_WITHDRAW)
    try:
        services.withdraw_request(request.actor, request_id, at=timezone.now())
    except IllegalMove:
        return too_late(request, row)
    messages.success(request, _("The request was withdrawn."))
    return go_to(request, "talks:request", request_id)


def too_late(request: ActorRequest, row: RequestRow) -> HttpResponse:
    row.refresh_from_db()
    problem = _("The request was answered in the meantime. This is how it stands now.")
    return show_request(request, row, status=422, problem=problem)
