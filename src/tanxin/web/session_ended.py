"""A form that arrives when its login is over: what was typed stays in the page that answers.

One logs in in another window, in whatever way that takes, and sends it from there. The token of the
page is of the login before, so the form arrives once more as one of an old page; then it says in
whose name it would be sent. Nothing is stored in between, neither here nor in the browser.
"""

from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from tanxin.apps.org.actors import actor_of
from tanxin.apps.org.directory import NOBODY, directory
from tanxin.apps.sealing.client import KeeperRefused, KeeperUnavailable
from tanxin.web.typed import Typed, typed


def session_ended(request: HttpRequest) -> HttpResponse:
    """To the login, or the form again; a page that asked for a part of itself says it in words."""
    if request.headers.get("HX-Request"):
        is_reading = request.method in {"GET", "HEAD"}
        return HttpResponse(status=401, headers={"HX-Refresh": "true"} if is_reading else {})
    kept = worth_keeping(request)
    if kept:
        return kept_in_page(request, kept, status=401)
    return redirect_to_login(page_to_return_to(request))


def sent_by_old_page(request: HttpRequest) -> HttpResponse | None:
    """The form again, with the token of this login; None where it is not one of ours."""
    kept = worth_keeping(request) if is_from_here(request) else []
    return kept_in_page(request, kept, status=403) if kept else None


def kept_in_page(request: HttpRequest, kept: list[Typed], *, status: int) -> HttpResponse:
    who = logged_in_as(request)
    shown = {"typed": kept, "is_in": bool(who), "who": who}
    response = render(request, "errors/session.html", shown, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def logged_in_as(request: HttpRequest) -> str:
    """The name of who is logged in now, empty if nobody is; an old page is refused before that."""
    user = getattr(request, "user", AnonymousUser())
    if isinstance(user, AnonymousUser) or not user.is_authenticated:
        return ""
    realm = request.session.get("realm")
    actor = actor_of(user.pk, on=timezone.localdate(), realm_id=UUID(realm) if realm else None)
    try:
        return directory(actor.realm_id).name(actor.person_id) if actor else ""
    except (KeeperUnavailable, KeeperRefused):
        return NOBODY


def worth_keeping(request: HttpRequest) -> list[Typed]:
    """Fields of a form that only somebody logged in can send, and never a password."""
    view = request.resolver_match.func if request.resolver_match else None
    if view is None or getattr(view, "open_to_all", False):
        return []
    kept = typed(request)
    return [] if any("password" in field.name for field in kept) else kept


def is_from_here(request: HttpRequest) -> bool:
    """Browsers name where a form stood, and no page elsewhere can name us."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def page_to_return_to(request: HttpRequest) -> str:
    """Where to go on after logging in: a form's target is no page, so the page it stood on."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    stood_on = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(stood_on, {request.get_host()}):
        parts = urlsplit(stood_on)
        return urlunsplit(("", "", parts.path, parts.query, ""))
    return "/"
