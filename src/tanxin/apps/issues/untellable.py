"""Why something does not leave the two of a talk as it is written."""

from tanxin.core.deidentify import Mark


class StillMarked(Exception):
    """Words stand in a text that may lead to its source; ``marks`` are all that were found."""

    def __init__(self, marks: tuple[Mark, ...]) -> None:
        super().__init__(len(marks))
        self.marks = marks


class SourceStandsOut(Exception):
    """Fewer than five people may have said it, as it is told."""


class NobodyToReview(Exception):
    """Whoever was to review it is the author, the source, kept from it, or without that task."""


class NobodyToAnswer(Exception):
    """The unit has no head who may read it: none, the source himself, or somebody kept from it."""


class AlreadyTold(Exception):
    """The unit has been told of this issue, or it is just being reviewed."""


class UnitTooSmall(Exception):
    """Too few were talked with there, or beside it, to be told of alone."""


class PeriodTold(Exception):
    """A summary of this period, or of a part of it, was handed up already."""


class TooMuchSaid(Exception):
    """More than a body needs to begin: so many signs are the most."""


class TooFewAsked(Exception):
    """A collective talk about a common issue asks at least five, or those asked would be known."""
