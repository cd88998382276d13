"""Who has talked with whom in a team."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from tanxin.apps.duties.access import units_below
from tanxin.apps.duties.models import Duty
from tanxin.apps.duties.reading.states import of_year
from tanxin.apps.org.access import team_for
from tanxin.apps.org.models import Team
from tanxin.apps.org.selectors import teams_of_person
from tanxin.core.access import Actor, Permission, decide

MOST_TEAMS = 12


def team_duties(actor: Actor, team_id: UUID, *, on: date, year: int) -> QuerySet[Duty]:
    """The duties of a year that rest on the team. Raises ``TeamNotFound`` or ``TeamForbidden``."""
    team = team_for(actor, team_id, Permission.MATRIX_VIEW, on=on)
    rows = Duty.objects.filter(realm=actor.realm_id, via=team.pk)
    return of_year(rows, year).select_related("rule")


def teams_to_see(actor: Actor, *, on: date) -> list[tuple[UUID, str]]:
    """Teams whose matrix the actor may open: his own first; the rest is found in the chart."""
    own = teams_of_person(actor.realm_id, actor.person_id, on) if actor.person_id else []
    found = {team.id: team.name for team in own}
    others = Team.objects.filter(realm=actor.realm_id)
    if not decide(Permission.MATRIX_VIEW, actor.standing).allowed:
        others = others.filter(unit__in=units_below(actor, on))
    rows = others.exclude(pk__in=found).order_by("unit__code", "name", "pk")
    found.update(rows.values_list("pk", "name")[: MOST_TEAMS - len(found)])
    return list(found.items())
