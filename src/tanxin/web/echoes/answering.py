from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tanxin.apps.talks.echoes import invitation_to
from tanxin.apps.talks.services import answer_echo
from tanxin.core.echoes import FEWEST, period_for
from tanxin.web.directory import directory_of
from tanxin.web.echoes.forms import EchoForm
from tanxin.web.requests import ActorRequest


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: ActorRequest, invitation_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    invitation = invitation_to(request.actor, invitation_id, today=today)
    form = EchoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer_echo(request.actor, invitation_id, form.said, today=today)
        messages.success(request, _("Thank you. Nobody can find out that it was you."))
        return redirect("home:home")
    shown = {
        "form": form,
        "invitation": invitation,
        "leader": directory_of(request).label(invitation.leader_id),
        "held_on": timezone.localdate(invitation.talk.held_at),
        "until": period_for(today).last_day,
        "fewest": FEWEST,
    }
    return render(request, "echoes/answer.html", shown, status=422 if form.is_bound else 200)


@require_POST
def leave(request: ActorRequest, invitation_id: UUID) -> HttpResponse:
    """Leave it unanswered, and be asked no more about this talk."""
    answer_echo(request.actor, invitation_id, {}, today=timezone.localdate())
    return redirect("home:home")
