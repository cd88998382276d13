from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tanxin.apps.archive.access import openable
from tanxin.apps.archive.selectors import records_about_all
from tanxin.apps.issues import selectors as issues
from tanxin.apps.talks.selectors import talks_with
from tanxin.web.directory import directory_of
from tanxin.web.issues.kinds import KindNames
from tanxin.web.issues.lines import line as issue_line
from tanxin.web.openings import openings
from tanxin.web.requests import ActorRequest
from tanxin.web.talks.showing import talk_lines

SHOWN = 8
KINDS = ("record", "remark")


@require_safe
def page(request: ActorRequest) -> HttpResponse:
    """The latest of everything; each list has a page of its own for the rest."""
    actor, today = request.actor, timezone.localdate()
    talks = list(talks_with(actor)[:SHOWN])
    raised = list(issues.issues_raised_by(actor)[:SHOWN])
    dues = issues.dues_of(actor.realm_id, raised)
    owners = issues.owners_of(actor.realm_id, raised)
    names = KindNames(actor.realm_id)
    records = openable(actor, records_about_all(actor, [talk.pk for talk in talks], KINDS))
    shown = {
        "talks": talk_lines(actor, talks, timezone.now()),
        "issues": [
            issue_line(actor, one, dues.get(one.pk), today, owners.get(one.pk), names=names)
            for one in raised
        ],
        "today": today,
        **openings(actor, [one.pk for one in records], directory_of(request)),
    }
    return render(request, "mine/page.html", shown)
