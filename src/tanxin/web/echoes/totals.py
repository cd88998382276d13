from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tanxin.apps.org.directory import Directory
from tanxin.apps.talks.echoes import totals_for
from tanxin.core.echoes import FEWEST, EchoQuestion
from tanxin.web.directory import directory_of
from tanxin.web.echoes.words import QUESTIONS, half_year
from tanxin.web.requests import ActorRequest

MOST = 2_000


@require_safe
def totals(request: ActorRequest) -> HttpResponse:
    """By half-year, the newest first; within one by name, never by number."""
    actor, names = request.actor, directory_of(request)
    rows = list(totals_for(actor)[:MOST])
    periods = [
        {"name": half_year(code), "lines": lines(names, list(found))}
        for code, found in groupby(rows, key=lambda row: row.period)
    ]
    return render(request, "echoes/totals.html", {"periods": periods, "fewest": FEWEST})


def lines(names: Directory, rows: list[Any]) -> list[dict[str, Any]]:
    """The rest of the organisation last."""
    told = [
        {
            "about": names.label(row.leader_id) if row.leader_id else "",
            "question": QUESTIONS[EchoQuestion(row.question)],
            "yes": row.yes,
            "partly": row.partly,
            "no": row.no,
        }
        for row in rows
    ]
    return sorted(told, key=lambda line: (not line["about"], str(line["about"])))
