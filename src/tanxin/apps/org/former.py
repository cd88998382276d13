"""What somebody led for a post ends with the post; what he said as the one talked to does not."""

from datetime import date, datetime, time

from django.db.models import Q
from django.utils import timezone

from tanxin.core.access import Actor


def still_his(actor: Actor, column: str) -> Q:
    """Rows whose ``column`` is no moment at which the actor acted for a post he has left."""
    ended = Q()
    for first, after in actor.former:
        ended |= from_day(column, first) & until_day(column, after)
    return ~ended if ended else Q()


def from_day(column: str, day: date) -> Q:
    return Q() if day == date.min else Q(**{f"{column}__gte": midnight(day)})


def until_day(column: str, day: date) -> Q:
    return Q() if day == date.max else Q(**{f"{column}__lt": midnight(day)})


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def days_still_his(actor: Actor, column: str) -> Q:
    """As ``still_his``, for a column of days."""
    ended = Q()
    for first, after in actor.former:
        ended |= Q(**{f"{column}__gte": first, f"{column}__lt": after})
    return ~ended if ended else Q()


def is_still_his(actor: Actor, moment: datetime) -> bool:
    """As ``still_his``, for one row that has been read."""
    return not actor.acted_for_a_former_post(
        moment.astimezone(timezone.get_current_timezone()).date()
    )
