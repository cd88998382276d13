from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from tanxin.web.middleware import LANGUAGE_COOKIE
from tanxin.web.open_to_all import open_to_all
from tanxin.web.shell import PRINT_COOKIE, THEME_COOKIE, THEMES

A_YEAR = 365 * 24 * 3600


def back_with(request: HttpRequest, cookie: str, value: str) -> HttpResponse:
    """Keep the choice and return to the page it was made on, never to another site."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    response.set_cookie(
        cookie, value, max_age=A_YEAR, samesite="Lax", secure=settings.SECURE, httponly=True
    )
    return response


@open_to_all
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("language", "")
    known = chosen in dict(settings.LANGUAGES)
    return back_with(request, LANGUAGE_COOKIE, chosen if known else settings.LANGUAGE_CODE)


@open_to_all
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("theme", "")
    return back_with(request, THEME_COOKIE, chosen if chosen in THEMES else "auto")


@open_to_all
@require_POST
def large_print(request: HttpRequest) -> HttpResponse:
    return back_with(request, PRINT_COOKIE, "1" if request.POST.get("large") == "1" else "0")
