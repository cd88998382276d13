from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tanxin.apps.notices.channels import channels_on
from tanxin.apps.notices.channels.message import BODY, SUBJECT
from tanxin.apps.notices.selectors import Chosen, chosen_by, own_digests
from tanxin.apps.notices.services import choose as choose_notices
from tanxin.core.access import Actor, RowForbidden
from tanxin.core.notices import Channel, DigestState
from tanxin.web.notices.forms import CHANNELS, ChoiceForm
from tanxin.web.requests import ActorRequest

SHOWN = 30
STATES: dict[str, Promise] = {
    DigestState.WAITING: gettext_lazy("waits to be sent"),
    DigestState.SENDING: gettext_lazy("being sent"),
    DigestState.SENT: gettext_lazy("sent"),
    DigestState.DONE_MEANWHILE: gettext_lazy("not needed: you had done it all"),
    DigestState.UNREACHABLE: gettext_lazy("could not be delivered to your address"),
    DigestState.FAILED: gettext_lazy("could not be sent that day"),
}


@require_safe
def page(request: ActorRequest) -> HttpResponse:
    chosen = own_choice(request.actor)
    return shown(request, chosen, form_for(chosen))


@require_POST
def choose(request: ActorRequest) -> HttpResponse:
    chosen = own_choice(request.actor)
    form = form_for(chosen, request.POST)
    if not form.is_valid():
        return shown(request, chosen, form, status=422)
    said = form.cleaned_data
    choose_notices(
        request.actor,
        channel=Channel(said["channel"]),
        hour=said["hour"],
        quiet=said["quiet"] == "yes",
        address=said.get("address") or None,
    )
    messages.success(request, _("Saved."))
    return redirect("notices:mine")


def own_choice(actor: Actor) -> Chosen:
    if actor.person_id is None:
        raise RowForbidden
    return chosen_by(actor.realm_id, actor.person_id)


def form_for(chosen: Chosen, data: QueryDict | None = None) -> ChoiceForm:
    """Where the site has no channel, mail can be chosen for the day it has."""
    channels = channels_on() or [Channel.MAIL]
    return ChoiceForm(
        data,
        channels=channels,
        kept=chosen.channel if chosen.has_address else None,
        initial={
            "quiet": "yes" if chosen.is_quiet else "no",
            "hour": chosen.hour,
            "channel": chosen.channel if chosen.channel in channels else channels[0],
        },
    )


def shown(
    request: ActorRequest, chosen: Chosen, form: ChoiceForm, *, status: int = 200
) -> HttpResponse:
    page = {
        "form": form,
        "is_on": bool(channels_on()),
        "is_reached": chosen.is_reached,
        "digests": [
            {
                "day": one.day,
                "label": STATES[one.state],
                "state": one.state,
                "channel": CHANNELS.get(one.channel, ""),
            }
            for one in own_digests(request.actor)[:SHOWN]
        ],
        "subject": SUBJECT,
        "body": BODY,
    }
    return render(request, "notices/mine.html", page, status=status)
