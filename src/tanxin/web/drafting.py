"""What is being typed in a form, kept sealed on the server until it is sent or discarded."""

from collections.abc import Iterable
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tanxin.apps.archive.services import Typed, Window, drop_draft, load_draft, save_draft
from tanxin.apps.sealing.client import KeeperRefused, KeeperUnavailable
from tanxin.core.access import Actor
from tanxin.web.requests import ActorRequest, go_to

ASIDE = "aside"
# Of a version; what is longer, nobody has typed.
DIGITS = 9


def keep_typed(
    request: ActorRequest, purpose: str, about_id: UUID, names: Iterable[str], *, page: str
) -> HttpResponse:
    """Keep or forget what a form sends while one types; answers with the words that stand there.

    ``page`` is the URL name of the form, for whoever has no script. Who may fill in the form has
    been asked before.
    """
    if "discard" in request.POST:
        aside_only = request.POST["discard"] == ASIDE
        drop_draft(request.actor, purpose, about_id, aside_only=aside_only)
        return go_to(request, page, about_id)
    fields = {name: request.POST[name] for name in names if name in request.POST}
    now = timezone.now()
    window = window_of(request)
    try:
        is_draft = save_draft(request.actor, purpose, about_id, fields, window=window, at=now)
    except (KeeperUnavailable, KeeperRefused):
        if not request.htmx:
            raise
        return HttpResponse(keeper_away())
    if not request.htmx:
        return go_to(request, page, about_id)
    shown = {
        "is_draft": is_draft,
        "at": timezone.localtime(now),
        "page": reverse(page, args=[about_id]),
    }
    return render(request, "components/kept.html", shown)


def window_of(request: ActorRequest) -> Window:
    """Where there is none, as from a page of before an upgrade, every form is a window anew."""
    sent, version = request.POST.get("window", ""), request.POST.get("draft_version", "")
    try:
        known = UUID(sent)
    except ValueError:
        known = uuid4()
    return Window(known, int(version) if version.isdecimal() and len(version) <= DIGITS else 0)


def keeper_away() -> str:
    return _("Not saved: the keeper does not answer. Your text is still here; try again shortly.")


def typed_before(actor: Actor, purpose: str, about_id: UUID) -> Typed | None:
    """What was typed and not sent, for a page that goes on while the keeper is away."""
    try:
        return load_draft(actor, purpose, about_id)
    except KeeperUnavailable:
        return None
