"""Before a text that others confided is opened to somebody for the first time."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from tanxin.web.typed import typed

CONFLICT = 409


def undertaking_first(request: HttpRequest) -> HttpResponse:
    """To the undertaking and back; a form stays in the page that answers, to be sent again."""
    if request.method in {"GET", "HEAD"}:
        asked = reverse("learning:undertaking")
        back = f"{asked}?{urlencode({'next': request.get_full_path()})}"
        if request.headers.get("HX-Request"):
            return HttpResponseClientRedirect(back)
        return HttpResponseRedirect(back)
    return render(request, "learning/first.html", {"typed": typed(request)}, status=CONFLICT)
