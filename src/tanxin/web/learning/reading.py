"""One's right to ask for a talk; what one has read; and how many of a unit have."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from tanxin.apps.learning.access import PUBLISHED, visible_cases
from tanxin.apps.learning.cases import told
from tanxin.apps.learning.clauses import ClauseNotFound, reader
from tanxin.apps.learning.marks import NothingToRead, mark_read, may_see_rates, rates, was_read
from tanxin.core.access import Actor, RowForbidden
from tanxin.core.learning.rates import Band
from tanxin.web.directory import directory_of
from tanxin.web.learning.words import RIGHTS
from tanxin.web.requests import ActorRequest
from tanxin.web.rules.views import clause_of

BANDS: dict[str, Promise] = {
    Band.FEW: _("less than a third"),
    Band.SOME: _("between one and two thirds"),
    Band.MOST: _("more than two thirds"),
}
PAGES = {"rights": "learning:rights", "clause": "learning:clause", "case": "learning:case"}
NEWEST = 12


@require_safe
def rights(request: ActorRequest) -> HttpResponse:
    known = reader(request.actor, on=timezone.localdate())
    shown = {
        "clauses": [clause_of(clause.cite) for clause in known.about_requests()],
        "days": settings.TANXIN_REQUEST_ANSWER_DAYS,
        "what": "rights",
        "key": "",
        "was_read": was_read(request.actor, "rights", ""),
    }
    return render(request, "learning/rights.html", shown)


@require_POST
def read(request: ActorRequest) -> HttpResponse:
    what, key = request.POST.get("what", ""), request.POST.get("key", "")
    try:
        there = is_there(request.actor, what, key)
        mark_read(request.actor, what, key, at=timezone.now())
    except (NothingToRead, ClauseNotFound) as nothing:
        raise Http404 from nothing
    return redirect(PAGES[what], *there)


def is_there(actor: Actor, what: str, key: str) -> list[str]:
    """What the address of the page needs. Raises ``NothingToRead`` or ``ClauseNotFound``."""
    if what == "rights" and not key:
        return []
    if what == "clause":
        reader(actor, on=timezone.localdate()).clause(key)
        return key.split("/")
    if what == "case" and key in published(actor):
        return [key]
    raise NothingToRead(what)


def published(actor: Actor) -> set[str]:
    return {str(pk) for pk in visible_cases(actor).filter(PUBLISHED).values_list("pk", flat=True)}


@require_safe
def rates_page(request: ActorRequest) -> HttpResponse:
    """In the order of the units, never of the rates."""
    actor = request.actor
    if not may_see_rates(actor):
        raise RowForbidden
    readable = things(actor)
    chosen = request.GET.get("of", "rights")
    what, _slash, key = (chosen if chosen in readable else "rights").partition("/")
    names = directory_of(request)
    lines = [
        {"unit": names.unit_path(one.unit_id), "band": BANDS[one.band]}
        for one in rates(actor, what, key, on=timezone.localdate())
    ]
    lines.sort(key=lambda line: str(line["unit"]))
    shown = {"lines": lines, "things": list(readable.items()), "chosen": chosen}
    return render(request, "learning/rates.html", shown)


def things(actor: Actor) -> dict[str, str]:
    """What can be asked about: the rights, and the newest cases."""
    cases = list(visible_cases(actor).filter(PUBLISHED).order_by("-published_at")[:NEWEST])
    titles = told(actor.realm_id, cases)
    return {"rights": str(RIGHTS)} | {f"case/{case.pk}": titles[case.pk].title for case in cases}
