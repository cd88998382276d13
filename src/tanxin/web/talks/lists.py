from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tanxin.apps.talks import selectors
from tanxin.apps.talks.access import own_talks, visible_requests, visible_talks
from tanxin.core.access import Permission, decide
from tanxin.web.directory import directory_of
from tanxin.web.keyset import page_of
from tanxin.web.requests import ActorRequest
from tanxin.web.talks.showing import request_lines, talk_lines

SHOWN: dict[str, Promise] = {
    "all": _("All"),
    "waiting": _("Waiting for me"),
    "planned": _("Planned"),
    "held": _("Held"),
}
MOST = 200
EVERYBODY: dict[str, Promise] = {"realm": _("Whole organisation")}


@require_safe
def mine(request: ActorRequest) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    tabs = dict(SHOWN)
    if decide(Permission.TALK_VIEW, actor.standing).allowed:
        tabs |= EVERYBODY
    show = request.GET.get("show", "")
    show = show if show in tabs else "all"
    talks = {
        "all": own_talks(actor),
        "waiting": selectors.talks_waiting_for(actor, now=now),
        "planned": selectors.planned_talks(actor),
        "held": selectors.held_talks(actor),
        "realm": visible_talks(actor),
    }[show]
    upcoming = show in {"waiting", "planned"}
    order = ("planned_for", "id") if upcoming else ("-planned_for", "-id")
    page = page_of(talks, order=order, cursor=request.GET.get("cursor", ""))
    shown = {
        "tabs": tabs.items(),
        "show": show,
        "lines": talk_lines(actor, page.rows, now),
        "page": page,
    }
    return render(request, "talks/mine.html", shown)


@require_safe
def late(request: ActorRequest) -> HttpResponse:
    """Whom the actor leads and who lets somebody wait; neither who asked nor what about."""
    today = timezone.localdate()
    names = directory_of(request)
    rows = selectors.delays_told(request.actor).order_by("request__answer_by", "pk")[:MOST]
    lines = [
        {
            "who": names.label(row.request.asked_id),
            "since": row.request.answer_by,
            "days": (today - row.request.answer_by).days,
        }
        for row in rows
    ]
    return render(request, "talks/late.html", {"lines": lines, "today": today})


@require_safe
def requests(request: ActorRequest) -> HttpResponse:
    page = page_of(
        visible_requests(request.actor),
        order=("-asked_at", "-id"),
        cursor=request.GET.get("cursor", ""),
    )
    shown = {
        "lines": request_lines(request.actor, page.rows),
        "page": page,
        "today": timezone.localdate(),
    }
    return render(request, "talks/requests.html", shown)
