"""Pages for what went wrong; they hold no content, so they need no actor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from tanxin.web.open_to_all import open_to_all
from tanxin.web.session_ended import sent_by_old_page


@open_to_all
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return render(request, "errors/404.html", status=404)


@open_to_all
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return render(request, "errors/403.html", status=403)


@open_to_all
def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Rendered without the request: its body is what could not be read."""
    return HttpResponse(render_to_string("errors/400.html"), status=400)


@open_to_all
def not_from_our_page(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A form that did not come from a page of this login: an old page, or somebody else's trick."""
    again = sent_by_old_page(request)
    if again is not None:
        return again
    return HttpResponse(render_to_string("errors/old_page.html"), status=403)


@open_to_all
def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Rendered without the request: what is broken may be the database that the shell asks."""
    return HttpResponse(render_to_string("errors/500.html"), status=500)
