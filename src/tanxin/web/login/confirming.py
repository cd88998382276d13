"""Showing again who one is, before a step of weight. What was typed comes along.

A view marked ``@fresh`` runs only for somebody who has shown within five minutes who he is. A form
sent too late is shown again as hidden fields with the question, and goes on where it was going.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tanxin.apps.accounts.failures import note_failure
from tanxin.apps.accounts.keeper_login import open_keeper_session
from tanxin.apps.accounts.limiter import TooManyAttempts
from tanxin.apps.accounts.passwords import is_password_of
from tanxin.apps.accounts.second_factor.codes import WrongCode, check_code
from tanxin.apps.accounts.second_factor.keeping import has_second_factor
from tanxin.apps.accounts.second_factor.passkeys import (
    PasskeyRefused,
    check_passkey,
    request_options,
)
from tanxin.apps.accounts.sign_in import AccountRow, note_confirmed
from tanxin.core.access import Actor
from tanxin.web.login.entering import KEEPER, SeeOther, is_fresh, mark_fresh, new_key, onward
from tanxin.web.login.source import source_of
from tanxin.web.requests import ActorRequest

P = ParamSpec("P")
View = Callable[Concatenate[ActorRequest, P], HttpResponseBase]
FRESH_FOR = timedelta(minutes=5)
PREFIX = "itsme-"  # no form of ours begins so
LONGEST = 256


@dataclass(frozen=True, slots=True)
class Carried:
    """One field of the form that waits."""

    name: str
    value: str


def fresh(view: View[P], within: timedelta = FRESH_FOR) -> View[P]:
    """Ask again who it is, unless he has just shown it."""

    @wraps(view)
    def guarded(request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if is_fresh(request, within):
            return view(request, *args, **kwargs)
        if request.method in {"GET", "HEAD"}:
            return to_question(request)
        if not has_answered(request):
            return ask(request)
        if not has_confirmed(request):
            return ask(request, wrong=True)
        return view(request, *args, **kwargs)

    return guarded


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: ActorRequest) -> HttpResponse:
    """The question alone, for a page that is only looked at."""
    if request.method == "POST" and has_confirmed(request):
        return SeeOther(onward(request))
    return ask(request, wrong=request.method == "POST")


def ask(request: ActorRequest, *, wrong: bool = False) -> HttpResponse:
    account = cast("AccountRow", request.user)
    page = {
        "carried": carried(request),
        "wrong": wrong,
        "just_confirm": may_just_confirm(account),
        "has_factor": not needs_password(request) and has_second_factor(account.pk),
        "passkey_options": "" if needs_password(request) else request_options(account),
    }
    response = render(request, "login/confirm.html", page, status=422 if wrong else 200)
    if request.headers.get("HX-Request"):
        response.headers["HX-Retarget"] = response.headers["HX-Reselect"] = "#main"
        response.headers["HX-Reswap"] = "outerHTML"
    response.headers["Cache-Control"] = "no-store"
    return response


def carried(request: HttpRequest) -> list[Carried]:
    fields = request.POST if request.method == "POST" else request.GET
    return [
        Carried(name, str(value))
        for name, values in fields.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and not name.startswith(PREFIX)
    ]


def has_answered(request: HttpRequest) -> bool:
    return any(name.startswith(PREFIX) for name in request.POST)


def may_just_confirm(account: AccountRow) -> bool:
    """The demo's people have no password; pressing the button stands for it."""
    return (
        settings.TANXIN_DEMO
        and not account.has_usable_password()
        and not has_second_factor(account.pk)
    )


def has_confirmed(request: ActorRequest) -> bool:
    """Looks at what was answered; afterwards the session has a new key."""
    account = cast("AccountRow", request.user)
    answers = (fits_password, fits_code, fits_passkey)[: 1 if needs_password(request) else 3]
    if not may_just_confirm(account) and not any(
        fits(request, account, request.actor) for fits in answers
    ):
        if has_answered(request):
            note_failure(request.actor.realm_id, account, "confirm", at=timezone.now())
        return False
    if needs_password(request):
        open_again(request)
    new_key(request)
    mark_fresh(request)
    note_confirmed(request.actor, at=timezone.now())
    return True


def needs_password(request: HttpRequest) -> bool:
    """The keeper's session is over, and it opens a new one for nothing less."""
    return not request.session.get(KEEPER)


def open_again(request: ActorRequest) -> None:
    token = open_keeper_session(request.actor, answer(request, "password") or None)
    request.session[KEEPER] = token
    request.actor = replace(request.actor, session=token)
    if not token:
        messages.warning(
            request,
            _("Confidential texts stay closed: the keeper is away or does not know your password."),
        )


def keeper_is_done(request: ActorRequest) -> HttpResponse:
    """Its session ended before ours, or there never was one: ask for the password once more.

    A part of a page is told in words: in its place the question would take the rest away.
    """
    request.session[KEEPER] = ""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401)
    if request.method in {"GET", "HEAD"}:
        return to_question(request)
    return ask(request)


def answers_for_keeper(request: ActorRequest) -> HttpResponse | None:
    """A form that comes with the password the keeper asked for; None lets it go on."""
    if request.method != "POST" or not needs_password(request) or not has_answered(request):
        return None
    return None if has_confirmed(request) else ask(request, wrong=True)


def to_question(request: HttpRequest) -> HttpResponse:
    asked = urlencode({"next": request.get_full_path()})
    return SeeOther(f"{resolve_url('login:confirm')}?{asked}")


def fits_password(request: ActorRequest, account: AccountRow, actor: Actor) -> bool:
    del actor
    password = answer(request, "password")
    return bool(password) and is_password_of(
        account, password, source=source_of(request), at=timezone.now()
    )


def fits_code(request: ActorRequest, account: AccountRow, actor: Actor) -> bool:
    code = answer(request, "code")
    if not code:
        return False
    try:
        check_code(actor.realm_id, account.pk, code, at=timezone.now())
    except (WrongCode, TooManyAttempts):
        return False
    return True


def fits_passkey(request: ActorRequest, account: AccountRow, actor: Actor) -> bool:
    del actor
    given = request.POST.get(f"{PREFIX}credential", "")
    if not given:
        return False
    try:
        check_passkey(account, given, at=timezone.now())
    except (PasskeyRefused, TooManyAttempts):
        return False
    return True


def answer(request: HttpRequest, name: str) -> str:
    return request.POST.get(PREFIX + name, "")[:LONGEST]
