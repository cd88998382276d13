"""The year as squares, one a day."""

from collections.abc import Iterable
from datetime import date

from django.utils.dates import MONTHS_3, WEEKDAYS_ABBR
from django.utils.translation import pgettext


def heat_of(year: int, days: Iterable[tuple[date, int, str]]) -> dict[str, object]:
    """The data of the picture ``year-heat``; weekdays begin with Sunday there."""
    weekdays = [str(WEEKDAYS_ABBR[day]) for day in (6, 0, 1, 2, 3, 4, 5)]
    return {
        "year": year,
        "days": [[day.isoformat(), count, url] for day, count, url in days],
        "unit": pgettext("after a number of duties", "duties"),
        "months": [str(MONTHS_3[month]) for month in range(1, 13)],
        "weekdays": weekdays,
        "few": pgettext("end of a scale", "few"),
        "many": pgettext("end of a scale", "many"),
    }
