from django.contrib.auth import login as begin_session
from django.contrib.auth import logout as end_session
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tanxin.apps.accounts.limiter import TooManyAttempts
from tanxin.apps.accounts.sign_in import (
    AccountRow,
    WrongLogin,
    account_named,
    account_of_login,
    note_sign_in,
    note_sign_out,
)
from tanxin.apps.org.actors import actor_of
from tanxin.core.access import Actor
from tanxin.web.login.forms import LoginForm
from tanxin.web.login.personas import PERSONAS, demo_realm
from tanxin.web.login.source import source_of
from tanxin.web.open_to_all import open_to_all


class SeeOther(HttpResponseRedirect):
    status_code = 303


@open_to_all
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        if getattr(request, "actor", None) is not None:
            return SeeOther(onward(request))
        return door(request, LoginForm())
    form = LoginForm(request.POST)
    if form.is_valid():
        try:
            account = account_of_login(
                form.cleaned_data["handle"],
                form.cleaned_data["password"],
                source=source_of(request),
                at=timezone.now(),
            )
        except WrongLogin:
            form.add_error(None, _("Account and password do not fit together."))
        except TooManyAttempts:
            form.add_error(None, _("Too many attempts. Please try again in 15 minutes."))
        else:
            actor = actor_of(account.pk, on=timezone.localdate())
            if actor is not None:
                return enter(request, account, actor)
            form.add_error(
                None,
                _("This account belongs to nobody in the organisation. Ask your organiser."),
            )
    return door(request, form, status=422)


@open_to_all
@never_cache
@require_POST
def demo(request: HttpRequest) -> HttpResponse:
    """Let anybody in as one of the demo's people. Outside the demo there is no such page."""
    realm = demo_realm()
    handle = request.POST.get("handle", "")
    if realm is None or handle not in {persona.handle for persona in PERSONAS}:
        raise Http404
    account = account_named(handle)
    if account is None:
        raise Http404
    actor = actor_of(account.pk, on=timezone.localdate(), realm_id=realm)
    if actor is None:
        raise Http404
    return enter(request, account, actor)


@open_to_all
@never_cache
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session here and on the server, and have the browser forget what it saw."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is not None:
        note_sign_out(actor, at=timezone.now())
    end_session(request)
    response = SeeOther(resolve_url("login:login"))
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def enter(request: HttpRequest, account: AccountRow, actor: Actor) -> HttpResponse:
    """Begin a session under a new key; what an earlier person left in it is gone."""
    end_session(request)
    begin_session(request, account)
    request.session["realm"] = str(actor.realm_id)
    note_sign_in(actor, at=timezone.now())
    return SeeOther(onward(request))


def onward(request: HttpRequest) -> str:
    """The page that was asked for before logging in, never one of another site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return resolve_url("home:home")


def door(request: HttpRequest, form: LoginForm, status: int = 200) -> HttpResponse:
    page = {
        "form": form,
        "next": onward(request),
        "personas": PERSONAS if demo_realm() else (),
    }
    return render(request, "login/login.html", page, status=status)
