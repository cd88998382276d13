"""Inspections: who looks, at what and until when; the facts first, and text only when let."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanxin.apps.org.services.roles import RoleForOneself, RoleIsHeld
from tanxin.apps.oversight import inspecting
from tanxin.apps.oversight.access import supervises
from tanxin.apps.oversight.inspecting import InspectionRow, Team
from tanxin.apps.oversight.refusals import DecidedAlready, MemberWithoutAccount, TooLong
from tanxin.core.access import Permission, RowNotFound, decide
from tanxin.web.directory import directory_of
from tanxin.web.keyset import page_of
from tanxin.web.login.confirming import fresh
from tanxin.web.oversight.inspection_forms import ProposeForm
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.talks import words as talk_words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

BY_FIRST = ("-first", "-id")
BY_HELD = ("-held_at", "-id")
STATES: "dict[str, _StrPromise]" = {
    "proposed": pgettext_lazy("inspection", "waiting for approval"),
    "refused": pgettext_lazy("inspection", "not approved"),
    "to_come": pgettext_lazy("inspection", "to come"),
    "going_on": pgettext_lazy("inspection", "going on"),
    "over": pgettext_lazy("inspection", "over"),
}
TONES = {"proposed": "warn", "going_on": "info", "to_come": "info"}
FIGURES: "dict[str, _StrPromise]" = {
    "talks": gettext_lazy("Talks held"),
    "confirmed": gettext_lazy("of these confirmed"),
    "unconfirmed": gettext_lazy("left without a word"),
    "disputed": gettext_lazy("disputed"),
    "unwritten": gettext_lazy("without a record"),
    "waiting": gettext_lazy("records that wait for the other side"),
    "late": gettext_lazy("late entries"),
    "issues": gettext_lazy("Issues taken down"),
    "answered": gettext_lazy("Issues answered"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def inspections(request: ActorRequest) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    if not decide(Permission.INSPECTION_VIEW, actor.standing).allowed:
        raise RowNotFound
    proposes = decide(Permission.INSPECTION_PROPOSE, actor.standing).allowed
    sent = request.POST if request.method == "POST" else None
    form = ProposeForm(sent, directory=directory_of(request)) if proposes else None
    if sent is not None:
        if form is None:
            raise inspecting.InspectionForbidden(Permission.INSPECTION_PROPOSE)
        if not form.is_looking and form.is_valid() and (made := proposed(request, form)):
            return go_to(request, "oversight:inspection", made)
    rows = inspecting.visible_inspections(actor, on=today)
    page = page_of(rows, order=BY_FIRST, cursor=request.GET.get("cursor", ""))
    shown = {
        "form": form,
        "page": page,
        "lines": [(row, *state_of(row)) for row in page.rows],
        "supervises": supervises(actor),
    }
    refused = sent is not None and form is not None and not form.is_looking
    return render(request, "oversight/inspections.html", shown, status=422 if refused else 200)


def proposed(request: ActorRequest, form: ProposeForm) -> UUID | None:
    """The inspection; or what is wrong is on the form."""
    data = form.cleaned_data
    days = {name: data[name] for name in ("first", "last", "since", "until")}
    team = Team(name=data["name"], members=form.members, **days)
    try:
        return inspecting.propose_inspection(request.actor, team, at=timezone.now()).pk
    except TooLong as too_long:
        most = {"days": too_long.args[0]}
        form.add_error("last", _("An inspection lasts %(days)s days at most.") % most)
    except MemberWithoutAccount:
        form.add_error(None, _("Somebody of the team has no account and could not log in."))
    return None


def state_of(row: InspectionRow) -> tuple["_StrPromise", str]:
    state = inspecting.state_of(row, on=timezone.localdate())
    return STATES[state], TONES.get(state, "rest")


@require_safe
def inspection(request: ActorRequest, inspection_id: UUID) -> HttpResponse:
    """The numbers of its days first, then the talks one by one; nothing that was said."""
    actor, today = request.actor, timezone.localdate()
    row = inspecting.inspection_for(actor, inspection_id, Permission.INSPECTION_VIEW, on=today)
    members = inspecting.members_of(row)
    looks = decide(Permission.CONTENT_ASK, actor.standing).allowed
    numbers = inspecting.figures(actor, row) if looks else {}
    page: Any = None
    if looks:
        rows = inspecting.talks_looked_at(actor, row)
        page = page_of(rows, order=BY_HELD, cursor=request.GET.get("cursor", ""))
    state = inspecting.state_of(row, on=today)
    shown = {
        "row": row,
        "state": STATES[state],
        "tone": TONES.get(state, "rest"),
        "members": members,
        "asked": inspecting.asked_to_read(row, members),
        "figures": [(word, numbers[name]) for name, word in FIGURES.items() if name in numbers],
        "page": page,
        "talks": [(talk, talk_words.STATES[talk.state]) for talk in page.rows] if page else [],
        "decides": state == "proposed"
        and decide(Permission.INSPECTION_APPROVE, actor.standing).allowed
        and actor.person_id not in {row.proposed_by_id, *members},
        "ends": state in {"going_on", "to_come"} and supervises(actor),
    }
    return render(request, "oversight/inspection.html", shown)


@require_POST
@fresh
def decide_inspection(request: ActorRequest, inspection_id: UUID) -> HttpResponse:
    approves = request.POST.get("verdict") == "approve"
    step = inspecting.approve_inspection if approves else inspecting.refuse_inspection
    return taken(request, inspection_id, step)


@require_POST
def end_inspection(request: ActorRequest, inspection_id: UUID) -> HttpResponse:
    return taken(request, inspection_id, inspecting.end_inspection)


def taken(
    request: ActorRequest, inspection_id: UUID, step: Callable[..., InspectionRow]
) -> HttpResponse:
    try:
        step(request.actor, inspection_id, at=timezone.now())
    except DecidedAlready:
        messages.info(request, _("It was decided already."))
    except (RoleIsHeld, RoleForOneself):
        messages.warning(
            request, _("Somebody of the team inspects elsewhere on one of these days.")
        )
    return go_to(request, "oversight:inspection", inspection_id)
