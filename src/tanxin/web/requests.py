"""The request our views see, and the two ways they answer a form."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from tanxin.core.access import Actor


class ActorRequest(HttpRequest):
    """A request of somebody who is logged in; ``ActorMiddleware`` lets no other through."""

    actor: Actor
    htmx: HtmxDetails


def go_to(request: ActorRequest, to: str, *args: UUID | str | int) -> HttpResponse:
    """Send the browser to a page, also when htmx asked.

    A plain redirect would make htmx load the page into the button's target.
    """
    url = resolve_url(to, *args)
    if request.htmx:
        return HttpResponseClientRedirect(url)
    response = HttpResponse(status=303)
    response["Location"] = url
    return response
