"""States and moves of what leaves the two of a talk: feedback, answers, common issues, leads.

As ``core.lifecycle``, whose ``next_state`` is the only way from one state to the next.
"""

from collections.abc import Mapping
from enum import StrEnum


class FeedbackState(StrEnum):
    REVIEW = "review"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    SENT = "sent"
    ANSWERED = "answered"


class FeedbackMove(StrEnum):
    RELEASE = "release"
    RETURN = "return"
    WITHDRAW = "withdraw"
    ANSWER = "answer"


FEEDBACK_MOVES: Mapping[tuple[StrEnum, StrEnum], FeedbackState] = {
    (FeedbackState.REVIEW, FeedbackMove.RELEASE): FeedbackState.SENT,
    (FeedbackState.REVIEW, FeedbackMove.RETURN): FeedbackState.RETURNED,
    (FeedbackState.REVIEW, FeedbackMove.WITHDRAW): FeedbackState.WITHDRAWN,
    (FeedbackState.SENT, FeedbackMove.ANSWER): FeedbackState.ANSWERED,
}


class ReplyState(StrEnum):
    REVIEW = "review"
    RETURNED = "returned"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class ReplyMove(StrEnum):
    PUBLISH = "publish"
    RETURN = "return"
    WITHDRAW = "withdraw"


REPLY_MOVES: Mapping[tuple[StrEnum, StrEnum], ReplyState] = {
    (ReplyState.REVIEW, ReplyMove.PUBLISH): ReplyState.PUBLISHED,
    (ReplyState.REVIEW, ReplyMove.RETURN): ReplyState.RETURNED,
    (ReplyState.REVIEW, ReplyMove.WITHDRAW): ReplyState.WITHDRAWN,
    (ReplyState.PUBLISHED, ReplyMove.WITHDRAW): ReplyState.WITHDRAWN,
}


class CommonState(StrEnum):
    """What became of the proposal: ``TALK`` waits for its leader, ``PLANNED`` has its talk."""

    OPEN = "open"
    TALK = "talk"
    PLANNED = "planned"
    REPLY = "reply"
    RULE = "rule"
    DISMISSED = "dismissed"


class CommonMove(StrEnum):
    TALK = "talk"
    PLAN = "plan"
    REPLY = "reply"
    RULE = "rule"
    DISMISS = "dismiss"


COMMON_MOVES: Mapping[tuple[StrEnum, StrEnum], CommonState] = {
    (CommonState.OPEN, CommonMove.TALK): CommonState.TALK,
    (CommonState.OPEN, CommonMove.REPLY): CommonState.REPLY,
    (CommonState.OPEN, CommonMove.RULE): CommonState.RULE,
    (CommonState.OPEN, CommonMove.DISMISS): CommonState.DISMISSED,
    (CommonState.TALK, CommonMove.PLAN): CommonState.PLANNED,
}


class LeadState(StrEnum):
    ASKED = "asked"
    REFUSED = "refused"
    HANDED = "handed"
    RECEIVED = "received"
    TAKEN_UP = "taken_up"
    CLOSED = "closed"


class LeadMove(StrEnum):
    APPROVE = "approve"
    REFUSE = "refuse"
    RECEIVE = "receive"
    TAKE_UP = "take_up"
    CLOSE = "close"


LEAD_MOVES: Mapping[tuple[StrEnum, StrEnum], LeadState] = {
    (LeadState.ASKED, LeadMove.APPROVE): LeadState.HANDED,
    (LeadState.ASKED, LeadMove.REFUSE): LeadState.REFUSED,
    (LeadState.HANDED, LeadMove.RECEIVE): LeadState.RECEIVED,
    (LeadState.HANDED, LeadMove.TAKE_UP): LeadState.TAKEN_UP,
    (LeadState.HANDED, LeadMove.CLOSE): LeadState.CLOSED,
    (LeadState.RECEIVED, LeadMove.TAKE_UP): LeadState.TAKEN_UP,
    (LeadState.RECEIVED, LeadMove.CLOSE): LeadState.CLOSED,
    (LeadState.TAKEN_UP, LeadMove.CLOSE): LeadState.CLOSED,
}
