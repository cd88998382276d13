from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from tanxin.apps.org.directory import Directory
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
    found = quarter(request.actor, asked, on=timezone.localdate()) if asked else None
    shown = {
        "known": [(code, quarter_name(code)) for code in known],
        "asked": asked,
        "found": found,
        "tables": [
            table_of(name, lines, directory_of(request))
            for name, lines in (found.tables.items() if found else ())
        ],
        "fewest": FEWEST,
        "supervises": supervises(request.actor),
    }
    return render(request, "oversight/statistics.html", shown)


def table_of(name: str, lines: list[Line], names: Directory) -> dict[str, Any]:
    """Units all of whose numbers are told as small are named together."""
    units = [line for line in lines if line.unit is not None]
    small = [line for line in units if not line.is_exact and all(n.is_small for n in line.numbers)]
    rows = [(names.unit_name(line.unit), line) for line in units if line not in small]
    whole = [(_("All together"), line) for line in lines if line.unit is None and rows]
    heads = COLUMNS[name]
    return {
        "title": TITLES[name],
        "heads": heads,
        "rows": [
            (label, list(zip(heads, map(in_words, line.numbers), strict=True)))
            for label, line in (*rows, *whole)
        ],
        "small": [names.unit_name(line.unit) for line in small],
    }


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
