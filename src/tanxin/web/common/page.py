"""One common issue, and what an organiser does about it."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tanxin.apps.issues.common import deciding
from tanxin.apps.issues.common.access import CommonRow, common_for, relations_to
from tanxin.apps.issues.second_person import heads_above
from tanxin.core.access import Permission, decide
from tanxin.core.passing_on import CommonMove, CommonState
from tanxin.web.common import words
from tanxin.web.common.forms import DismissForm, TakeUpForm
from tanxin.web.directory import directory_of
from tanxin.web.feedback.forms import Choices
from tanxin.web.feedback.refusing import UNPROCESSABLE, attempt
from tanxin.web.issues.kinds import KindNames
from tanxin.web.requests import ActorRequest, go_to


@require_safe
def common(request: ActorRequest, common_id: UUID) -> HttpResponse:
    return show(request, common_for(request.actor, common_id, Permission.COMMON_VIEW))


def leaders_of(request: ActorRequest, row: CommonRow) -> Choices:
    """The head of the unit first, then those above it."""
    names, actor = directory_of(request), request.actor
    heads = heads_above(actor.realm_id, row.unit_id, timezone.localdate())
    ranked = sorted(heads, key=names.sort_key, reverse=True)
    return [(str(one), names.label(one)) for one in ranked]


def show(
    request: ActorRequest, row: CommonRow, *, status: int = 200, **bound: Form
) -> HttpResponse:
    relations = relations_to(request.actor, row)
    decides = decide(Permission.COMMON_DECIDE, relations).allowed
    is_open = row.state == CommonState.OPEN
    is_leader = decide(Permission.COMMON_PLAN, relations).allowed
    shown = {
        "common": row,
        "kind": KindNames(request.actor.realm_id)[row.kind],
        "state": words.STATES[row.state],
        "found": words.FOUND_BY[row.found_by],
        "decides": decides and is_open,
        "plans": is_leader and row.state == CommonState.TALK,
        "leads": is_leader and row.state == CommonState.PLANNED,
        "replies": decides and row.state == CommonState.REPLY,
        "drafts": decides and row.state == CommonState.RULE,
        "reason": deciding.reason_of(row) if decides else "",
        "take_up": bound.get("take_up") or TakeUpForm(leaders=leaders_of(request, row)),
        "dismiss": bound.get("dismiss") or DismissForm(),
    }
    return render(request, "common/common.html", shown, status=status)


@require_POST
def take_up(request: ActorRequest, common_id: UUID) -> HttpResponse:
    row = common_for(request.actor, common_id, Permission.COMMON_DECIDE)
    form = TakeUpForm(request.POST, leaders=leaders_of(request, row))
    status = UNPROCESSABLE
    if form.is_valid():
        way, leader = CommonMove(form.cleaned_data["way"]), form.cleaned_data["leader"]
        status = attempt(
            form,
            lambda: deciding.take_up(
                request.actor, common_id, way, leader=leader, at=timezone.now()
            ),
        ).status
        if not status:
            messages.success(request, str(words.DONE[way]))
            return go_to(request, "common:common", common_id)
    return show(request, row, status=status, take_up=form)


@require_POST
def dismiss(request: ActorRequest, common_id: UUID) -> HttpResponse:
    row = common_for(request.actor, common_id, Permission.COMMON_DECIDE)
    form = DismissForm(request.POST)
    status = UNPROCESSABLE
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        status = attempt(
            form,
            lambda: deciding.dismiss(request.actor, common_id, reason=reason, at=timezone.now()),
        ).status
        if not status:
            return go_to(request, "common:common", common_id)
    return show(request, row, status=status, dismiss=form)
