"""The second of two steps: a code, or a passkey."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tanxin.apps.accounts.failures import note_failure
from tanxin.apps.accounts.limiter import TooManyAttempts
from tanxin.apps.accounts.second_factor.codes import WrongCode, check_code
from tanxin.apps.accounts.second_factor.passkeys import (
    PasskeyRefused,
    check_passkey,
    request_options,
)
from tanxin.web.login.entering import SeeOther, Waiting, after_second_factor, waiting
from tanxin.web.open_to_all import open_to_all


@open_to_all
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    who = waiting(request)
    if who is None:
        return SeeOther(resolve_url("login:login"))
    if request.method == "POST":
        if fits(request, who):
            return after_second_factor(request, who)
        return question(request, who, wrong=True)
    return question(request, who)


def question(request: HttpRequest, who: Waiting, *, wrong: bool = False) -> HttpResponse:
    page = {"wrong": wrong, "passkey_options": request_options(who.account)}
    return render(request, "login/second.html", page, status=422 if wrong else 200)


def fits(request: HttpRequest, who: Waiting) -> bool:
    now = timezone.now()
    credential = request.POST.get("credential", "")
    try:
        if credential:
            check_passkey(who.account, credential, at=now)
        else:
            code = request.POST.get("code", "")[:64]
            check_code(who.actor.realm_id, who.account.pk, code, at=now)
    except (WrongCode, PasskeyRefused, TooManyAttempts):
        note_failure(who.actor.realm_id, who.account, "second", at=now)
        return False
    return True
