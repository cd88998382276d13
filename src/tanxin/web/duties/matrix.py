"""Who has talked with whom in a team: as a table of pairs and as a picture of relations."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tanxin.apps.duties.access import visible_duties
from tanxin.apps.duties.reading import teams
from tanxin.apps.duties.reading.reasons import may_know_reason
from tanxin.apps.duties.reading.states import DutyRow
from tanxin.apps.org.selectors import seats_on
from tanxin.web.directory import directory_of
from tanxin.web.duties.asked import asked_year, list_url, uuid_in, years_to_choose
from tanxin.web.duties.pairs import Pairs
from tanxin.web.duties.showing import duty_line
from tanxin.web.keyset import page_of
from tanxin.web.requests import ActorRequest

VIEWS = ("pairs", "relations")


@require_safe
def show(request: ActorRequest, team_id: UUID) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    year = asked_year(request, today)
    duties = teams.team_duties(actor, team_id, on=today, year=year)
    rows = list(duties.order_by("due", "pk"))
    rules = {duty.rule_id: duty.rule.title for duty in rows if may_know_reason(actor, duty)}
    rule_id = uuid_in(request.GET, "rule")
    if rule_id in rules:
        rows = [duty for duty in rows if duty.rule_id == rule_id]
        duties = duties.filter(rule=rule_id)
    pairs = pairs_of(request, team_id, rows)
    page = page_of(duties, order=("due", "id"), cursor=request.GET.get("cursor", ""))
    view = request.GET.get("view", "")
    shown = {
        "team_id": team_id,
        "view": view if view in VIEWS else VIEWS[0],
        "year": year,
        "years": years_to_choose(today, year),
        "rules": rules.items(),
        "rule_id": rule_id if rule_id in rules else None,
        "others": [one for one in teams.teams_to_see(actor, on=today) if one[0] != team_id],
        "pairs": pairs,
        "counts": counts(pairs, team_id, year, rule_id),
        "lines": [duty_line(actor, duty, directory_of(request), today) for duty in page.rows],
        "may_open": pairs.may_open,
        "page": page,
        "today": today,
    }
    return render(request, "duties/matrix.html", shown)


def pairs_of(request: ActorRequest, team_id: UUID, rows: list[DutyRow]) -> Pairs:
    actor, today = request.actor, timezone.localdate()
    visible = visible_duties(actor, on=today).filter(pk__in=[duty.pk for duty in rows])
    return Pairs(
        rows,
        seats_on(actor.realm_id, [team_id], today),
        actor=actor,
        names=directory_of(request),
        today=today,
        may_open=set(visible.values_list("pk", flat=True)),
    )


def counts(
    pairs: Pairs, team_id: UUID, year: int, rule_id: UUID | None
) -> list[tuple[str, int, str]]:
    """Each duty once, a mutual one too; with the list behind."""
    return [
        (state, number, list_url(team=team_id, year=year, rule=rule_id, state=state))
        for state, number in pairs.tally().items()
    ]
