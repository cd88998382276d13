"""Who has talked with whom in a team."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from tanxin.apps.duties.access import shown
from tanxin.apps.duties.models import Duty
from tanxin.apps.duties.reading.states import of_year
from tanxin.apps.org.access import TeamForbidden, relations_to_team, team_for
from tanxin.apps.org.actors import on_day
from tanxin.apps.org.models import Seat, Team
from tanxin.core.access import Actor, Permission, Relation, decide

MOST_TEAMS = 12


def relations_to_matrix(actor: Actor, team_id: UUID, *, on: date) -> frozenset[Relation]:
    """How the actor stands to the team. Raises ``TeamNotFound`` or ``TeamForbidden``."""
    team = team_for(actor, team_id, Permission.ORG_VIEW, on=on)
    relations = relations_to_team(actor, team, on)
    if not decide(Permission.MATRIX_VIEW, relations).allowed:
        raise TeamForbidden(Permission.MATRIX_VIEW)
    return relations


def duties_via_team(actor: Actor, team_id: UUID, *, on: date, year: int) -> QuerySet[Duty]:
    """The duties of a year that rest on the team, for who has passed ``relations_to_matrix``."""
    rows = Duty.objects.filter(shown(actor), realm=actor.realm_id, via=team_id)
    return of_year(rows, year, on).select_related("rule")


def team_duties(actor: Actor, team_id: UUID, *, on: date, year: int) -> QuerySet[Duty]:
    """Raises ``TeamNotFound`` or ``TeamForbidden``."""
    relations_to_matrix(actor, team_id, on=on)
    return duties_via_team(actor, team_id, on=on, year=year)


def openable(actor: Actor, rows: list[Duty], relations: frozenset[Relation]) -> frozenset[UUID]:
    """The duties of one team whose own page the actor may open.

    They count in the team's unit, so who leads that may open all.
    """
    everything = decide(Permission.DUTY_VIEW, relations).allowed
    me = actor.person_id
    return frozenset(
        row.pk for row in rows if everything or (me and me in (row.initiator_id, row.subject_id))
    )


def teams_to_see(actor: Actor, *, on: date) -> list[tuple[UUID, str]]:
    """The actor's own teams, or some of all for an organiser; the rest is found in the chart."""
    teams = Team.objects.filter(realm=actor.realm_id)
    if not decide(Permission.MATRIX_VIEW, actor.standing).allowed:
        sits = Seat.objects.filter(on_day(on), realm=actor.realm_id, person=actor.person_id)
        teams = teams.filter(pk__in=sits.values("team"))
    rows = teams.order_by("unit__code", "name", "pk").values_list("pk", "name")
    return list(rows[:MOST_TEAMS])
