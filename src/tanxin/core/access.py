"""Who may do what, as one table from how somebody stands to a row to a decision.

The apps' ``access`` modules find out how an actor is related to a row; this module alone says what
that allows, and why.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class RowNotFound(Exception):
    """There is no such row, or the actor may not know that there is: nobody can tell which."""


class RowForbidden(Exception):
    """The actor may see the row, but not do this to it."""


class Role(StrEnum):
    """What a membership may be entrusted with for the whole realm."""

    ORGANISER = "organiser"


class Relation(StrEnum):
    """How an actor stands to one row."""

    MEMBER = "member"
    SELF = "self"
    ORGANISER = "organiser"
    CHIEF = "chief"
    TEAMMATE = "teammate"
    INITIATOR = "initiator"
    SUBJECT = "subject"
    AUTHOR = "author"
    ASKER = "asker"
    ASKED = "asked"
    OWNER = "owner"
    VERIFIER = "verifier"


class Permission(StrEnum):
    ORG_VIEW = "org:view"
    ORG_EDIT = "org:edit"
    CONTACT_DETAILS_VIEW = "contact-details:view"
    SENSITIVE_STATE_VIEW = "sensitive-state:view"
    CALENDAR_VIEW = "calendar:view"
    CALENDAR_EDIT = "calendar:edit"
    RULE_VIEW = "rule:view"
    DUTY_VIEW = "duty:view"
    DUTY_REASON = "duty:reason"
    COVERAGE_VIEW = "coverage:view"
    MATRIX_VIEW = "matrix:view"
    TALK_VIEW = "talk:view"
    TALK_PROPOSE = "talk:propose"
    TALK_ANSWER = "talk:answer"
    TALK_CANCEL = "talk:cancel"
    TALK_HOLD = "talk:hold"
    RECORD_OPEN = "record:open"
    RECORD_WRITE = "record:write"
    RECORD_CONFIRM = "record:confirm"
    REMARK_WRITE = "remark:write"
    MEMO_OPEN = "memo:open"
    REQUEST_VIEW = "request:view"
    REQUEST_ANSWER = "request:answer"
    REQUEST_WITHDRAW = "request:withdraw"
    ISSUE_VIEW = "issue:view"
    ISSUE_RAISE = "issue:raise"
    ISSUE_ASSIGN = "issue:assign"
    MEASURE_REPORT = "measure:report"
    MEASURE_VERIFY = "measure:verify"
    ISSUE_ANSWER = "issue:answer"


_R = Relation
_PARTIES = frozenset({_R.INITIATOR, _R.SUBJECT})
# Towards a text one is a party only as what it was confided to: a talk's record to its two sides,
# a measure also to those who solve and verify it, the topic of a request to the one asked.
_CONFIDED_TO = _PARTIES | {_R.OWNER, _R.VERIFIER, _R.ASKER, _R.ASKED}

ALLOWED_BY: dict[Permission, frozenset[Relation]] = {
    Permission.ORG_VIEW: frozenset({_R.MEMBER}),
    Permission.ORG_EDIT: frozenset({_R.ORGANISER}),
    Permission.CONTACT_DETAILS_VIEW: frozenset({_R.SELF, _R.ORGANISER}),
    Permission.SENSITIVE_STATE_VIEW: frozenset({_R.SELF, _R.ORGANISER}),
    Permission.CALENDAR_VIEW: frozenset({_R.MEMBER}),
    Permission.CALENDAR_EDIT: frozenset({_R.ORGANISER}),
    Permission.RULE_VIEW: frozenset({_R.MEMBER}),
    Permission.DUTY_VIEW: frozenset({_R.INITIATOR, _R.SUBJECT, _R.CHIEF, _R.ORGANISER}),
    Permission.DUTY_REASON: frozenset({_R.INITIATOR, _R.SUBJECT, _R.ORGANISER}),
    Permission.COVERAGE_VIEW: frozenset({_R.CHIEF, _R.ORGANISER}),
    Permission.MATRIX_VIEW: frozenset({_R.TEAMMATE, _R.CHIEF, _R.ORGANISER}),
    Permission.TALK_VIEW: frozenset({_R.INITIATOR, _R.SUBJECT, _R.ORGANISER}),
    Permission.TALK_PROPOSE: frozenset({_R.INITIATOR, _R.SUBJECT}),
    Permission.TALK_ANSWER: _PARTIES,
    Permission.TALK_CANCEL: _PARTIES,
    Permission.TALK_HOLD: frozenset({_R.INITIATOR}),
    Permission.RECORD_OPEN: _CONFIDED_TO,
    Permission.RECORD_WRITE: frozenset({_R.INITIATOR}),
    Permission.RECORD_CONFIRM: frozenset({_R.SUBJECT}),
    Permission.REMARK_WRITE: _PARTIES,
    Permission.MEMO_OPEN: frozenset({_R.AUTHOR}),
    Permission.REQUEST_VIEW: frozenset({_R.ASKER, _R.ASKED}),
    Permission.REQUEST_ANSWER: frozenset({_R.ASKED}),
    Permission.REQUEST_WITHDRAW: frozenset({_R.ASKER}),
    Permission.ISSUE_VIEW: frozenset({_R.INITIATOR, _R.SUBJECT, _R.OWNER, _R.VERIFIER}),
    Permission.ISSUE_RAISE: frozenset({_R.INITIATOR}),
    Permission.ISSUE_ASSIGN: frozenset({_R.INITIATOR}),
    Permission.MEASURE_REPORT: frozenset({_R.OWNER}),
    Permission.MEASURE_VERIFY: frozenset({_R.VERIFIER}),
    Permission.ISSUE_ANSWER: frozenset({_R.INITIATOR}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in which realm. ``session`` is the opaque name the keeper knows the login by."""

    realm_id: UUID
    person_id: UUID | None = None
    account_id: UUID | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    session: str = ""

    @property
    def standing(self) -> frozenset[Relation]:
        """The relations that hold towards every row of the realm."""
        standing = {Relation.MEMBER} if self.person_id else set()
        if Role.ORGANISER in self.roles:
            standing.add(Relation.ORGANISER)
        return frozenset(standing)


@dataclass(frozen=True, slots=True)
class Decision:
    """``because`` names the relation that allows; it is empty when nothing does."""

    allowed: bool
    permission: Permission
    because: frozenset[Relation]


def decide(permission: Permission, relations: frozenset[Relation]) -> Decision:
    because = ALLOWED_BY[permission] & relations
    return Decision(allowed=bool(because), permission=permission, because=because)
