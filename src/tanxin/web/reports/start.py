"""The one page from which ledgers, reports and packs are reached."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tanxin.apps.duties.reading.covered import units_to_cover
from tanxin.apps.org.selectors import UnitNode, unit_tree, units_led
from tanxin.apps.org.selectors.teams import units_with_teams
from tanxin.apps.reports.exporting import exports_to_decide, my_exports
from tanxin.apps.reports.meeting import BRANCHES
from tanxin.apps.reports.reporting import visible_reports
from tanxin.core.access import Actor, Permission, decide
from tanxin.web.duties.words_asked import TONES, VERDICTS
from tanxin.web.reports.reporting import title_of
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
        "reports": [(row, title_of(row)) for row in visible_reports(actor, on=today)[:MOST]],
        "writes": decide(Permission.REPORT_WRITE, actor.standing).allowed,
        "keeps": decide(Permission.RETENTION_VIEW, actor.standing).allowed,
        "meetings": meetings(actor, today),
        "units": [
            (node, figures_url(node.id, first, last)) for node in units_to_cover(actor, on=today)
        ],
    }
    return render(request, "reports/start.html", shown)


def meetings(actor: Actor, today: date) -> list[UnitNode]:
    """The units with a team, and the branches, whose meetings he prepares."""
    led = units_led(actor.realm_id, actor.person_id, today) if actor.person_id else frozenset()
    prepares = decide(Permission.MEETING_PACK, actor.standing).allowed
    tree = unit_tree(actor.realm_id, today)
    teams = units_with_teams(actor.realm_id)
    nodes = (node for root in tree.roots for node in tree.below(root.id))
    meets = (node for node in nodes if node.id in teams or node.kind in BRANCHES)
    return [node for node in meets if prepares or node.id in led][:MOST]
