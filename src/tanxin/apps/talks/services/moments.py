"""Which days a talk can be on: what is off the ends of time breaks every page that shows it."""

from datetime import datetime, timedelta

from tanxin.apps.talks.refusals import MomentOutOfReach

BACK = timedelta(days=3660)
AHEAD = timedelta(days=1100)


def is_within_reach(moment: datetime, at: datetime) -> bool:
    """Some years around now: nobody plans further, and no roster reaches back further."""
    return at - BACK <= moment <= at + AHEAD


def check_reach(moment: datetime, at: datetime) -> None:
    if not is_within_reach(moment, at):
        raise MomentOutOfReach(moment)
