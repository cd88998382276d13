"""The steps from a right password to an open session, and how fresh that session is."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import login as begin_session
from django.contrib.auth import logout as end_session
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from tanxin.apps.accounts.failures import failed_lately
from tanxin.apps.accounts.keeper_login import open_keeper_session
from tanxin.apps.accounts.passwords import lately_reset
from tanxin.apps.accounts.second_factor.keeping import has_second_factor
from tanxin.apps.accounts.sign_in import AccountRow, account_waiting, note_sign_in
from tanxin.apps.org.actors import actor_of
from tanxin.core.access import Actor, SecondFactor
from tanxin.web.login.device import device_of
from tanxin.web.login.session_store import DEVICE
from tanxin.web.prose import prose_moment

REALM, KEEPER, FRESH, MUST = "realm", "keeper", "fresh", "must"
WAITING = "waiting"
OWN_SLIPS = 2
WAITS_FOR = timedelta(minutes=5)
NEW_PASSWORD = "password"  # noqa: S105 - the name of a step


class SeeOther(HttpResponseRedirect):
    status_code = 303


@dataclass(frozen=True, slots=True)
class Waiting:
    """Whose password was right, and still is; nobody is logged in before the second factor."""

    account: AccountRow
    actor: Actor


def after_password(
    request: HttpRequest, account: AccountRow, actor: Actor, password: str
) -> HttpResponse:
    token = open_keeper_session(actor, password)
    if not has_second_factor(account.pk):
        return enter(request, account, actor, token)
    target = onward(request)
    end_session(request)
    request.session[WAITING] = {
        "account": str(account.pk),
        "password": account.get_session_auth_hash(),
        "realm": str(actor.realm_id),
        "keeper": token,
        "next": target,
        "since": timezone.now().timestamp(),
    }
    return SeeOther(resolve_url("login:second"))


def waiting(request: HttpRequest) -> Waiting | None:
    held = request.session.get(WAITING)
    if held is None or timezone.now() >= moment(held["since"]) + WAITS_FOR:
        return None
    account = account_waiting(held["account"])
    if account is None or not compare_digest(
        held.get("password", ""), account.get_session_auth_hash()
    ):
        return None
    actor = actor_of(account.pk, on=timezone.localdate(), realm_id=UUID(held["realm"]))
    return Waiting(account, actor) if actor else None


def after_second_factor(request: HttpRequest, who: Waiting) -> HttpResponse:
    held = request.session[WAITING]
    response = enter(request, who.account, who.actor, held["keeper"])
    response["Location"] = held["next"]
    return response


def enter(request: HttpRequest, account: AccountRow, actor: Actor, token: str) -> HttpResponse:
    """Begin a session under a new key; what an earlier person left in it is gone."""
    target = onward(request)
    end_session(request)
    request.session[DEVICE] = device_of(request)
    request.session[REALM] = str(actor.realm_id)
    request.session[KEEPER] = token
    begin_session(request, account, backend="django.contrib.auth.backends.ModelBackend")
    if account.must_change_password:
        request.session[MUST] = NEW_PASSWORD
    note_sign_in(actor, at=timezone.now(), device=device_of(request))
    tell_of_resets(request, account)
    tell_of_failures(request, account)
    if actor.second_factor is SecondFactor.WARNED:
        messages.warning(
            request, _("Outside the demo your role would oblige you to a second factor.")
        )
    return SeeOther(target)


def tell_of_resets(request: HttpRequest, account: AccountRow) -> None:
    """At every login, whoever logs in: what one person clicked away another has not read."""
    for reset in lately_reset(account.pk, at=timezone.now()):
        day = prose_moment(reset.given_at)
        said = _("On %(day)s a code for a new password was given out for this account.")
        messages.warning(request, said % {"day": day})


def tell_of_failures(request: HttpRequest, account: AccountRow) -> None:
    """Two slips of the own finger are no news."""
    count = failed_lately(account.pk).before
    if count > OWN_SLIPS:
        said = _("%(count)s attempts to log in to this account have failed since the last login.")
        messages.warning(request, said % {"count": count})


@receiver(user_logged_in)
def begin_fresh(request: HttpRequest, user: AbstractBaseUser, **_: object) -> None:
    """However somebody came in, he has just shown who he is, and the keeper knows his login."""
    mark_fresh(request)
    if KEEPER not in request.session:
        actor = actor_of(user.pk, on=timezone.localdate())
        request.session[KEEPER] = open_keeper_session(actor, None) if actor else ""


def mark_fresh(request: HttpRequest) -> None:
    request.session[FRESH] = timezone.now().timestamp()


def is_fresh(request: HttpRequest, within: timedelta) -> bool:
    return timezone.now() < moment(request.session.get(FRESH, 0)) + within


def new_key(request: HttpRequest) -> None:
    """Call it where somebody's standing changes: the cookie from before is worth nothing."""
    request.session.cycle_key()


def moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def onward(request: HttpRequest) -> str:
    """The page that was asked for before logging in, never one of another site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return resolve_url("home:home")
