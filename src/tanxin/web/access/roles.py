from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from tanxin.apps.org import services
from tanxin.apps.org.selectors.entrusted import role_holders
from tanxin.apps.org.selectors.proposals import pending_proposals
from tanxin.apps.org.services.proposing import NobodyToApprove, ProposedAlready, propose_role
from tanxin.apps.org.services.roles import may_give_roles
from tanxin.apps.sealing.client import KeeperRefused
from tanxin.core.access import Permission, Role, decide
from tanxin.web.access import words
from tanxin.web.access.choosing import ChoosingForm
from tanxin.web.directory import directory_of
from tanxin.web.issues.people import PersonField
from tanxin.web.login.confirming import fresh
from tanxin.web.named_form import NamedForm
from tanxin.web.requests import ActorRequest, go_to

MOST = 50


class GiveForm(ChoosingForm):
    person = PersonField(label=gettext_lazy("Whom"))
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=list(words.GIVEN.items()))


class TakeForm(NamedForm):
    person = forms.UUIDField()
    role = forms.ChoiceField(choices=list(words.ROLES.items()))


@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: ActorRequest) -> HttpResponseBase:
    """Who holds which role; the security administrator proposes them here."""
    role_holders(request.actor, on=timezone.localdate())
    form = GiveForm(request.POST or None, directory=directory_of(request))
    if request.method == "POST":
        may_give_roles(request.actor)
        if not form.is_looking:
            return give(request, form)
    return show(request, form)


@fresh
def give(request: ActorRequest, form: GiveForm) -> HttpResponse:
    made = proposed(request, form) if form.is_valid() else None
    if made:
        messages.success(request, _("Proposed; it holds once somebody else has approved it."))
        return go_to(request, "access:proposal", made)
    return show(request, form)


def show(request: ActorRequest, form: GiveForm) -> HttpResponse:
    actor = request.actor
    held = role_holders(actor, on=timezone.localdate())
    shown: dict[str, Any] = {
        "held": [(role, words.ROLES[role], words.TASKS[role], held[role]) for role in Role],
        "pending": [
            (row, words.ROLES[Role(row.role)], words.proposal_state(row))
            for row in pending_proposals(actor)[:MOST]
        ],
        "form": form,
        "gives": decide(Permission.ROLE_GIVE, actor.standing).allowed,
        "me": actor.person_id,
    }
    refused = form.is_bound and not form.is_looking
    return render(request, "access/roles.html", shown, status=422 if refused else 200)


def proposed(request: ActorRequest, form: GiveForm) -> UUID | None:
    """The proposal, also one that stood already; or what is wrong is on the form."""
    try:
        return propose_role(
            request.actor,
            form.cleaned_data["person"],
            Role(form.cleaned_data["role"]),
            on=timezone.localdate(),
            at=timezone.now(),
        ).pk
    except ProposedAlready as stands:
        return stands.proposal_id
    except services.RoleForOneself:
        form.add_error("person", _("Nobody gives himself a role. That you tried is in the log."))
    except services.HoldsAnotherTask:
        form.add_error("role", _("System, security and audit are tasks of three people."))
    except services.RoleIsHeld:
        form.add_error("role", _("This person has the role already."))
    except NobodyToApprove:
        form.add_error(
            None, _("There is no second person to approve it: an organiser or a supervisor.")
        )
    return None


@require_POST
@fresh
def take(request: ActorRequest) -> HttpResponse:
    """From today on. One may lay down a role of one's own."""
    form = TakeForm(request.POST)
    if not form.is_valid():
        may_give_roles(request.actor)
        return HttpResponse(status=422)
    role = Role(form.cleaned_data["role"])
    try:
        services.take_role(
            request.actor,
            form.cleaned_data["person"],
            role,
            end=timezone.localdate(),
            at=timezone.now(),
        )
    except services.LastSecurityAdministrator:
        messages.error(request, _("Name another security administrator first."))
    except (services.RoleNotHeld, KeeperRefused):
        messages.error(request, _("Nothing was changed."))
    else:
        messages.success(request, _("The role is taken away from today on."))
    return go_to(request, "access:roles")
