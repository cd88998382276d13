from django.contrib.auth import logout as end_session
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tanxin.apps.accounts.keeper_login import close_keeper_session, open_keeper_session
from tanxin.apps.accounts.sign_in import (
    WrongLogin,
    account_named,
    account_of_login,
    note_sign_out,
)
from tanxin.apps.org.actors import actor_of
from tanxin.core.access import Actor
from tanxin.web.login.entering import SeeOther, after_password, enter, onward
from tanxin.web.login.failing import note_wrong_login
from tanxin.web.login.forms import LoginForm
from tanxin.web.login.personas import HANDLES, OVERSEEING, PERSONAS, demo_realm
from tanxin.web.login.source import source_of
from tanxin.web.open_to_all import open_to_all


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
        handle, password = form.cleaned_data["handle"], form.cleaned_data["password"]
        try:
            account = account_of_login(
                handle, password, source=source_of(request), at=timezone.now()
            )
        except WrongLogin:
            note_wrong_login(handle, "login")
            form.add_error(None, does_not_fit())
        else:
            actor = actor_of(account.pk, on=timezone.localdate())
            if actor is not None:
                return after_password(request, account, actor, password)
            form.add_error(
                None,
                _("This account belongs to nobody in the organisation. Ask your organiser."),
            )
    return door(request, form, status=422)


def does_not_fit() -> str:
    """One sentence for unknown, closed, wrong and waiting: it tells nobody which it is."""
    return _(
        "Account and password do not fit together. After five attempts an account waits 15 minutes."
    )


@open_to_all
@never_cache
@require_POST
def demo(request: HttpRequest) -> HttpResponse:
    """Let anybody in as one of the demo's people. Outside the demo there is no such page."""
    realm = demo_realm()
    handle = request.POST.get("handle", "")
    if realm is None or handle not in HANDLES:
        raise Http404
    account = account_named(handle)
    if account is None:
        raise Http404
    actor = actor_of(account.pk, on=timezone.localdate(), realm_id=realm)
    if actor is None:
        raise Http404
    return enter(request, account, actor, open_keeper_session(actor, None))


@open_to_all
@never_cache
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session here, at the keeper and have the browser forget what it saw.

    The cookies that choose language and light stay.
    """
    actor: Actor | None = getattr(request, "actor", None)
    if actor is not None:
        close_keeper_session(actor)
        note_sign_out(actor, at=timezone.now())
    end_session(request)
    response = SeeOther(resolve_url("login:login"))
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def door(request: HttpRequest, form: LoginForm, status: int = 200) -> HttpResponse:
    is_demo = demo_realm() is not None
    page = {
        "form": form,
        "next": onward(request),
        "personas": PERSONAS if is_demo else (),
        "overseeing": OVERSEEING if is_demo else (),
    }
    return render(request, "login/login.html", page, status=status)
