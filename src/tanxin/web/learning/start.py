"""Everything there is to learn, and what one has read of it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tanxin.apps.archive.undertakings import due_from, in_force
from tanxin.apps.learning.access import visible_cases
from tanxin.apps.learning.clauses import reader
from tanxin.apps.learning.marks import may_see_rates, own_marks, passed_at
from tanxin.web.requests import ActorRequest


@require_safe
def page(request: ActorRequest) -> HttpResponse:
    actor = request.actor
    known = reader(actor, on=timezone.localdate())
    read = own_marks(actor)
    shown = {
        "rights_read": read.get(("rights", "")),
        "clauses": len(known.clauses),
        "clauses_read": sum(what == "clause" and key in known.clauses for what, key in read),
        "cases": visible_cases(actor).count(),
        "cases_read": sum(what == "case" for what, _key in read),
        "passed_at": passed_at(actor),
        "undertaking": in_force(actor.realm_id),
        "undertaking_due": due_from(actor),
        "may_see_rates": may_see_rates(actor),
    }
    return render(request, "learning/start.html", shown)
