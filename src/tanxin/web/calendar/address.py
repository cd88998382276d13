from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tanxin.apps.accounts.calendar_address import (
    calendar_address_made_at,
    make_calendar_address,
    remove_calendar_address,
)
from tanxin.web.login.confirming import fresh
from tanxin.web.prefs.picture import qr_path, qr_size
from tanxin.web.requests import ActorRequest, go_to


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: ActorRequest) -> HttpResponseBase:
    return new(request) if request.method == "POST" else shown(request)


@fresh
def new(request: ActorRequest) -> HttpResponse:
    """A new address, shown this once; the one before it stops."""
    secret = make_calendar_address(request.actor, at=timezone.now())
    return shown(request, request.build_absolute_uri(reverse("calendar:feed", args=[secret])))


def shown(request: ActorRequest, address: str = "") -> HttpResponse:
    parts: dict[str, object] = {
        "address": address,
        "made_at": calendar_address_made_at(request.actor),
    }
    if address:
        parts |= {"qr": qr_path(address), "qr_size": qr_size(address)}
    return render(request, "calendar/page.html", parts)


@require_POST
def remove(request: ActorRequest) -> HttpResponse:
    if remove_calendar_address(request.actor, at=timezone.now()):
        messages.info(request, _("The address no longer works."))
    return go_to(request, "calendar:page")
