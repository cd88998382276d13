"""Whose second factor is obligatory: chosen by role, by the security administrator."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tanxin.apps.org.selectors.accounts import without_second_factor
from tanxin.apps.org.selectors.entrusted import role_holders
from tanxin.apps.org.services.obliging import oblige, obliged_roles
from tanxin.apps.org.services.roles import may_give_roles
from tanxin.core.access import Permission, Role, decide
from tanxin.web.access import words
from tanxin.web.login.confirming import fresh
from tanxin.web.named_form import NamedForm
from tanxin.web.requests import ActorRequest, go_to


class ObligeForm(NamedForm):
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Who needs a second factor"),
        help_text=gettext_lazy(
            "Whoever holds one of these roles and has none sets one up right after logging in, and"
            " reaches nothing else before."
        ),
        choices=list(words.ROLES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: ActorRequest) -> HttpResponseBase:
    role_holders(request.actor, on=timezone.localdate())
    if request.method == "POST":
        may_give_roles(request.actor)
        return change(request)
    chosen = obliged_roles(request.actor.realm_id)
    return show(request, ObligeForm(initial={"roles": [role.value for role in chosen]}))


@fresh
def change(request: ActorRequest) -> HttpResponse:
    form = ObligeForm(request.POST)
    if not form.is_valid():
        return show(request, form)
    oblige(request.actor, [Role(name) for name in form.cleaned_data["roles"]], at=timezone.now())
    messages.success(request, _("Saved; it holds from the next page of everybody it concerns."))
    return go_to(request, "access:second_factor")


def show(request: ActorRequest, form: ObligeForm) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    held = role_holders(actor, on=today)
    obliged = obliged_roles(actor.realm_id)
    people = {person for role in obliged for person in held[role]}
    shown: dict[str, Any] = {
        "form": form,
        "gives": decide(Permission.ROLE_GIVE, actor.standing).allowed,
        "obliged": [words.ROLES[role] for role in Role if role in obliged],
        "lacking": without_second_factor(actor.realm_id, people),
    }
    return render(request, "access/second_factor.html", shown, status=422 if form.errors else 200)
