"""One's own login: password, second factors, where one is logged in, what happened to it."""

from ipaddress import ip_address
from typing import cast
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tanxin.apps.accounts.browsers import new_browsers
from tanxin.apps.accounts.ending import end_one, end_others
from tanxin.apps.accounts.failures import failed_lately
from tanxin.apps.accounts.happened import Happened, latest
from tanxin.apps.accounts.passwords import lately_reset
from tanxin.apps.accounts.second_factor.keeping import factors_of, remove_factor
from tanxin.apps.accounts.sessions import own_sessions
from tanxin.apps.accounts.sign_in import AccountRow
from tanxin.core.access import SecondFactor
from tanxin.web.directory import directory_of
from tanxin.web.login.confirming import fresh
from tanxin.web.login.entering import new_key
from tanxin.web.prefs.words import HAPPENED
from tanxin.web.requests import ActorRequest, go_to

WORRYING = {
    "account.reset_given",
    "account.reset_used",
    "account.sign_in_failed",
    "account.locked",
    "account.new_browser",
}


@require_safe
def security(request: ActorRequest) -> HttpResponse:
    now = timezone.now()
    account_id = own_account(request).pk
    page = {
        "factors": factors_of(request.actor.realm_id, account_id),
        "sessions": own_sessions(account_id, cookie_of(request), at=now),
        "happened": [line(request, one) for one in latest(request.actor)],
        "lacks_factor": request.actor.second_factor is not SecondFactor.ENOUGH,
        "failed": failed_lately(account_id),
        "new_browsers": new_browsers(account_id),
        "resets": lately_reset(account_id, at=now),
        "at_number": at_number(request),
        "handle": own_account(request).handle,
    }
    return render(request, "prefs/security.html", page)


def at_number(request: ActorRequest) -> bool:
    """Whether the browser came to a bare IP address: passkeys are bound to a name."""
    host = urlsplit(f"//{request.get_host()}").hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def line(request: ActorRequest, one: Happened) -> dict[str, object]:
    by_another = one.by is not None and one.by != request.actor.person_id
    return {
        "text": HAPPENED.get(one.event, one.event),
        "on": one.at,
        "who": directory_of(request).name(one.by) if one.by and by_another else "",
        "tone": "warn" if one.event in WORRYING else "",
    }


def own_account(request: ActorRequest) -> AccountRow:
    return cast("AccountRow", request.user)


def cookie_of(request: ActorRequest) -> str:
    return str(request.session.session_key)


@require_POST
def end_session(request: ActorRequest, session_id: UUID) -> HttpResponse:
    if not end_one(request.actor, session_id, at=timezone.now()):
        raise Http404
    messages.info(request, _("That login was ended."))
    return go_to(request, "prefs:security")


@require_POST
def end_other_sessions(request: ActorRequest) -> HttpResponse:
    end_others(request.actor, cookie=cookie_of(request), at=timezone.now())
    messages.info(request, _("All other logins were ended."))
    return go_to(request, "prefs:security")


@require_POST
@fresh
def take_factor(request: ActorRequest, factor_id: int) -> HttpResponse:
    if not remove_factor(request.actor, factor_id, at=timezone.now()):
        raise Http404
    factor_changed(request)
    messages.info(request, _("The second factor was removed. All other logins were ended."))
    return go_to(request, "prefs:security")


def factor_changed(request: ActorRequest) -> None:
    """Whoever logged in before with fewer or other factors does so again."""
    new_key(request)
    end_others(request.actor, cookie=cookie_of(request), at=timezone.now())
