"""What is being typed in a form, kept sealed on the server until it is sent or discarded."""

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from tanxin.apps.archive.services import Typed, drop_draft, load_draft, save_draft
from tanxin.apps.sealing.client import KeeperRefused, KeeperUnavailable
from tanxin.core.access import Actor
from tanxin.web.requests import ActorRequest, go_to


def keep_typed(
    request: ActorRequest, purpose: str, about_id: UUID, names: Iterable[str], *, page: str
) -> HttpResponse:
    """Keep or forget what a form sends while one types; answers with the words that stand there.

    ``page`` is the URL name of the form, for whoever has no script. Who may fill in the form has
    been asked before.
    """
    if "discard" in request.POST:
        drop_draft(request.actor, purpose, about_id)
        return go_to(request, page, about_id)
    fields = {name: request.POST[name] for name in names if name in request.POST}
    now = timezone.now()
    try:
        save_draft(request.actor, purpose, about_id, fields, at=now)
    except (KeeperUnavailable, KeeperRefused):
        if not request.htmx:
            raise
        return HttpResponse(keeper_away())
    if not request.htmx:
        return go_to(request, page, about_id)
    time = timezone.localtime(now).strftime("%H:%M")
    return HttpResponse(_("Draft kept at %(time)s, sealed.") % {"time": time})


def keeper_away() -> str:
    return _("Not saved: the keeper does not answer. Your text is still here; try again shortly.")


def typed_before(actor: Actor, purpose: str, about_id: UUID) -> Typed | None:
    """What was typed and not sent, for a page that goes on while the keeper is away."""
    try:
        return load_draft(actor, purpose, about_id)
    except KeeperUnavailable:
        return None
