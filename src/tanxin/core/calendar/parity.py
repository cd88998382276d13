"""Odd and even weeks and months (单周、双周), for slots that alternate."""

from datetime import date


def week_number(day: date, since: date | None = None) -> int:
    """Return the ISO week of ``day``, or its week counted from that of ``since``, which is 1.

    Schools count from the first day of the term. Two odd ISO weeks meet where a year has 53.
    Before ``since`` the count runs on to 0, -1 and so on.
    """
    if since is None:
        return day.isocalendar().week
    return _week_of_all(day) - _week_of_all(since) + 1


def is_odd_week(day: date, since: date | None = None) -> bool:
    return week_number(day, since) % 2 == 1


def is_even_week(day: date, since: date | None = None) -> bool:
    return not is_odd_week(day, since)


def is_odd_month(day: date) -> bool:
    return day.month % 2 == 1


def is_even_month(day: date) -> bool:
    return not is_odd_month(day)


def _week_of_all(day: date) -> int:
    """Number the weeks through all time; ordinal 1 was a Monday."""
    return (day.toordinal() - 1) // 7
