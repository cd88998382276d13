from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from tanxin.apps.oversight.access import supervises
from tanxin.apps.oversight.coverage.reading import Line, quarter, quarters
from tanxin.core.disclosure import FEWEST, Interval
from tanxin.web.directory import directory_of
from tanxin.web.requests import ActorRequest

TITLES: dict[str, Promise] = {
    "talks": gettext_lazy("Talks that were owed"),
    "issues": gettext_lazy("What was raised, and what became of it"),
    "requests": gettext_lazy("Requests for a talk"),
}
COLUMNS: dict[str, tuple[Promise, ...]] = {
    "talks": (pgettext_lazy("statistics", "held"), pgettext_lazy("statistics", "not held")),
    "issues": (
        pgettext_lazy("statistics", "proven to have helped"),
        pgettext_lazy("statistics", "solved, not looked at again"),
        pgettext_lazy("statistics", "answered only"),
        pgettext_lazy("statistics", "open"),
    ),
    "requests": (
        pgettext_lazy("statistics", "answered in time"),
        pgettext_lazy("statistics", "late or not at all"),
    ),
}


@require_safe
def latest(request: ActorRequest) -> HttpResponse:
    known = quarters(request.actor)
    return show(request, known, known[0] if known else "")


@require_safe
def of_quarter(request: ActorRequest, quarter_code: str) -> HttpResponse:
    return show(request, quarters(request.actor), quarter_code)


def show(request: ActorRequest, known: list[str], asked: str) -> HttpResponse:
    names = directory_of(request)
    found = quarter(request.actor, asked, on=timezone.localdate()) if asked else None

    def row(line: Line) -> dict[str, Any]:
        return {
            "name": names.unit_name(line.unit) if line.unit else _("All together"),
            "numbers": [in_words(one) for one in line.numbers],
            "is_whole": line.unit is None,
        }

    shown = {
        "known": [(code, quarter_name(code)) for code in known],
        "asked": asked,
        "name": quarter_name(asked) if asked else "",
        "found": found,
        "tables": [
            (TITLES[table], COLUMNS[table], [row(line) for line in lines])
            for table, lines in (found.tables.items() if found else ())
        ],
        "fewest": FEWEST,
        "supervises": supervises(request.actor),
    }
    return render(request, "oversight/statistics.html", shown)


def quarter_name(code: str) -> str:
    year, _dash, number = code.partition("-Q")
    return _("%(year)s, quarter %(number)s") % {"year": year, "number": number}


def in_words(one: Interval) -> str:
    """Exactly, as small, or from the least to the most."""
    if one.low == one.high:
        return str(one.low)
    if one.is_small:
        return _("fewer than %(fewest)s") % {"fewest": FEWEST}
    return f"{one.low}–{one.high}"
