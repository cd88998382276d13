"""What may be looked at for a yearly result. There is no indicator that counts talks."""

from enum import StrEnum


class Nature(StrEnum):
    PROCESS = "process"
    RESULT = "result"


class Indicator(StrEnum):
    """Each is a share of things that were, or were not, as they should be; the list is closed."""

    # Of the talks that were owed in the year: held. A threshold only.
    COVERAGE = "coverage"
    # Of the talks that were held: the record was confirmed by the one talked with.
    CONFIRMED = "confirmed"
    # Of the measures that were due: reported by their day.
    ON_TIME = "on_time"
    # Of what was raised: solved, as somebody else than the one who solved it found.
    CLOSURE = "closure"
    # Of what was closed and looked at again weeks later: it really helped.
    EFFECT = "effect"
    # Of what was closed: the same person did not have to raise the same kind of matter again.
    RECURRENCE = "recurrence"
    # What those talked with said in private, where it may be known at all.
    VIEW = "view"
    # Of the requests for a talk: answered within their time.
    REQUESTS = "requests"
    # Of what was raised: the one who raised it got an answer, also that it cannot be solved now.
    REPLIED = "replied"


_P, _R = Nature.PROCESS, Nature.RESULT
INDICATORS = {
    Indicator.COVERAGE: _P,
    Indicator.CONFIRMED: _P,
    Indicator.ON_TIME: _P,
    Indicator.CLOSURE: _R,
    Indicator.EFFECT: _R,
    Indicator.RECURRENCE: _R,
    Indicator.VIEW: _R,
    Indicator.REQUESTS: _R,
    Indicator.REPLIED: _R,
}
# Counted as reached or not reached: more of it is no merit.
THRESHOLD_ONLY = frozenset({Indicator.COVERAGE})
