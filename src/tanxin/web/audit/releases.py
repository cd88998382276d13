"""The keeper's own log: who was let see which text, newest first."""

import json
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanxin.apps.audit.access import may_read_log, note_reading
from tanxin.apps.audit.events import EVENTS
from tanxin.apps.sealing.logs import Unbound, log_state, some_release_leaves
from tanxin.web.audit.views import Line
from tanxin.web.audit.words import about
from tanxin.web.requests import ActorRequest

SIZE = 30


@require_safe
def releases(request: ActorRequest) -> HttpResponse:
    """A page that ends before the entry asked for; the keeper must answer."""
    may_read_log(request.actor)
    note_reading(request.actor, "log.read", {"page": "releases"}, at=timezone.now())
    realm_id = request.actor.realm_id
    size = log_state(realm_id).releases
    end = asked_end(request, size)
    start = max(0, end - SIZE)
    leaves = some_release_leaves(realm_id, start, end - start) if end else []
    shown = {
        "lines": [line(leaf) for leaf in reversed(leaves)],
        "older": start,
        "newer": min(end + SIZE, size) if end < size else 0,
    }
    return render(request, "audit/releases.html", shown)


def asked_end(request: HttpRequest, size: int) -> int:
    asked = request.GET.get("before", "")
    is_number = asked.isascii() and asked.isdigit() and len(asked) <= len(str(size))
    return min(int(asked), size) if is_number else size


def line(leaf: Unbound) -> Line:
    known = json.loads(leaf.content)
    event, subject = known["event"], known["subject"] or ""
    return Line(
        seq=known["seq"],
        at=datetime.fromisoformat(known["at"]),
        person_id=UUID(known["person"]) if known["person"] else None,
        event=event,
        says=_(EVENTS[event]) if event in EVENTS else "",
        about=about(known["kind"], subject),
    )
