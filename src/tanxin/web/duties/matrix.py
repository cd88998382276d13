"""Who has talked with whom in a team: as a table of pairs and as a picture of relations."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tanxin.apps.duties.reading import teams
from tanxin.apps.duties.reading.reasons import may_know_reason
from tanxin.apps.duties.reading.states import DutyRow
from tanxin.apps.org.selectors import seats_on
from tanxin.web.directory import directory_of
from tanxin.web.duties import words
from tanxin.web.duties.asked import asked_year, list_url, years_to_choose
from tanxin.web.duties.pairs import Pairs
from tanxin.web.duties.showing import duty_line
from tanxin.web.keyset import page_of
from tanxin.web.requests import ActorRequest

VIEWS = ("pairs", "relations")
# What is asked for by ?rule= → the filters of the list behind; anything else is a rule.
FILTERS: Mapping[str, Mapping[str, str]] = {"": {"yearly": "1"}, "all": {}}


@require_safe
def show(request: ActorRequest, team_id: UUID) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    year = asked_year(request, today)
    relations = teams.relations_to_matrix(actor, team_id, on=today)
    duties = teams.duties_via_team(actor, team_id, on=today, year=year)
    rows = list(duties.order_by("due", "pk"))
    rules = {duty.rule_id: words.title(duty) for duty in rows if may_know_reason(actor, duty)}
    chosen = asked_rules(request, rules)
    filters = FILTERS.get(chosen, {"rule": chosen})
    duties = narrowed(duties, filters)
    rows = [duty for duty in rows if is_within(duty, filters)]
    pairs = Pairs(
        rows,
        seats_on(actor.realm_id, [team_id], today),
        actor=actor,
        names=directory_of(request),
        today=today,
        may_open=teams.openable(actor, rows, relations),
    )
    page = page_of(duties, order=("due", "id"), cursor=request.GET.get("cursor", ""))
    view = request.GET.get("view", "")
    shown = {
        "team_id": team_id,
        "view": view if view in VIEWS else VIEWS[0],
        "year": year,
        "years": years_to_choose(today, year),
        "rules": rules.items(),
        "chosen": chosen,
        "others": [one for one in teams.teams_to_see(actor, on=today) if one[0] != team_id],
        "pairs": pairs,
        "counts": counts(pairs, team=team_id, year=year, **filters),
        "lines": [duty_line(actor, duty, directory_of(request), today) for duty in page.rows],
        "may_open": pairs.may_open,
        "page": page,
        "today": today,
    }
    return render(request, "duties/matrix.html", shown)


def asked_rules(request: ActorRequest, rules: Iterable[UUID]) -> str:
    """One rule, all of them, or those of the year where nothing is asked for."""
    asked = request.GET.get("rule", "")
    return asked if asked in {"all", *map(str, rules)} else ""


def narrowed(duties: QuerySet[DutyRow], filters: Mapping[str, str]) -> QuerySet[DutyRow]:
    if "rule" in filters:
        return duties.filter(rule=UUID(filters["rule"]))
    return duties.filter(event=None) if "yearly" in filters else duties


def is_within(duty: DutyRow, filters: Mapping[str, str]) -> bool:
    if "rule" in filters:
        return str(duty.rule_id) == filters["rule"]
    return duty.event_id is None or "yearly" not in filters


def counts(pairs: Pairs, **filters: object) -> list[tuple[str, int, str]]:
    """Each duty once, a mutual one too; with the list behind."""
    return [
        (state, number, list_url(**filters, state=state)) for state, number in pairs.tally().items()
    ]
