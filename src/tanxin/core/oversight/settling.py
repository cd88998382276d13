"""What becomes of a signal: a human says so, once, or its reason goes away."""

from enum import StrEnum


class SignalState(StrEnum):
    OPEN = "open"
    SETTLED = "settled"
    GONE = "gone"


class Outcome(StrEnum):
    """None of them changes a figure anywhere."""

    NOTHING = "nothing"
    TALKED = "talked"
    PUT_RIGHT = "put_right"
    HANDED_ON = "handed_on"
