"""Why something about keeping or destroying cannot be done."""

from tanxin.core.access import RowForbidden, RowNotFound


class RetentionForbidden(RowForbidden):
    """Not his task, or not as the second person: he asked, is under who asked, or is concerned."""


class HoldNotFound(RowNotFound):
    pass


class ListNotFound(RowNotFound):
    pass


class HeldAlready(Exception):
    """The talk is kept already."""


class NothingToKeep(Exception):
    """Its texts were destroyed before."""


class MovedOn(Exception):
    """It was decided in the meantime."""


class NothingDue(Exception):
    """There is no talk whose time is over and that stands on no list."""


class NotDueAnyMore(Exception):
    """A talk of the list is kept now, or was changed: the list is to be drawn up anew."""
