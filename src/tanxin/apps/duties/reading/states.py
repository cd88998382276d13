"""How duties stand, as conditions that lists and counts share."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TypeAlias

from django.db.models import Q, QuerySet

from tanxin.apps.duties.horizon import AHEAD
from tanxin.apps.duties.models import Duty
from tanxin.core.lifecycle import DutyState

DutyRow: TypeAlias = Duty
SOON = timedelta(days=14)
NOT_OWED = (DutyState.WAIVED, DutyState.WITHDRAWN)


def conditions(today: date) -> Mapping[str, Q]:
    """What a list can be asked for by ``?state=``."""
    is_open = Q(state=DutyState.OPEN)
    return {
        "owed": ~Q(state__in=NOT_OWED),
        "held": Q(state__in=(DutyState.MET, DutyState.CONFIRMED)),
        "confirmed": Q(state=DutyState.CONFIRMED),
        "contested": Q(state=DutyState.CONTESTED),
        "open": is_open & Q(due__gte=today),
        "late": is_open & Q(due__lt=today),
        "soon": is_open & Q(due__gte=today, due__lte=today + SOON),
        "later": is_open & Q(due__gt=today + SOON),
        "waived": Q(state=DutyState.WAIVED),
    }


def standing(duty: Duty, today: date) -> str:
    """The state as pages show it: an open duty is also soon due or late."""
    if duty.state != DutyState.OPEN:
        return duty.state
    if duty.due < today:
        return "late"
    return "soon" if duty.due <= today + SOON else "open"


def is_near(today: date) -> Q:
    """Whether it has begun or soon will; what is derived for planning alone shows in no list."""
    return Q(opens__lt=today + AHEAD)


def of_year(duties: QuerySet[Duty], year: int, today: date) -> QuerySet[Duty]:
    """Those whose last day is in the year; withdrawn ones are gone."""
    there = duties.exclude(state=DutyState.WITHDRAWN).filter(is_near(today))
    return there.filter(due__gte=date(year, 1, 1), due__lte=date(year, 12, 31))
