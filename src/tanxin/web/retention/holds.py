"""Keeping a talk's texts longer, by two: asked for on the talk, confirmed, lifted."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanxin.apps.retention import holding
from tanxin.apps.retention.refusals import (
    HeldAlready,
    MovedOn,
    NothingToKeep,
    RetentionForbidden,
)
from tanxin.apps.talks.access import talk_for
from tanxin.core.access import Permission, decide
from tanxin.web.directory import directory_of
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.retention.forms import ReasonForm
from tanxin.web.talks.showing import people_of

if TYPE_CHECKING:
    # Exists for type checkers only.
    from django.utils.functional import _StrPromise

DONE: "Mapping[str, _StrPromise]" = {
    "confirm": gettext_lazy("Confirmed: the texts are kept until two lift it."),
    "refuse": gettext_lazy("Not confirmed: the usual time of keeping goes on."),
    "ask": gettext_lazy("Asked; it is kept until somebody else agrees."),
    "lift": gettext_lazy("Lifted by two: the usual time of keeping goes on."),
}
VERBS: Mapping[str, Callable[..., object]] = {
    "confirm": holding.confirm_hold,
    "refuse": holding.refuse_hold,
    "lift": holding.lift_hold,
}


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    """Also from here a supervisor packs the talk for an archive."""
    actor = request.actor
    talk = talk_for(actor, talk_id, Permission.TALK_VIEW)
    if not decide(Permission.HOLD_SET, actor.standing).allowed:
        raise RetentionForbidden(Permission.HOLD_SET)
    form = ReasonForm(request.POST or None)
    going_on = holding.holds_seen(actor).filter(talk=talk_id).first()
    if form.is_bound and form.is_valid():
        try:
            row = holding.ask_hold(
                actor, talk_id, reason=form.cleaned_data["reason"], at=timezone.now()
            )
        except HeldAlready:
            form.add_error(None, _("It is kept already."))
        except NothingToKeep:
            form.add_error(None, _("Its texts are destroyed: there is nothing left to keep."))
        else:
            messages.success(request, _("Kept from now on; a second person confirms it."))
            return go_to(request, "retention:hold", row.pk)
    shown = {
        "talk": talk,
        "title": people_of(actor, talk, directory_of(request)),
        "going_on": going_on,
        "form": form,
        "packs": decide(Permission.PACKAGE_MAKE, actor.standing).allowed,
    }
    return render(request, "retention/talk.html", shown, status=422 if form.is_bound else 200)


@require_safe
def page(request: ActorRequest, hold_id: UUID) -> HttpResponse:
    return show(request, holding.hold_for(request.actor, hold_id), ReasonForm())


def show(
    request: ActorRequest, row: holding.HoldRow, form: ReasonForm, problem: str = ""
) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    why, lift = holding.hold_words(row)
    lifting, confirmed = row.lift_asked_by_id is not None, row.confirmed_by_id is not None
    seconds = holding.may_decide(actor, row, on=today)
    shown = {
        "row": row,
        "title": people_of(actor, row.talk, directory_of(request)),
        "why": why,
        "lift": lift,
        "confirms": seconds and not confirmed,
        "lifts": seconds and lifting,
        "asks": confirmed and not lifting,
        "form": form,
        "problem": problem,
    }
    refused = problem or form.errors
    return render(request, "retention/hold.html", shown, status=422 if refused else 200)


@require_POST
def act(request: ActorRequest, hold_id: UUID, hold_step: str) -> HttpResponse:
    """``confirm``, ``refuse``, ``lift``; ``ask`` that it be lifted, with the reason."""
    if hold_step not in DONE:
        raise Http404
    actor, today, now = request.actor, timezone.localdate(), timezone.now()
    row = holding.hold_for(actor, hold_id)
    try:
        if hold_step == "ask":
            form = ReasonForm(request.POST)
            if not form.is_valid():
                return show(request, row, form)
            holding.ask_lift(actor, hold_id, reason=form.cleaned_data["reason"], at=now)
        else:
            VERBS[hold_step](actor, hold_id, on=today, at=now)
    except MovedOn:
        return show(request, row, ReasonForm(), _("This was decided in the meantime."))
    messages.success(request, DONE[hold_step])
    if hold_step in {"refuse", "lift"}:
        return go_to(request, "retention:start")
    return go_to(request, "retention:hold", hold_id)
