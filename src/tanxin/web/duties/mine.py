"""What I owe, what is owed to me, and the year at a glance."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tanxin.apps.duties.reading import mine as reading
from tanxin.apps.duties.reading import teams
from tanxin.apps.duties.reading.states import DutyRow, conditions
from tanxin.apps.issues.selectors import open_promises
from tanxin.apps.talks.selectors import last_talks, talks_planned_for
from tanxin.core.access import Actor, Permission, decide
from tanxin.web.directory import directory_of
from tanxin.web.duties import words
from tanxin.web.duties.asked import asked_year, list_url, years_to_choose
from tanxin.web.duties.heat import heat_of
from tanxin.web.duties.showing import DutyLine, duty_line, other_of
from tanxin.web.keyset import page_of
from tanxin.web.requests import ActorRequest

TABS: dict[str, Promise] = {
    "owe": gettext_lazy("I owe"),
    "owed": gettext_lazy("Owed to me"),
    "coming": gettext_lazy("Not begun yet"),
    "done": gettext_lazy("Held this year"),
    "year": gettext_lazy("The year"),
}
DUE_GROUPS = ("late", "soon", "later")


@require_safe
def show(request: ActorRequest) -> HttpResponse:
    today = timezone.localdate()
    show = request.GET.get("show", "")
    show = show if show in TABS else "owe"
    if show == "year":
        return show_year(request, today)
    only = request.GET.get("due", "")
    duties = {
        "owe": reading.owed(request.actor, today=today),
        "owed": reading.owed_to(request.actor, today=today),
        "coming": reading.coming(request.actor, today=today),
        "done": reading.done(request.actor, today.year, today=today),
    }[show]
    if only in DUE_GROUPS:
        duties = duties.filter(conditions(today)[only])
    page = page_of(duties, order=("due", "id"), cursor=request.GET.get("cursor", ""))
    shown = {
        **frame(request.actor, show, today),
        "counts": reading.counts(request.actor, today=today),
        "only": only,
        "groups": groups(lines_of(request, page.rows, today)),
        "page": page,
    }
    return render(request, "duties/mine.html", shown)


def frame(actor: Actor, show: str, today: date) -> dict[str, object]:
    return {
        "tabs": TABS.items(),
        "show": show,
        "today": today,
        "teams": teams.teams_to_see(actor, on=today),
        "sees_all": decide(Permission.DUTY_VIEW, actor.standing).allowed,
    }


def lines_of(request: ActorRequest, rows: list[DutyRow], today: date) -> list[DutyLine]:
    actor, names = request.actor, directory_of(request)
    others = {other for duty in rows if (other := other_of(actor, duty))}
    last = last_talks(actor, others)
    planned = talks_planned_for(actor, [duty.pk for duty in rows])
    open_ = open_promises(actor, others)
    return [
        duty_line(actor, duty, names, today, last=last, planned=planned, promises=open_)
        for duty in rows
    ]


def groups(lines: list[DutyLine]) -> Iterator[tuple[Promise, str, list[DutyLine]]]:
    """Lines are sorted by their day, so each group is one stretch of them."""
    for key, found in groupby(lines, key=lambda line: line.group):
        yield words.GROUPS[key], key, list(found)


def show_year(request: ActorRequest, today: date) -> HttpResponse:
    year = asked_year(request, today)
    days = reading.due_days(request.actor, year, today=today)
    me = request.actor.person_id
    shown = {
        **frame(request.actor, "year", today),
        "year": year,
        "years": years_to_choose(today, year),
        "days": [
            (day, count, still, list_url(year=year, person=me, due=day))
            for day, count, still in days
        ],
        "heat": heat_of(
            year, [(day, count, list_url(year=year, person=me, due=day)) for day, count, _n in days]
        ),
        "label": _("How many of your talks are due on which day of %(year)s") % {"year": year},
    }
    return render(request, "duties/year.html", shown)
