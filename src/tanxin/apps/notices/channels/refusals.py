class NotSent(Exception):
    """It did not leave, and may be tried again."""


class Unreachable(Exception):
    """There is no address, or the server will have nothing to do with it."""
