"""The one page from which ledgers, reports and packs are reached."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tanxin.apps.duties.reading.covered import units_to_cover
from tanxin.apps.reports.exporting import exports_to_decide, my_exports
from tanxin.web.duties.words_asked import TONES, VERDICTS
from tanxin.web.reports.span import figures_url
from tanxin.web.requests import ActorRequest

MOST = 20


@require_safe
def start(request: ActorRequest) -> HttpResponse:
    actor, now, today = request.actor, timezone.now(), timezone.localdate()
    first, last = today.replace(month=1, day=1), today.replace(month=12, day=31)
    shown = {
        "to_decide": exports_to_decide(actor, on=today),
        "mine": [
            (
                row,
                VERDICTS[row.verdict],
                TONES[row.verdict],
                bool(row.open_until and row.open_until > now),
            )
            for row in my_exports(actor)[:MOST]
        ],
        "units": [
            (node, figures_url(node.id, first, last)) for node in units_to_cover(actor, on=today)
        ],
    }
    return render(request, "reports/start.html", shown)
