"""Where an issue stands, in few words: the columns of a board and the light of a deadline."""

from datetime import timedelta
from enum import StrEnum

from tanxin.core.lifecycle import IssueState

SOON = timedelta(days=7)


class Stage(StrEnum):
    TO_PLAN = "to_plan"
    DOING = "doing"
    TO_VERIFY = "to_verify"
    TO_ANSWER = "to_answer"
    CLOSED = "closed"


STATES_OF: dict[Stage, tuple[IssueState, ...]] = {
    Stage.TO_PLAN: (IssueState.RAISED, IssueState.INQUIRING, IssueState.REOPENED),
    Stage.DOING: (IssueState.ASSIGNED, IssueState.EXTENDING),
    Stage.TO_VERIFY: (IssueState.REPORTED,),
    Stage.TO_ANSWER: (IssueState.VERIFIED,),
    Stage.CLOSED: (IssueState.ANSWERED, IssueState.EXPLAINED, IssueState.MERGED),
}


class Light(StrEnum):
    """Red when the day has passed without a report, yellow in the week before."""

    RED = "red"
    YELLOW = "yellow"
