"""How far the duties of a unit are met, by rule and by the units under it."""

from collections.abc import Iterator
from dataclasses import fields
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanxin.apps.duties.reading.coverage import RuleTally, Tally, coverage_of
from tanxin.apps.duties.reading.covered import units_to_cover
from tanxin.web.directory import directory_of
from tanxin.web.duties import words
from tanxin.web.duties.asked import asked_year, list_url, years_to_choose
from tanxin.web.duties.heat import heat_of
from tanxin.web.requests import ActorRequest
from tanxin.web.rules.wording import title_of
from tanxin.web.talks.words import KINDS


@require_safe
def units(request: ActorRequest) -> HttpResponse:
    """Whose coverage the reader may open; asked for here, so that his own duties need not."""
    found = units_to_cover(request.actor, on=timezone.localdate())
    return render(request, "duties/units.html", {"covered": found})


@require_safe
def show(request: ActorRequest, unit_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    year = asked_year(request, today)
    found = coverage_of(request.actor, unit_id, on=today, year=year)
    shown = {
        "unit_id": unit_id,
        "name": found.unit.name if found.unit else directory_of(request).unit_name(unit_id),
        "above": found.above,
        "year": year,
        "years": years_to_choose(today, year),
        "whole": found.whole,
        "urls": urls(unit=unit_id, year=year),
        "rules": list(rule_rows(found.rules, unit_id, year)),
        "own": found.own,
        "kinds": [
            (KINDS.get(kind, kind) if kind else words.PRIVATE, tally) for kind, tally in found.kinds
        ],
        "quarters": [
            (_("Quarter %(number)s") % {"number": number}, tally)
            for number, tally in found.quarters
            if tally.owed
        ],
        "heat": heat_of(
            year,
            [(day, count, list_url(unit=unit_id, year=year, due=day)) for day, count in found.days],
        ),
        "heat_label": _("How many talks are due here on which day of %(year)s") % {"year": year},
        "under": [(node, tally) for node, tally in found.under if tally.owed],
        "quiet": [node for node, tally in found.under if not tally.owed],
    }
    return render(request, "duties/coverage.html", shown)


def urls(**filters: object) -> dict[str, str]:
    """The list behind each number of a tally."""
    return {field.name: list_url(**filters, state=field.name) for field in fields(Tally)}


def rule_rows(rules: list[RuleTally], unit_id: UUID, year: int) -> Iterator[dict[str, object]]:
    for row in rules:
        filters: dict[str, object] = {"unit": unit_id, "year": year}
        filters |= {"rule": row.rule_id} if row.rule_id else {"private": "1"}
        yield {
            "id": row.rule_id,
            "title": title_of(row.title) if row.rule_id else words.PRIVATE,
            "tally": row.tally,
            "urls": urls(**filters),
        }
