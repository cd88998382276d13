from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tanxin.apps.notices.channels import BODY, SUBJECT, is_on
from tanxin.apps.notices.selectors import has_address, own_digests, wants_mail
from tanxin.apps.notices.services import choose_mail
from tanxin.core.notices import DigestState
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
    shown = {
        "is_on": is_on(),
        "wants": wants_mail(request.actor),
        "has_address": has_address(request.actor),
        "digests": [
            {"day": one.day, "label": STATES[one.state], "state": one.state}
            for one in own_digests(request.actor)[:SHOWN]
        ],
        "subject": SUBJECT,
        "body": BODY,
    }
    return render(request, "notices/mine.html", shown)


@require_POST
def choose(request: ActorRequest) -> HttpResponse:
    wanted = request.POST.get("mail") == "yes"
    choose_mail(request.actor, wanted=wanted)
    said = _("You are written to again.") if wanted else _("You are not written to any more.")
    messages.success(request, said)
    return redirect("notices:mine")
