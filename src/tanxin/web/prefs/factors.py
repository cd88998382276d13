"""Adding a second factor: an app, a passkey; and the codes for the day both are lost."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from tanxin.apps.accounts.second_factor.codes import WrongCode, add_app, new_setup, renew_codes
from tanxin.apps.accounts.second_factor.keeping import has_second_factor
from tanxin.apps.accounts.second_factor.passkeys import (
    PasskeyRefused,
    add_passkey,
    creation_options,
)
from tanxin.core.access import SecondFactor
from tanxin.web.login.confirming import fresh
from tanxin.web.prefs.forms import CodeForm, PasskeyForm
from tanxin.web.prefs.picture import qr_path, qr_size
from tanxin.web.prefs.security import at_number, factor_changed, own_account
from tanxin.web.requests import ActorRequest, go_to

SETUP = "setup"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@fresh
@sensitive_variables()
def app(request: ActorRequest) -> HttpResponse:
    """The secret waits in the encrypted session until a first code has shown that it arrived."""
    account = own_account(request)
    setup = new_setup(account, request.session.get(SETUP, ""))
    request.session[SETUP] = setup.secret
    form = CodeForm(request.POST if "code" in request.POST else None)
    if form.is_valid():
        try:
            codes = add_app(
                request.actor, account, setup.secret, form.cleaned_data["code"], at=timezone.now()
            )
        except WrongCode:
            form.add_error("code", _("This is not the code the app shows now. Is its clock right?"))
        else:
            del request.session[SETUP]
            return added(request, codes)
    page = {
        "form": form,
        "must": request.actor.second_factor is SecondFactor.BARRED,
        "secret": in_fours(setup.secret),
        "qr": qr_path(setup.address),
        "qr_size": qr_size(setup.address),
    }
    return render(request, "prefs/app.html", page, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def passkey(request: ActorRequest) -> HttpResponse:
    account = own_account(request)
    form = PasskeyForm(
        request.POST if "credential" in request.POST else None, initial={"name": _("My passkey")}
    )
    if form.is_valid():
        try:
            codes = add_passkey(
                request.actor,
                account,
                form.cleaned_data["name"],
                form.cleaned_data["credential"],
                at=timezone.now(),
            )
        except PasskeyRefused:
            form.add_error(None, _("The key gave no answer that fits. Please try again."))
        else:
            return added(request, codes)
    page = {"form": form, "options": creation_options(account), "at_number": at_number(request)}
    return render(request, "prefs/passkey.html", page, status=422 if form.errors else 200)


@never_cache
@require_POST
@fresh
def codes(request: ActorRequest) -> HttpResponse:
    account = own_account(request)
    if not has_second_factor(account.pk):
        raise Http404
    made = renew_codes(request.actor, account, at=timezone.now())
    factor_changed(request)
    return show_codes(request, made)


def added(request: ActorRequest, made: Sequence[str]) -> HttpResponse:
    factor_changed(request)
    if made:
        return show_codes(request, made)
    messages.success(request, _("The second factor was added. All other logins were ended."))
    return go_to(request, "prefs:security")


def show_codes(request: ActorRequest, made: Sequence[str]) -> HttpResponse:
    """Shown this once; nobody can show them again, only make new ones."""
    return render(request, "prefs/codes.html", {"codes": made})


def in_fours(secret: str) -> str:
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
