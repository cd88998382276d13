"""Which days duties are derived for."""

from datetime import date, timedelta

AHEAD = timedelta(days=31)


def horizon_of(today: date) -> tuple[date, date]:
    """Return the first day, and the first day no longer, of what is derived on ``today``.

    From the start of the year, so that past periods of it are judged by what was true in them;
    earlier years are closed and stay as they are. Until a month from now, so that next year's
    duties can be planned in December and do not stand beside this year's for longer than that.
    """
    return date(today.year, 1, 1), today + AHEAD
