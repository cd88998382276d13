"""Choosing a password with a code that the security administrator gave."""

from dataclasses import replace

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tanxin.apps.accounts.keeper_login import (
    close_keeper_session,
    open_keeper_session,
    set_keeper_password,
)
from tanxin.apps.accounts.passwords import account_of_code, claim_code, unclaim_code, use_code
from tanxin.apps.accounts.sign_in import WrongLogin
from tanxin.apps.org.actors import actor_of
from tanxin.apps.sealing.client import KeeperRefused, KeeperUnavailable
from tanxin.core.access import Actor
from tanxin.web.login.entering import SeeOther
from tanxin.web.login.failing import note_wrong_login
from tanxin.web.login.source import source_of
from tanxin.web.open_to_all import open_to_all
from tanxin.web.prefs.forms import NewPasswordForm


class ResetForm(NewPasswordForm):
    handle = forms.CharField(
        label=gettext_lazy("Account"),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    code = forms.CharField(
        label=gettext_lazy("Code you were given"),
        max_length=40,
        help_text=gettext_lazy("Sixteen letters and figures; it is good for one day and once."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


@open_to_all
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "login/reset.html", {"form": ResetForm()})
    form = ResetForm(request.POST)
    if form.is_valid():
        try:
            choose(request, form.cleaned_data)
        except WrongLogin:
            note_wrong_login(form.cleaned_data["handle"], "code")
            form.add_error(None, _("Account and code do not fit, or the code is no longer good."))
        else:
            messages.success(request, _("The password was set. Please log in with it."))
            return SeeOther(resolve_url("login:login"))
    return render(request, "login/reset.html", {"form": form}, status=422)


def choose(request: HttpRequest, given: dict[str, str]) -> None:
    """At the keeper the code is the old password: whoever has it may set the next one.

    Of two who use a code at once one has claimed it before the keeper hears of either.
    """
    now, code = timezone.now(), given["code"]
    account = account_of_code(given["handle"], code, source=source_of(request), at=now)
    actor = actor_of(account.pk, on=timezone.localdate())
    if actor is None:
        raise WrongLogin
    claim_code(account.pk, code, at=now)
    try:
        tell_keeper(actor, plain(code), given["new_password"])
    except (KeeperUnavailable, KeeperRefused) as reason:
        unclaim_code(account.pk, code, at=now)
        if isinstance(reason, KeeperRefused):
            raise WrongLogin from reason
        raise
    use_code(actor, given["new_password"], at=now)


def tell_keeper(actor: Actor, code: str, password: str) -> None:
    known = replace(actor, session=open_keeper_session(actor, code))
    set_keeper_password(known, known, password)
    close_keeper_session(known)


def plain(code: str) -> str:
    return "".join(sign for sign in code.upper() if sign.isalnum())
