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
    """``MERGED``: dealt with in another issue, whose end leads on; it waits for nobody till then.

    ``ANSWERED`` and ``EXPLAINED`` are answers to the one who raised it; only the first says solved.
    """

    RAISED = "raised"
    INQUIRING = "inquiring"
    ASSIGNED = "assigned"
    EXTENDING = "extending"
    REPORTED = "reported"
    VERIFIED = "verified"
    ANSWERED = "answered"
    EXPLAINED = "explained"
    REOPENED = "reopened"
    MERGED = "merged"


class IssueMove(StrEnum):
    INQUIRE = "inquire"
    FIND = "find"
    ASSIGN = "assign"
    NOTE = "note"
    CAUSE = "cause"
    ASK_TIME = "ask_time"
    GIVE_TIME = "give_time"
    DENY_TIME = "deny_time"
    REPORT = "report"
    SEND_BACK = "send_back"
    VERIFY = "verify"
    ANSWER = "answer"
    EXPLAIN = "explain"
    TAKE_UP = "take_up"
    EFFECT = "effect"
    REOPEN = "reopen"
    SPLIT = "split"
    MERGE = "merge"
    TAKE_IN = "take_in"
    FOLLOW = "follow"
    RELEASE = "release"


# Before it is reported as done: the leader may still change what is done about it, or whether.
UNDECIDED = (IssueState.RAISED, IssueState.INQUIRING, IssueState.REOPENED)
SOLVING = (IssueState.ASSIGNED, IssueState.EXTENDING)
ISSUE_MOVES: Mapping[tuple[StrEnum, StrEnum], IssueState] = {
    **{(one, IssueMove.INQUIRE): IssueState.INQUIRING for one in UNDECIDED},
    (IssueState.INQUIRING, IssueMove.FIND): IssueState.RAISED,
    **{
        (one, IssueMove.ASSIGN): IssueState.ASSIGNED
        for one in (*UNDECIDED, *SOLVING, IssueState.REPORTED)
    },
    **{(one, IssueMove.NOTE): one for one in SOLVING},
    **{(one, IssueMove.CAUSE): one for one in (*SOLVING, IssueState.REPORTED)},
    (IssueState.ASSIGNED, IssueMove.ASK_TIME): IssueState.EXTENDING,
    (IssueState.EXTENDING, IssueMove.GIVE_TIME): IssueState.ASSIGNED,
    (IssueState.EXTENDING, IssueMove.DENY_TIME): IssueState.ASSIGNED,
    # Whoever is done needs no more time: he does not wait for the word.
    **{(one, IssueMove.REPORT): IssueState.REPORTED for one in SOLVING},
    (IssueState.REPORTED, IssueMove.SEND_BACK): IssueState.ASSIGNED,
    (IssueState.REPORTED, IssueMove.VERIFY): IssueState.VERIFIED,
    (IssueState.VERIFIED, IssueMove.ANSWER): IssueState.ANSWERED,
    **{(one, IssueMove.EXPLAIN): IssueState.EXPLAINED for one in (*UNDECIDED, *SOLVING)},
    (IssueState.EXPLAINED, IssueMove.TAKE_UP): IssueState.REOPENED,
    (IssueState.ANSWERED, IssueMove.TAKE_UP): IssueState.REOPENED,
    (IssueState.ANSWERED, IssueMove.EFFECT): IssueState.ANSWERED,
    (IssueState.ANSWERED, IssueMove.REOPEN): IssueState.REOPENED,
    **{(one, IssueMove.SPLIT): one for one in (*UNDECIDED, *SOLVING)},
    **{(one, IssueMove.MERGE): IssueState.MERGED for one in (*UNDECIDED, *SOLVING)},
    **{(one, IssueMove.TAKE_IN): one for one in (*UNDECIDED, *SOLVING)},
    # What the other issue came to: verified, so that its raiser is answered; or anything else.
    (IssueState.MERGED, IssueMove.FOLLOW): IssueState.VERIFIED,
    (IssueState.MERGED, IssueMove.RELEASE): IssueState.REOPENED,
}
SETTLED = frozenset({IssueState.ANSWERED, IssueState.EXPLAINED})
# With a measure that is not yet answered for.
PROMISED = frozenset(
    {IssueState.ASSIGNED, IssueState.EXTENDING, IssueState.REPORTED, IssueState.VERIFIED}
)
# It is the leader's turn, who knows whose matter it is.
AT_THE_LEADER = frozenset(
    {IssueState.RAISED, IssueState.REOPENED, IssueState.EXTENDING, IssueState.VERIFIED}
)

State = TypeVar("State", bound=StrEnum)


def next_state(
    moves: Mapping[tuple[StrEnum, StrEnum], State], before: StrEnum, by: StrEnum
) -> State:
    """Where ``by`` leads from ``before``; raises ``IllegalMove`` where it leads nowhere."""
    try:
        return moves[before, by]
    except KeyError:
        raise IllegalMove(f"{before} does not allow {by}") from None
