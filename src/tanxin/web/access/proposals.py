"""One proposal for a role: somebody else approves it or says why not."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tanxin.apps.org import services
from tanxin.apps.org.selectors.proposals import (
    ProposalNotFound,
    ProposalRow,
    may_approve,
    proposal_for,
    why_not,
)
from tanxin.apps.org.services import proposing
from tanxin.apps.org.services.roles import may_give_roles
from tanxin.apps.sealing.client import KeeperRefused
from tanxin.core.access import Permission, Role, RowForbidden, decide
from tanxin.web.access import words
from tanxin.web.login.confirming import fresh
from tanxin.web.readable import readable
from tanxin.web.requests import ActorRequest, go_to

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONGEST = 500


class ProposalForbidden(RowForbidden):
    """It may be seen, but somebody else decides."""


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why not"),
        help_text=gettext_lazy("Who proposed it and who may approve it read this."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[readable],
    )


@require_safe
def page(request: ActorRequest, proposal_id: UUID) -> HttpResponse:
    return show(request, proposal_for(request.actor, proposal_id), ReasonForm())


def show(
    request: ActorRequest, row: ProposalRow, form: ReasonForm, problem: str = ""
) -> HttpResponse:
    actor, role = request.actor, Role(row.role)
    decides = not row.verdict and may_approve(actor, row, on=timezone.localdate())
    gives = decide(Permission.ROLE_GIVE, actor.standing).allowed
    shown = {
        "row": row,
        "role": words.ROLES[role],
        "task": words.TASKS[role],
        "state": words.proposal_state(row),
        "why_not": why_not(row),
        "decides": decides,
        "may_put_in_force": gives and proposing.may_put_in_force(actor, row),
        "may_withdraw": gives and row.verdict in {"", "approved"} and not row.given_at,
        "form": form,
        "problem": problem,
        "to_roles": decide(Permission.ROLE_VIEW, actor.standing).allowed,
    }
    refused = problem or form.errors
    return render(request, "access/proposal.html", shown, status=422 if refused else 200)


@require_POST
@fresh
def approve(request: ActorRequest, proposal_id: UUID) -> HttpResponseBase:
    return act(
        request,
        proposal_id,
        lambda: proposing.approve_role(
            request.actor, proposal_id, on=timezone.localdate(), at=timezone.now()
        ),
        _("Approved."),
    )


@require_POST
@fresh
def turn_down(request: ActorRequest, proposal_id: UUID) -> HttpResponseBase:
    row = proposal_for(request.actor, proposal_id)
    if not may_approve(request.actor, row, on=timezone.localdate()):
        raise ProposalForbidden(proposal_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return show(request, row, form)
    return act(
        request,
        proposal_id,
        lambda: proposing.turn_role_down(
            request.actor,
            proposal_id,
            reason=form.cleaned_data["reason"],
            on=timezone.localdate(),
            at=timezone.now(),
        ),
        _("Not approved; who proposed it reads why."),
    )


@require_POST
def withdraw(request: ActorRequest, proposal_id: UUID) -> HttpResponseBase:
    row = proposal_for(request.actor, proposal_id)
    may_give_roles(request.actor)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return show(request, row, form)
    return act(
        request,
        proposal_id,
        lambda: proposing.withdraw_role(
            request.actor, proposal_id, reason=form.cleaned_data["reason"], at=timezone.now()
        ),
        _("Withdrawn."),
    )


@require_POST
@fresh
def put_in_force(request: ActorRequest, proposal_id: UUID) -> HttpResponseBase:
    proposal_for(request.actor, proposal_id)
    may_give_roles(request.actor)
    return act(
        request,
        proposal_id,
        lambda: proposing.put_in_force(
            request.actor, proposal_id, on=timezone.localdate(), at=timezone.now()
        ),
        _("The role is given from today on."),
    )


def act(
    request: ActorRequest,
    proposal_id: UUID,
    verb: Callable[[], object],
    done: "_StrPromise | str",
) -> HttpResponse:
    """Do it, or show the page as it stands now."""
    row = proposal_for(request.actor, proposal_id)
    problem = ""
    try:
        verb()
    except ProposalNotFound:
        raise ProposalForbidden(proposal_id) from None
    except proposing.ProposalIsSettled:
        problem = _("This was settled in the meantime.")
    except (services.HoldsAnotherTask, services.RoleIsHeld):
        problem = _("This person holds the role, or another of the three tasks, by now.")
    except KeeperRefused:
        problem = _("The keeper does not know you as security administrator.")
    if problem:
        row.refresh_from_db()
        return show(request, row, ReasonForm(), problem)
    messages.success(request, done)
    return go_to(request, "access:proposal", proposal_id)
