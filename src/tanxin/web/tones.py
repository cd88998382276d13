"""Which tone a state is shown in. A tone is a colour with a sign; the word always stands beside."""

from enum import StrEnum


class Tone(StrEnum):
    GOOD = "good"
    INFO = "info"
    WARN = "warn"
    LATE = "late"
    REST = "rest"


SIGNS = {
    Tone.GOOD: "circle-check",
    Tone.INFO: "circle-dot",
    Tone.WARN: "alert-circle",
    Tone.LATE: "alert-triangle",
    Tone.REST: "circle-dashed",
}

_STATES = {
    Tone.GOOD: (
        "met", "confirmed", "verified", "answered", "accepted", "helped", "done", "published",
    ),
    Tone.INFO: (
        "proposed", "agreed", "held", "recorded", "assigned", "reported", "inquiring", "merged",
        "sent", "handed", "received", "taken_up", "talk", "planned", "reply", "rule",
    ),
    Tone.WARN: (
        "soon", "waiting", "suggested", "approving", "raised", "unconfirmed", "disputed",
        "contested", "reopened", "extending", "explained", "review", "returned", "asked",
    ),
    Tone.LATE: ("late", "overdue", "failed"),
    Tone.REST: (
        "open", "waived", "withdrawn", "cancelled", "refused", "not_approved", "forwarded",
        "closed", "archived",
    ),
}  # fmt: skip
TONE_OF_STATE = {state: tone for tone, states in _STATES.items() for state in states}


def tone_of(state: str) -> Tone:
    return TONE_OF_STATE.get(state, Tone.REST)
