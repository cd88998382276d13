"""The list behind a number: the same door as the page that showed the number, then its filters."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from tanxin.apps.duties.access import visible_duties
from tanxin.apps.duties.models import Duty
from tanxin.apps.duties.reading.coverage import unit_duties
from tanxin.apps.duties.reading.reasons import reason_is_open
from tanxin.apps.duties.reading.states import conditions, of_year
from tanxin.apps.duties.reading.teams import team_duties
from tanxin.core.access import Actor


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked for.

    ``private`` wants those whose reason is not shown, instead of those of a rule; ``yearly``
    leaves out what an event asks for.
    """

    year: int
    unit_id: UUID | None = None
    team_id: UUID | None = None
    person_id: UUID | None = None
    rule_id: UUID | None = None
    state: str = ""
    due: date | None = None
    private: bool = False
    yearly: bool = False


def listed(actor: Actor, asked: Asked, *, today: date) -> QuerySet[Duty]:
    """Raises what the door of the unit or team raises; without one, all the actor may see."""
    rows = behind_door(actor, asked, today)
    if asked.person_id:
        rows = rows.filter(Q(initiator=asked.person_id) | Q(subject=asked.person_id))
    if asked.rule_id:
        rows = rows.filter(reason_is_open(actor), rule=asked.rule_id)
    if asked.private:
        known = reason_is_open(actor)
        rows = rows.exclude(known) if known else rows.none()
    if asked.yearly:
        rows = rows.filter(event=None)
    if asked.due:
        rows = rows.filter(due=asked.due)
    condition = conditions(today).get(asked.state)
    return rows.filter(condition) if condition is not None else rows


def behind_door(actor: Actor, asked: Asked, today: date) -> QuerySet[Duty]:
    if asked.unit_id:
        return unit_duties(actor, asked.unit_id, on=today, year=asked.year)
    if asked.team_id:
        return team_duties(actor, asked.team_id, on=today, year=asked.year)
    return of_year(visible_duties(actor, on=today), asked.year, today).select_related("rule")
