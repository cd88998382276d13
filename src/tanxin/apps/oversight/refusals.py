class ExplainedAlready(Exception):
    """One explanation stands; who has more to say tells the supervisor."""


class SettledAlready(Exception):
    """Somebody has said already what became of it."""


class NothingSaid(Exception):
    """An explanation of nothing that can be read."""


class NothingToDraw(Exception):
    """No closed talk of these days that was not asked about already."""


class AnsweredAlready(Exception):
    """It was answered, or given up, before."""
