"""Why reception hours are not set, or a time of them not booked."""

from tanxin.core.lifecycle import IllegalMove


class LeadsNobody(Exception):
    """Reception hours are for who heads or is in charge of a unit, or sits in a team."""


class HoursNotMeant(Exception):
    """They begin and end on a quarter of an hour, and at least one time fits in between."""


class NoSuchDay(IllegalMove):
    """On this day nobody receives by these hours, or no longer."""


class SlotGone(IllegalMove):
    """There is no such time any more, or it has begun."""


class BookedAlready(IllegalMove):
    """He has a time with the same person that is still to come."""
