"""Days as they stand in a sentence; lists, tables and facts show ``2026-11-23``."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import pgettext


def prose_day(day: date) -> str:
    return date_format(day, pgettext("a day in a sentence", "j F Y"))


def short_day(day: date) -> str:
    """One of the next weeks: nobody asks for the year."""
    return date_format(day, pgettext("a day of the next weeks", "j F"))


def prose_moment(moment: datetime) -> str:
    return date_format(localtime(moment), pgettext("a moment in a sentence", "j F Y, H:i"))


def weekday_moment(moment: datetime) -> str:
    """Short, as a choice among some: the day of the week says more than the year."""
    return date_format(localtime(moment), pgettext("a moment to choose", "D j M, H:i"))
