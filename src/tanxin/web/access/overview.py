"""What is entrusted to the actor, what waits for his decision, and what he has kept from others."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tanxin.apps.issues.services.handing_for_another import lists_to_approve
from tanxin.apps.org.selectors.entrusted import leaders_of, recusals_to_lift, secretaries_of
from tanxin.apps.org.selectors.proposals import roles_to_approve
from tanxin.apps.talks.content import content_requests, waiting_for_decision, waiting_for_review
from tanxin.core.access import Permission, Role, decide
from tanxin.web.access import words
from tanxin.web.requests import ActorRequest

MOST = 50


@require_safe
def overview(request: ActorRequest) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    mine = content_requests(actor).filter(asker=actor.person_id).order_by("-asked_at", "-pk")
    shown = {
        "leaders": leaders_of(actor, on=today),
        "secretaries": secretaries_of(actor, on=today),
        "to_decide": waiting_for_decision(actor, on=today),
        "roles_to_approve": [
            (row, words.ROLES[Role(row.role)]) for row in roles_to_approve(actor, on=today)
        ],
        "handovers_to_approve": lists_to_approve(actor, on=today),
        "to_review": waiting_for_review(actor, on=today),
        "asked": [(row, words.VERDICTS[row.verdict]) for row in mine[:MOST]],
        "recusals": [
            (row, words.ABOUT[row.about_kind], words.BECAUSE[row.because])
            for row in recusals_to_lift(actor)[:MOST]
        ],
        "gives_roles": decide(Permission.ROLE_VIEW, actor.standing).allowed,
    }
    return render(request, "access/overview.html", shown)
