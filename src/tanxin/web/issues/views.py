from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tanxin.apps.issues.course import issue_seen
from tanxin.apps.reports.measures import set_last
from tanxin.core.access import Relation
from tanxin.web.directory import directory_of
from tanxin.web.issues import words
from tanxin.web.issues.course import course_of
from tanxin.web.issues.facts import facts_of
from tanxin.web.issues.kinds import KindNames
from tanxin.web.openings import openings
from tanxin.web.requests import ActorRequest


@require_safe
def issue(request: ActorRequest, issue_id: UUID) -> HttpResponse:
    """One issue from raised to answered, as far as this person may see it."""
    seen = issue_seen(request.actor, issue_id)
    today = timezone.localdate()
    page = {
        "issue": seen,
        "kind": KindNames(request.actor.realm_id)[seen.kind]
        if seen.kind
        else words.number_of(seen.id),
        "may_sort": Relation.INITIATOR in seen.relations,
        "weight": words.WEIGHTS[seen.weight],
        "reach": words.REACHES[seen.reach],
        "unit": directory_of(request).unit_name(seen.unit_id) if seen.unit_id else "",
        "state": words.STATES[seen.state],
        "has_sheet": set_last(seen) is not None,
        "course": course_of(request.actor, seen),
        "today": today,
        **facts_of(seen, request.actor.realm_id, today),
    }
    if seen.subject_id:  # known to the two of the talk alone
        page |= openings(request.actor, seen.records, directory_of(request))
    return render(request, "issues/issue.html", page)
