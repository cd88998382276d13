class ExplainedAlready(Exception):
    """One explanation stands; who has more to say tells the supervisor."""


class SettledAlready(Exception):
    """Somebody has said already what became of it."""


class NothingSaid(Exception):
    """An explanation of nothing that can be read."""
