from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation

from tanxin.apps.accounts.keeper_login import keep_keeper_session
from tanxin.apps.archive.undertakings import UndertakingDue
from tanxin.apps.org.actors import actor_of
from tanxin.apps.sealing.client import SESSION_OVER, KeeperRefused, KeeperUnavailable
from tanxin.core.access import Actor, RowForbidden, RowNotFound, SecondFactor
from tanxin.web.keeper_words import words_for
from tanxin.web.learning.asked_first import undertaking_first
from tanxin.web.login.confirming import answers_for_keeper, keeper_is_done
from tanxin.web.login.entering import KEEPER, MUST
from tanxin.web.session_ended import session_ended
from tanxin.web.typed import typed

Answer = Callable[[HttpRequest], HttpResponse]
LANGUAGE_COOKIE = "tanxin_language"


class PreferenceMiddleware:
    """Chinese unless the person chose otherwise; the browser's own language does not count."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = request.COOKIES.get(LANGUAGE_COOKIE, settings.LANGUAGE_CODE)
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.answer(request)
        response.headers.setdefault("Content-Language", language)
        return response


def step_due(request: HttpRequest, actor: Actor) -> HttpResponse | None:
    """What somebody must do before anything else: choose a password, set up a second factor."""
    match = request.resolver_match
    if match and match.namespace in {"login", "prefs", "health"}:
        return None
    if MUST in request.session:
        return redirect("prefs:password")
    return redirect("prefs:app") if actor.second_factor is SecondFactor.BARRED else None


class ActorMiddleware:
    """Gives every view an actor. A view without one must say so with ``open_to_all``.

    Pages of a person are not stored by the browser, so that going back after logging out shows
    nothing.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        if getattr(request, "actor", None) is not None:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_: object
    ) -> HttpResponse | None:
        request.actor = None  # type: ignore[attr-defined] # views see it through ActorRequest
        user = request.user
        if not isinstance(user, AnonymousUser) and user.is_authenticated:
            realm = request.session.get("realm")
            request.actor = actor_of(  # type: ignore[attr-defined] # as above
                user.pk,
                on=timezone.localdate(),
                realm_id=UUID(realm) if realm else None,
                session=request.session.get(KEEPER, ""),
            )
            if request.actor is not None:  # type: ignore[attr-defined] # as above
                if getattr(request.session, "noted", False):
                    keep_keeper_session(request.actor)  # type: ignore[attr-defined] # as above
                actor: Actor = request.actor  # type: ignore[attr-defined] # as above
                return step_due(request, actor) or answers_for_keeper(request)  # type: ignore[arg-type] # as above
        if request.actor is not None or getattr(view, "open_to_all", False):  # type: ignore[attr-defined] # as above
            return None
        return session_ended(request)


class RefusalMiddleware:
    """Puts refusals into pages: what may not be seen is the same 404 as what is not."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, RowNotFound):
            return render(request, "errors/404.html", status=404)
        if isinstance(problem, RowForbidden):
            return render(request, "errors/403.html", status=403)
        if isinstance(problem, UndertakingDue):
            return undertaking_first(request)
        if isinstance(problem, KeeperRefused) and problem.code in SESSION_OVER:
            return keeper_is_done(request)  # type: ignore[arg-type] # whoever opens texts is logged in
        if isinstance(problem, KeeperUnavailable | KeeperRefused):
            why = words_for(problem)
            page = {"typed": typed(request), "why": why}
            return render(request, "errors/keeper.html", page, status=why.status)
        return None
