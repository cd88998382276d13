from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tanxin.apps.notices.channels import channels_on
from tanxin.apps.notices.selectors import job_health, mail_health
from tanxin.apps.sealing.health import parts_answering
from tanxin.core.access import Permission, RowForbidden, decide
from tanxin.web.notices.forms import CHANNELS
from tanxin.web.requests import ActorRequest

LATELY = timedelta(days=7)
# Jobs and messages that are older than this are stuck.
STUCK = timedelta(minutes=15)


@require_safe
def page(request: ActorRequest) -> HttpResponse:
    """Numbers only: neither who is written to nor why."""
    if not decide(Permission.REALM_OPERATE, request.actor.standing).allowed:
        raise RowForbidden
    now = timezone.now()
    jobs = job_health(since=now - LATELY)
    mail = mail_health(request.actor.realm_id, since=now - LATELY)
    shown = {
        "parts": parts_answering(),
        "jobs": jobs,
        "jobs_stuck": jobs.waiting_since is not None and jobs.waiting_since < now - STUCK,
        "mail": mail,
        "mail_stuck": mail.unsent_since is not None and mail.unsent_since < now - STUCK,
        "channels": [CHANNELS[one] for one in channels_on()],
    }
    return render(request, "notices/operating.html", shown)
