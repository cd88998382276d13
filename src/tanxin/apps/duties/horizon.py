"""Which days duties are derived for."""

from datetime import date, timedelta
from uuid import UUID

from tanxin.apps.duties.models import Outlook, PackInForce

AHEAD = timedelta(days=31)
# From September on next year can be planned.
FIRST_MONTH = 9


def horizon_of(today: date, until: date | None = None) -> tuple[date, date]:
    """Return the first day, and the first day no longer, of what is derived on ``today``.

    From the start of the year, so that past periods of it are judged by what was true in them;
    earlier years are closed and stay as they are. Until a month from now, or ``until`` where next
    year is being planned. What has not begun stands in plans, and in no list of what is owed.
    """
    end = today + AHEAD
    return date(today.year, 1, 1), max(end, until) if until else end


def horizon_for(realm_id: UUID, today: date) -> tuple[date, date]:
    """As far as the realm plans."""
    row = Outlook.objects.filter(realm=realm_id).values_list("until", flat=True).first()
    return horizon_of(today, row)


def reaches(today: date) -> date:
    """The last day that a plan may have duties on: next year's, from September on."""
    if today.month >= FIRST_MONTH:
        return date(today.year + 1, 12, 31)
    return date(today.year, 12, 31)


def look_ahead(realm_id: UUID, today: date, through: date) -> bool:
    """Derive through a day of this or next year from now on; whether that is farther than before.

    The year of ``through`` is taken whole. Without rules in force there is nothing to look for.
    """
    if not PackInForce.objects.filter(realm=realm_id).exists():
        return False
    until = date(min(through, reaches(today)).year + 1, 1, 1)
    if horizon_for(realm_id, today)[1] >= until:
        return False
    Outlook.objects.update_or_create(realm_id=realm_id, defaults={"until": until})
    return True
