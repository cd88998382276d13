"""Endorsing a record, or sending it back, on the page where it is read."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tanxin.apps.talks import services
from tanxin.core.access import Permission
from tanxin.web.requests import ActorRequest
from tanxin.web.talks.endorse_forms import EndorseForm, SendBackForm
from tanxin.web.talks.reading import answer


@require_POST
def endorse(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    form = EndorseForm(request.POST, prefix="endorse")

    def say() -> str:
        services.endorse_record(request.actor, talk_id, digest=form.seen(), at=timezone.now())
        return _("Endorsed.")

    return answer(request, talk_id, Permission.RECORD_ENDORSE, {"endorse": form}, say)


@require_POST
def send_back(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    form = SendBackForm(request.POST, prefix="back")

    def say() -> str:
        services.send_record_back(
            request.actor,
            talk_id,
            digest=form.seen(),
            reason=form.cleaned_data["reason"],
            at=timezone.now(),
        )
        return _("Sent back; whoever leads the talk reads why.")

    return answer(request, talk_id, Permission.RECORD_ENDORSE, {"send_back": form}, say)
