"""A request on its page, and every answer that can be given to it by either side."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tanxin.apps.archive.access import openable
from tanxin.apps.archive.selectors import records_about
from tanxin.apps.archive.services import open_texts
from tanxin.apps.org.apart import Barred
from tanxin.apps.org.directory import directory
from tanxin.apps.talks import services
from tanxin.apps.talks.access import request_for
from tanxin.apps.talks.refusals import SuggestsOneOfTheTwo, TextMissing
from tanxin.apps.talks.selectors import RequestRow, replaced_by, told_to
from tanxin.apps.talks.services.asking import may_replace
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import UNANSWERED, IllegalMove, RequestState
from tanxin.web.directory import directory_of
from tanxin.web.prose import prose_day
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.talks import forms, refusing, words
from tanxin.web.talks.kinds import chosen, kind_choices
from tanxin.web.talks.request_forms import ForwardForm, SuggestForm
from tanxin.web.talks.times import Times, minutes_of, with_taken


def sent(request: ActorRequest, made: RequestRow) -> HttpResponse:
    day = prose_day(made.answer_by)
    messages.success(request, _("Sent. An answer is owed by %(day)s.") % {"day": day})
    return go_to(request, "talks:request", made.pk)


@require_safe
def request_page(request: ActorRequest, request_id: UUID) -> HttpResponse:
    return show_request(request, request_for(request.actor, request_id, Permission.REQUEST_VIEW))


def texts_of(actor: Actor, row: RequestRow) -> dict[str, str]:
    """Topic and refusal, as far as they are for this reader."""
    found = openable(actor, records_about(actor, row.pk, ["topic", "reason"]))
    standing = "asked" if row.asked_id == actor.person_id else "asker"
    texts = open_texts(actor, [one.pk for one in found], standing)
    return {one.kind: texts[one.pk] for one in found}


def own_topic(actor: Actor, row: RequestRow) -> str:
    """What the actor wrote himself; what he wrote for another he cannot open."""
    return texts_of(actor, row).get("topic", "")


def show_request(
    request: ActorRequest, row: RequestRow, *, status: int = 200, problem: str = "", **bound: Form
) -> HttpResponse:
    """Open the topic, and the reason of a refusal, for the two of the request."""
    actor, names = request.actor, directory(request.actor.realm_id)
    by_me = row.asked_id != actor.person_id
    texts = texts_of(actor, row)
    shown: dict[str, Any] = {
        "row": row,
        "by_me": by_me,
        "for_other": names.label(row.asker_id) if row.through_id == actor.person_id else "",
        "through": names.name(row.through_id) if row.through_id else "",
        "other": names.label(row.asked_id if by_me else row.asker_id),
        "suggested": names.label(row.suggested_id) if row.suggested_id else "",
        "channel": words.CHANNELS[row.channel],
        "label": words.REQUEST_STATES[row.state],
        "topic": texts.get("topic", ""),
        "refusal": texts.get("reason", ""),
        "is_open": row.state in UNANSWERED,
        "talk_id": row.talk_id if not by_me or row.state == RequestState.ACCEPTED else None,
        "told_to": told_to(row),
        "replaced_by": replaced_by(row) if by_me else None,
        "may_ask_instead": may_replace(actor, row, timezone.now()),
        "today": timezone.localdate(),
        "problem": problem,
    }
    may_answer = not by_me and row.talk_id is None
    if row.state in UNANSWERED and may_answer:
        form = bound.get("accept") or accept_form(request)
        if isinstance(form, forms.AcceptForm):
            form.free = times_of(request, row).free(minutes_of(form))
        shown["accept"] = form
    if row.state == RequestState.WAITING and may_answer:
        shown["decline"] = bound.get("decline") or forms.ReasonForm(prefix="decline")
        shown["suggest"] = bound.get("suggest") or SuggestForm(directory=directory_of(request))
    if row.state == RequestState.SUGGESTED and by_me:
        shown["forward"] = bound.get("forward") or ForwardForm(initial={"topic": shown["topic"]})
    return render(request, "talks/request.html", shown, status=status)


@require_POST
def accept(request: ActorRequest, request_id: UUID) -> HttpResponse:
    row = request_for(request.actor, request_id, Permission.REQUEST_ANSWER)
    form = accept_form(request, with_taken(request.POST, "accept"))
    if form.is_valid() and not times_of(request, row).warn(form, minutes_of(form)):
        data = {**form.cleaned_data, **chosen(form.cleaned_data["kind"])}
        data.pop("anyway")
        try:
            talk = services.accept_request(request.actor, request_id, at=timezone.now(), **data)
            return go_to(request, "talks:talk", talk.pk)
        except IllegalMove:
            return too_late(request, row)
        except tuple(refusing.WHERE) as refused:
            form.add_error(*refusing.said(refused))
    return show_request(request, row, status=422, accept=form)


def times_of(request: ActorRequest, row: RequestRow) -> Times:
    return Times(request.actor, [row.asked_id, row.asker_id])


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


@require_POST
def suggest(request: ActorRequest, request_id: UUID) -> HttpResponse:
    row = request_for(request.actor, request_id, Permission.REQUEST_ANSWER)
    form = SuggestForm(request.POST, directory=directory_of(request))
    if not form.is_looking and form.is_valid():
        try:
            services.suggest_another(
                request.actor, request_id, to=form.cleaned_data["person"], at=timezone.now()
            )
            messages.success(request, _("The one who asked decides whether it goes there."))
            return go_to(request, "talks:request", request_id)
        except SuggestsOneOfTheTwo:
            form.add_error("person", _("Choose somebody who is no side of this request."))
        except Barred:
            form.add_error("person", _("By the rules of recusal it cannot be this person."))
        except IllegalMove:
            return too_late(request, row)
    return show_request(request, row, status=200 if form.is_looking else 422, suggest=form)


@require_POST
def stay(request: ActorRequest, request_id: UUID) -> HttpResponse:
    row = request_for(request.actor, request_id, Permission.REQUEST_WITHDRAW)
    try:
        services.stay_with(request.actor, request_id, at=timezone.now())
    except IllegalMove:
        return too_late(request, row)
    messages.success(request, _("It stays with the one you asked; he owes you an answer."))
    return go_to(request, "talks:request", request_id)


@require_POST
def forward(request: ActorRequest, request_id: UUID) -> HttpResponse:
    row = request_for(request.actor, request_id, Permission.REQUEST_WITHDRAW)
    form = ForwardForm(request.POST)
    if not form.is_valid():
        return show_request(request, row, status=422, forward=form)
    try:
        topic = form.cleaned_data["topic"]
        made = services.forward(request.actor, request_id, topic=topic, at=timezone.now())
    except IllegalMove:
        return too_late(request, row)
    return sent(request, made)
