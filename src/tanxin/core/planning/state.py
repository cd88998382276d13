from enum import StrEnum


class PlanState(StrEnum):
    """A proposed plan is approved once and then followed, until another takes its place."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    SUPERSEDED = "superseded"
    DROPPED = "dropped"
