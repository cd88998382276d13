from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tanxin.apps.issues.feedback.access import (
    FeedbackRow,
    feedback_to_review,
    received_feedback,
    written_feedback,
)
from tanxin.core.access import Actor
from tanxin.web.feedback import words
from tanxin.web.keyset import page_of
from tanxin.web.requests import ActorRequest

TABS: dict[str, Promise] = {
    "received": _("Told to my unit"),
    "review": _("To review"),
    "written": _("What I told units"),
}
ROWS = {
    "received": (received_feedback, ("-decided_at", "-id")),
    "review": (feedback_to_review, ("written_at", "id")),
    "written": (written_feedback, ("-written_at", "-id")),
}


@dataclass(frozen=True, slots=True)
class Line:
    id: UUID
    unit_id: UUID
    heard_in: UUID | None
    state: str
    label: Promise
    at: datetime | None


def line(row: FeedbackRow) -> Line:
    return Line(
        row.pk, row.unit_id, row.heard_in_id, row.state, words.STATES[row.state],
        row.decided_at or row.written_at,
    )  # fmt: skip


def first_tab(actor: Actor) -> str:
    """Where something is to be seen, so that nobody is met by an empty list for nothing."""
    return next((tab for tab, (rows, _order) in ROWS.items() if rows(actor).exists()), "received")


@require_safe
def mine(request: ActorRequest) -> HttpResponse:
    """What was told to units: by me, to me, or for me to review."""
    show = request.GET.get("show", "")
    show = show if show in TABS else first_tab(request.actor)
    rows, order = ROWS[show]
    page = page_of(rows(request.actor), order=order, cursor=request.GET.get("cursor", ""))
    shown = {"tabs": TABS.items(), "show": show, "page": page, "lines": map(line, page.rows)}
    return render(request, "feedback/mine.html", shown)
