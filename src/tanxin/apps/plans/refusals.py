"""What can be the case when a plan is not to be changed so."""


class SpanNotFit(Exception):
    """The plan would end before it begins, be over already, or last longer than two years."""


class NothingToPlan(Exception):
    """No open duty of the unit has its time in these days."""


class OutsideItsTime(Exception):
    """By hand too a talk is put only on a working day on which it meets its duties."""


class PlannedIsOver(Exception):
    """The talk was held, or nobody owes it any more, or its time has passed."""


class PlanIsClosed(Exception):
    """The plan was dropped, or another has taken its place."""


class ChangedMeanwhile(Exception):
    """Somebody else moved one of the talks first."""


class CannotGather(Exception):
    """These talks are not of one initiator and unit with a day in common, or not three."""
