"""States and moves of talk, request, issue and measure, as tables.

``next_state`` is the only way from one state to the next; what is not in a table cannot happen.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar


class IllegalMove(Exception):
    """The thing is no longer (or not yet) in a state from which this can be done."""


class DutyState(StrEnum):
    OPEN = "open"
    MET = "met"
    CONFIRMED = "confirmed"
    CONTESTED = "contested"
    WAIVED = "waived"
    WITHDRAWN = "withdrawn"


class TalkState(StrEnum):
    """``APPROVING`` and ``NOT_APPROVED``: the subject has not been told, and perhaps never is."""

    APPROVING = "approving"
    NOT_APPROVED = "not_approved"
    PROPOSED = "proposed"
    AGREED = "agreed"
    HELD = "held"
    RECORDED = "recorded"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    UNCONFIRMED = "unconfirmed"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class TalkMove(StrEnum):
    APPROVE_IN_PART = "approve_in_part"
    APPROVE = "approve"
    DENY = "deny"
    PROPOSE_OTHER_TIME = "propose_other_time"
    AGREE = "agree"
    PREPARE = "prepare"
    NAME = "name"
    REFUSE = "refuse"
    CANCEL = "cancel"
    HOLD = "hold"
    RECORD = "record"
    ENDORSE = "endorse"
    SEND_BACK = "send_back"
    CONFIRM = "confirm"
    DISPUTE = "dispute"
    LAPSE = "lapse"


TALK_MOVES: Mapping[tuple[StrEnum, StrEnum], TalkState] = {
    (TalkState.APPROVING, TalkMove.PROPOSE_OTHER_TIME): TalkState.APPROVING,
    (TalkState.APPROVING, TalkMove.PREPARE): TalkState.APPROVING,
    (TalkState.APPROVING, TalkMove.NAME): TalkState.APPROVING,
    (TalkState.APPROVING, TalkMove.APPROVE_IN_PART): TalkState.APPROVING,
    (TalkState.APPROVING, TalkMove.APPROVE): TalkState.PROPOSED,
    (TalkState.APPROVING, TalkMove.DENY): TalkState.NOT_APPROVED,
    (TalkState.APPROVING, TalkMove.CANCEL): TalkState.NOT_APPROVED,
    (TalkState.PROPOSED, TalkMove.PROPOSE_OTHER_TIME): TalkState.PROPOSED,
    (TalkState.PROPOSED, TalkMove.PREPARE): TalkState.PROPOSED,
    (TalkState.PROPOSED, TalkMove.NAME): TalkState.PROPOSED,
    (TalkState.PROPOSED, TalkMove.AGREE): TalkState.AGREED,
    (TalkState.PROPOSED, TalkMove.REFUSE): TalkState.REFUSED,
    (TalkState.PROPOSED, TalkMove.CANCEL): TalkState.CANCELLED,
    (TalkState.PROPOSED, TalkMove.HOLD): TalkState.HELD,
    (TalkState.AGREED, TalkMove.PROPOSE_OTHER_TIME): TalkState.PROPOSED,
    # Who will be there is a part of what was agreed to: the subject is asked again.
    (TalkState.AGREED, TalkMove.NAME): TalkState.PROPOSED,
    (TalkState.AGREED, TalkMove.PREPARE): TalkState.AGREED,
    (TalkState.AGREED, TalkMove.CANCEL): TalkState.CANCELLED,
    (TalkState.AGREED, TalkMove.HOLD): TalkState.HELD,
    (TalkState.HELD, TalkMove.RECORD): TalkState.RECORDED,
    (TalkState.RECORDED, TalkMove.RECORD): TalkState.RECORDED,
    (TalkState.RECORDED, TalkMove.ENDORSE): TalkState.RECORDED,
    (TalkState.RECORDED, TalkMove.SEND_BACK): TalkState.HELD,
    (TalkState.RECORDED, TalkMove.CONFIRM): TalkState.CONFIRMED,
    (TalkState.RECORDED, TalkMove.DISPUTE): TalkState.DISPUTED,
    (TalkState.RECORDED, TalkMove.LAPSE): TalkState.UNCONFIRMED,
    (TalkState.UNCONFIRMED, TalkMove.RECORD): TalkState.RECORDED,
    (TalkState.UNCONFIRMED, TalkMove.CONFIRM): TalkState.CONFIRMED,
    (TalkState.UNCONFIRMED, TalkMove.DISPUTE): TalkState.DISPUTED,
    (TalkState.CONFIRMED, TalkMove.RECORD): TalkState.RECORDED,
    (TalkState.DISPUTED, TalkMove.RECORD): TalkState.RECORDED,
    (TalkState.DISPUTED, TalkMove.CONFIRM): TalkState.CONFIRMED,
}
UNTOLD = frozenset({TalkState.APPROVING, TalkState.NOT_APPROVED})
CALLED_OFF = frozenset({TalkState.NOT_APPROVED, TalkState.REFUSED, TalkState.CANCELLED})
BEFORE_HELD = UNTOLD | CALLED_OFF | {TalkState.PROPOSED, TalkState.AGREED}


class RequestState(StrEnum):
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    SUGGESTED = "suggested"
    FORWARDED = "forwarded"


class RequestMove(StrEnum):
    ACCEPT = "accept"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    SUGGEST = "suggest"
    STAY = "stay"
    FORWARD = "forward"


REQUEST_MOVES: Mapping[tuple[StrEnum, StrEnum], RequestState] = {
    (RequestState.WAITING, RequestMove.ACCEPT): RequestState.ACCEPTED,
    (RequestState.WAITING, RequestMove.REFUSE): RequestState.REFUSED,
    (RequestState.WAITING, RequestMove.WITHDRAW): RequestState.WITHDRAWN,
    # Whoever is asked may suggest another; the one who asked agrees to that, or stays with him.
    (RequestState.WAITING, RequestMove.SUGGEST): RequestState.SUGGESTED,
    (RequestState.SUGGESTED, RequestMove.STAY): RequestState.WAITING,
    (RequestState.SUGGESTED, RequestMove.FORWARD): RequestState.FORWARDED,
    (RequestState.SUGGESTED, RequestMove.WITHDRAW): RequestState.WITHDRAWN,
    (RequestState.SUGGESTED, RequestMove.ACCEPT): RequestState.ACCEPTED,
}


UNANSWERED = frozenset({RequestState.WAITING, RequestState.SUGGESTED})


class IssueState(StrEnum):
    RAISED = "raised"
    ASSIGNED = "assigned"
    REPORTED = "reported"
    VERIFIED = "verified"
    ANSWERED = "answered"


class IssueMove(StrEnum):
    ASSIGN = "assign"
    REPORT = "report"
    SEND_BACK = "send_back"
    VERIFY = "verify"
    ANSWER = "answer"


ISSUE_MOVES: Mapping[tuple[StrEnum, StrEnum], IssueState] = {
    (IssueState.RAISED, IssueMove.ASSIGN): IssueState.ASSIGNED,
    (IssueState.ASSIGNED, IssueMove.ASSIGN): IssueState.ASSIGNED,
    (IssueState.ASSIGNED, IssueMove.REPORT): IssueState.REPORTED,
    (IssueState.REPORTED, IssueMove.ASSIGN): IssueState.ASSIGNED,
    (IssueState.REPORTED, IssueMove.SEND_BACK): IssueState.ASSIGNED,
    (IssueState.REPORTED, IssueMove.VERIFY): IssueState.VERIFIED,
    (IssueState.VERIFIED, IssueMove.ANSWER): IssueState.ANSWERED,
}

State = TypeVar("State", bound=StrEnum)


def next_state(
    moves: Mapping[tuple[StrEnum, StrEnum], State], before: StrEnum, by: StrEnum
) -> State:
    """Where ``by`` leads from ``before``; raises ``IllegalMove`` where it leads nowhere."""
    try:
        return moves[before, by]
    except KeyError:
        raise IllegalMove(f"{before} does not allow {by}") from None
