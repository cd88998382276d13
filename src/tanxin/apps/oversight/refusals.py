class ExplainedAlready(Exception):
    """One explanation stands; who has more to say tells the supervisor."""


class SettledAlready(Exception):
    """Somebody has said already what became of it."""


class NothingSaid(Exception):
    """An explanation of nothing that can be read."""


class DrawnMeanwhile(Exception):
    """Somebody else has drawn one of these talks at the same time."""


class NothingToDraw(Exception):
    """No closed talk of these days that was not asked about already."""


class AnsweredAlready(Exception):
    """It was answered, or given up, before."""


class TooLong(Exception):
    """An inspection lasts a month at most."""


class NobodyInspects(Exception):
    """A team of nobody."""


class MemberWithoutAccount(Exception):
    """Who cannot log in cannot inspect."""


class DecidedAlready(Exception):
    """Somebody was faster, or it is over."""
