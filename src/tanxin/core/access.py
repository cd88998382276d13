"""Who may do what, as one table from how somebody stands to a row to a decision.

The apps' ``access`` modules find out how an actor is related to a row; this module alone says what
that allows, and why.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID


class RowNotFound(Exception):
    """There is no such row, or the actor may not know that there is: nobody can tell which."""


class RowForbidden(Exception):
    """The actor may see the row, but not do this to it."""


class Role(StrEnum):
    """What a membership may be entrusted with for the whole realm."""

    ORGANISER = "organiser"
    SUPERVISOR = "supervisor"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDITOR = "auditor"
    # Of an inspection, with a last day; given with its approval and never otherwise.
    INSPECTOR = "inspector"


# 三员: nobody holds two of them at once, and none of them opens a text.
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})
# May ask to read a talk, and reads it for the hours that somebody else gave him.
READ_ON_REQUEST = frozenset({Role.SUPERVISOR, Role.INSPECTOR})


class SecondFactor(StrEnum):
    """Whether somebody lacks the second factor that his roles oblige him to; a demo only warns."""

    ENOUGH = "enough"
    WARNED = "warned"
    BARRED = "barred"


class Relation(StrEnum):
    """How an actor stands to one row."""

    MEMBER = "member"
    SELF = "self"
    ORGANISER = "organiser"
    SUPERVISOR = "supervisor"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDITOR = "auditor"
    INSPECTOR = "inspector"
    # Arranges for the leader of the row; reads nothing.
    SECRETARY = "secretary"
    # By an approved request, or in an emergency with a second person; both end by themselves.
    GRANTED = "granted"
    EMERGENCY = "emergency"
    CHIEF = "chief"
    # Heads the unit that manages somebody's affairs (干部管理权限), wherever he works.
    MANAGER = "manager"
    TEAMMATE = "teammate"
    INITIATOR = "initiator"
    SUBJECT = "subject"
    AUTHOR = "author"
    ASKER = "asker"
    ASKED = "asked"
    # May say yes or no to a talk before its subject is asked; sees its course, reads nothing.
    APPROVER = "approver"
    # Named by the initiator, in the room with the two; a recorder also reads what was written.
    COMPANION = "companion"
    RECORDER = "recorder"
    # Reads a record and says yes to it before its subject is asked.
    ENDORSER = "endorser"
    OWNER = "owner"
    CO_OWNER = "co_owner"
    VERIFIER = "verifier"
    # Looks into the facts of an issue before a measure is set.
    INQUIRER = "inquirer"
    # Types one talk from its signed sheet; opens nothing of what he has handed in.
    ASSISTANT = "assistant"
    # Reads a record to a subject without an account, and passes on what he says to it.
    WITNESS = "witness"
    # Leads the unit that a yearly result is about, or led it on the last day of that year.
    ASSESSED = "assessed"


class Permission(StrEnum):
    ORG_VIEW = "org:view"
    ORG_EDIT = "org:edit"
    AUTHORITY_VIEW = "authority:view"
    CONTACT_DETAILS_VIEW = "contact-details:view"
    SENSITIVE_STATE_VIEW = "sensitive-state:view"
    CALENDAR_VIEW = "calendar:view"
    CALENDAR_EDIT = "calendar:edit"
    RULE_VIEW = "rule:view"
    RULE_DRAFT = "rule:draft"
    RULE_APPROVE = "rule:approve"
    DUTY_VIEW = "duty:view"
    DUTY_REASON = "duty:reason"
    WAIVER_ASK = "waiver:ask"
    WAIVER_DECIDE = "waiver:decide"
    DELEGATION_DECIDE = "delegation:decide"
    COVERAGE_VIEW = "coverage:view"
    MATRIX_VIEW = "matrix:view"
    PLAN_VIEW = "plan:view"
    PLAN_PROPOSE = "plan:propose"
    PLAN_MOVE = "plan:move"
    PLAN_APPROVE = "plan:approve"
    TALK_VIEW = "talk:view"
    TALK_PROPOSE = "talk:propose"
    TALK_APPROVE = "talk:approve"
    TALK_ANSWER = "talk:answer"
    TALK_CANCEL = "talk:cancel"
    TALK_HOLD = "talk:hold"
    TALK_PREPARE = "talk:prepare"
    TOPIC_WRITE = "topic:write"
    OUTLINE_EDIT = "outline:edit"
    CASE_WRITE = "case:write"
    CASE_PUBLISH = "case:publish"
    RECORD_OPEN = "record:open"
    RECORD_WRITE = "record:write"
    RECORD_CONFIRM = "record:confirm"
    PAPER_ENTER = "paper:enter"
    RECORD_ENDORSE = "record:endorse"
    CONFIRM_FOR = "record:confirm_for"
    REMARK_WRITE = "remark:write"
    MEMO_OPEN = "memo:open"
    ECHO_VIEW = "echo:view"
    REQUEST_VIEW = "request:view"
    REQUEST_ANSWER = "request:answer"
    REQUEST_WITHDRAW = "request:withdraw"
    REQUEST_FOR_OTHERS = "request:for_others"
    ISSUE_VIEW = "issue:view"
    ISSUE_RAISE = "issue:raise"
    ISSUE_ASSIGN = "issue:assign"
    ISSUE_SORT = "issue:sort"
    ISSUE_FOLLOW = "issue:follow"
    ISSUE_KINDS_EDIT = "issue-kinds:edit"
    MEASURE_REPORT = "measure:report"
    MEASURE_VERIFY = "measure:verify"
    ISSUE_ANSWER = "issue:answer"
    FEEDBACK_WRITE = "feedback:write"
    FEEDBACK_VIEW = "feedback:view"
    FEEDBACK_WITHDRAW = "feedback:withdraw"
    FEEDBACK_REVIEW = "feedback:review"
    FEEDBACK_ANSWER = "feedback:answer"
    REPLY_WRITE = "reply:write"
    REPLY_VIEW = "reply:view"
    REPLY_REVIEW = "reply:review"
    REPLY_WITHDRAW = "reply:withdraw"
    SUMMARY_MAKE = "summary:make"
    SUMMARY_VIEW = "summary:view"
    COMMON_VIEW = "common:view"
    COMMON_DECIDE = "common:decide"
    COMMON_PLAN = "common:plan"
    LEAD_HAND = "lead:hand"
    LEAD_VIEW = "lead:view"
    LEAD_APPROVE = "lead:approve"
    LEAD_FOLLOW = "lead:follow"
    ISSUE_INQUIRE = "issue:inquire"
    FACTS_REPORT = "facts:report"
    MEASURE_NOTE = "measure:note"
    MEASURE_CAUSE = "measure:cause"
    TIME_ASK = "time:ask"
    TIME_DECIDE = "time:decide"
    ISSUE_EXPLAIN = "issue:explain"
    ISSUE_TAKE_UP = "issue:take_up"
    ISSUE_REGROUP = "issue:regroup"
    EFFECT_SAY = "effect:say"
    TALK_ARRANGE = "talk:arrange"
    RECEPTION_SET = "reception:set"
    SECRETARY_NAME = "secretary:name"
    CONTENT_ASK = "content:ask"
    CONTENT_DECIDE = "content:decide"
    SIGNAL_VIEW = "signal:view"
    SIGNAL_EXPLAIN = "signal:explain"
    SIGNAL_SETTLE = "signal:settle"
    SAMPLE_DRAW = "sample:draw"
    INSPECTION_VIEW = "inspection:view"
    INSPECTION_PROPOSE = "inspection:propose"
    INSPECTION_APPROVE = "inspection:approve"
    CALL_ANSWER = "call:answer"
    CALL_SETTLE = "call:settle"
    RECUSAL_SET = "recusal:set"
    RECUSAL_OF_PEOPLE = "recusal:people"
    CONFLICT_SET = "conflict:set"
    HANDOVER_WATCH = "handover:watch"
    EXPORT_ASK = "export:ask"
    EXPORT_DECIDE = "export:decide"
    REPORT_VIEW = "report:view"
    REPORT_WRITE = "report:write"
    RETENTION_VIEW = "retention:view"
    HOLD_SET = "hold:set"
    DISPOSAL_DRAW = "disposal:draw"
    DISPOSAL_SIGN = "disposal:sign"
    PACKAGE_MAKE = "package:make"
    MEETING_PACK = "meeting-pack:view"
    ROLE_VIEW = "role:view"
    ROLE_GIVE = "role:give"
    ROLE_APPROVE = "role:approve"
    ACCOUNT_RESET = "account:reset"
    REALM_OPERATE = "realm:operate"
    LOG_READ = "log:read"
    STATISTICS_VIEW = "statistics:view"
    SCHEME_VIEW = "scheme:view"
    SCHEME_DRAFT = "scheme:draft"
    SCHEME_PUBLISH = "scheme:publish"
    RESULT_VIEW = "result:view"
    RESULT_FREEZE = "result:freeze"
    RESULT_TAKE = "result:take"
    RESULT_ANSWER = "result:answer"
    APPEAL_DECIDE = "appeal:decide"
    OPINION_ENTER = "opinion:enter"


_R = Relation
_PARTIES = frozenset({_R.INITIATOR, _R.SUBJECT})
# Towards a text one is a party only as what it was confided to: a talk's record to its two sides,
# a measure also to those who solve and verify it, the topic of a request to the one asked.
_CONFIDED_TO = _PARTIES | {_R.OWNER, _R.VERIFIER, _R.INQUIRER, _R.ASKER, _R.ASKED}
# With a part in one talk beside the two.
_BESIDE = frozenset({_R.COMPANION, _R.RECORDER, _R.ENDORSER})
_OPENED_TO = frozenset({_R.GRANTED, _R.EMERGENCY})
# With a part in an issue beside the two of its talk.
_HELPING = frozenset({_R.OWNER, _R.CO_OWNER, _R.VERIFIER, _R.INQUIRER})
# The course of things, without a word of what was said.
_WATCHING = frozenset({_R.ORGANISER, _R.SUPERVISOR})

ALLOWED_BY: dict[Permission, frozenset[Relation]] = {
    Permission.ORG_VIEW: frozenset({_R.MEMBER}),
    Permission.ORG_EDIT: frozenset({_R.ORGANISER}),
    Permission.AUTHORITY_VIEW: _WATCHING | {_R.SECURITY_ADMIN},
    Permission.CONTACT_DETAILS_VIEW: frozenset({_R.SELF, _R.ORGANISER}),
    Permission.SENSITIVE_STATE_VIEW: frozenset({_R.SELF, _R.ORGANISER}),
    Permission.CALENDAR_VIEW: frozenset({_R.MEMBER}),
    Permission.CALENDAR_EDIT: frozenset({_R.ORGANISER}),
    Permission.RULE_VIEW: frozenset({_R.MEMBER}),
    Permission.RULE_DRAFT: frozenset({_R.ORGANISER}),
    # Never what one proposed oneself, nor under whoever proposed it: the apps see to that.
    Permission.RULE_APPROVE: frozenset({_R.ORGANISER, _R.SUPERVISOR}),
    Permission.DUTY_VIEW: _PARTIES | _WATCHING | {_R.CHIEF},
    Permission.DUTY_REASON: frozenset({_R.INITIATOR, _R.SUBJECT, _R.ORGANISER}),
    Permission.WAIVER_ASK: frozenset({_R.INITIATOR, _R.ORGANISER}),
    # Never for a duty one is a side of, nor what one asked for: the apps see to that.
    Permission.WAIVER_DECIDE: frozenset({_R.CHIEF, _R.MANAGER, _R.ORGANISER}),
    Permission.DELEGATION_DECIDE: frozenset({_R.CHIEF, _R.ORGANISER}),
    Permission.COVERAGE_VIEW: _WATCHING | {_R.CHIEF},
    Permission.MATRIX_VIEW: _WATCHING | {_R.TEAMMATE, _R.CHIEF},
    Permission.PLAN_VIEW: _WATCHING | {_R.CHIEF, _R.INITIATOR},
    Permission.PLAN_PROPOSE: frozenset({_R.ORGANISER, _R.CHIEF}),
    Permission.PLAN_MOVE: frozenset({_R.INITIATOR, _R.ORGANISER}),
    Permission.PLAN_APPROVE: frozenset({_R.CHIEF}),
    Permission.TALK_VIEW: _PARTIES | _WATCHING | _BESIDE | {_R.APPROVER, _R.INSPECTOR},
    Permission.TALK_PROPOSE: frozenset({_R.INITIATOR, _R.SUBJECT}),
    Permission.TALK_APPROVE: frozenset({_R.APPROVER}),
    Permission.TALK_ANSWER: _PARTIES,
    Permission.TALK_CANCEL: _PARTIES,
    Permission.TALK_HOLD: frozenset({_R.INITIATOR}),
    Permission.TALK_PREPARE: frozenset({_R.INITIATOR}),
    Permission.TOPIC_WRITE: frozenset({_R.SUBJECT}),
    Permission.OUTLINE_EDIT: frozenset({_R.ORGANISER}),
    Permission.CASE_WRITE: _WATCHING,
    # Never what one wrote oneself: the app sees to that.
    Permission.CASE_PUBLISH: _WATCHING,
    Permission.RECORD_OPEN: _CONFIDED_TO | _OPENED_TO | {_R.RECORDER, _R.ENDORSER, _R.WITNESS},
    Permission.RECORD_WRITE: frozenset({_R.INITIATOR}),
    Permission.RECORD_CONFIRM: frozenset({_R.SUBJECT}),
    Permission.PAPER_ENTER: frozenset({_R.ASSISTANT}),
    Permission.RECORD_ENDORSE: frozenset({_R.ENDORSER}),
    # Only for a subject without an account, and never by who led the talk: the apps see to that.
    Permission.CONFIRM_FOR: frozenset({_R.WITNESS, _R.ORGANISER}),
    Permission.REMARK_WRITE: _PARTIES,
    Permission.MEMO_OPEN: frozenset({_R.AUTHOR}),
    # What was said about all who lead; about oneself everybody knows.
    Permission.ECHO_VIEW: _WATCHING,
    Permission.REQUEST_VIEW: frozenset({_R.ASKER, _R.ASKED}),
    Permission.REQUEST_ANSWER: frozenset({_R.ASKED}),
    Permission.REQUEST_WITHDRAW: frozenset({_R.ASKER}),
    Permission.REQUEST_FOR_OTHERS: frozenset({_R.ORGANISER}),
    Permission.ISSUE_VIEW: _PARTIES | _HELPING | {_R.SUPERVISOR},
    Permission.ISSUE_RAISE: frozenset({_R.INITIATOR}),
    Permission.ISSUE_ASSIGN: frozenset({_R.INITIATOR}),
    Permission.ISSUE_SORT: frozenset({_R.INITIATOR}),
    # That it goes on, never what it is about, whose it is or with whom it was raised.
    Permission.ISSUE_FOLLOW: frozenset({_R.ORGANISER}),
    Permission.ISSUE_KINDS_EDIT: frozenset({_R.ORGANISER}),
    Permission.MEASURE_REPORT: frozenset({_R.OWNER}),
    Permission.MEASURE_VERIFY: frozenset({_R.VERIFIER}),
    Permission.ISSUE_ANSWER: frozenset({_R.INITIATOR}),
    Permission.FEEDBACK_WRITE: frozenset({_R.INITIATOR}),
    # Its author, who reviews it before it leaves, and the head of the unit it goes to.
    Permission.FEEDBACK_VIEW: frozenset({_R.AUTHOR, _R.ENDORSER, _R.OWNER}),
    Permission.FEEDBACK_WITHDRAW: frozenset({_R.AUTHOR}),
    Permission.FEEDBACK_REVIEW: frozenset({_R.ENDORSER}),
    Permission.FEEDBACK_ANSWER: frozenset({_R.OWNER}),
    Permission.REPLY_WRITE: frozenset({_R.ORGANISER, _R.CHIEF}),
    # Once it is published: whoever belongs to the unit, who then stands to it as a member.
    Permission.REPLY_VIEW: frozenset({_R.AUTHOR, _R.ENDORSER, _R.MEMBER}),
    Permission.REPLY_REVIEW: frozenset({_R.ENDORSER}),
    Permission.REPLY_WITHDRAW: frozenset({_R.AUTHOR, _R.ENDORSER}),
    # Who heads the unit makes it; the head of a unit above reads it once it was handed up.
    Permission.SUMMARY_MAKE: frozenset({_R.CHIEF}),
    Permission.SUMMARY_VIEW: frozenset({_R.CHIEF, _R.MANAGER}),
    Permission.COMMON_VIEW: frozenset({_R.ORGANISER, _R.CHIEF}),
    Permission.COMMON_DECIDE: frozenset({_R.ORGANISER}),
    Permission.COMMON_PLAN: frozenset({_R.CHIEF}),
    Permission.LEAD_HAND: frozenset({_R.INITIATOR}),
    # The auditor sees that there is one and how it stands; he is no party of its text.
    Permission.LEAD_VIEW: frozenset({_R.AUTHOR, _R.ENDORSER, _R.OWNER, _R.AUDITOR}),
    Permission.LEAD_APPROVE: frozenset({_R.ENDORSER}),
    Permission.LEAD_FOLLOW: frozenset({_R.OWNER}),
    Permission.ISSUE_INQUIRE: frozenset({_R.INITIATOR}),
    Permission.FACTS_REPORT: frozenset({_R.INQUIRER}),
    Permission.MEASURE_NOTE: frozenset({_R.OWNER, _R.CO_OWNER}),
    Permission.MEASURE_CAUSE: frozenset({_R.INITIATOR, _R.OWNER}),
    Permission.TIME_ASK: frozenset({_R.OWNER}),
    Permission.TIME_DECIDE: frozenset({_R.INITIATOR}),
    Permission.ISSUE_EXPLAIN: frozenset({_R.INITIATOR}),
    Permission.ISSUE_TAKE_UP: frozenset({_R.INITIATOR}),
    Permission.ISSUE_REGROUP: frozenset({_R.INITIATOR}),
    # For the effect of what was done: whose matter it is, and who verified it.
    Permission.EFFECT_SAY: frozenset({_R.SUBJECT, _R.VERIFIER}),
    Permission.TALK_ARRANGE: frozenset({_R.SECRETARY}),
    Permission.RECEPTION_SET: frozenset({_R.SELF, _R.SECRETARY, _R.ORGANISER}),
    Permission.SECRETARY_NAME: frozenset({_R.SELF, _R.ORGANISER}),
    Permission.CONTENT_ASK: frozenset({_R.SUPERVISOR, _R.INSPECTOR}),
    Permission.CONTENT_DECIDE: frozenset({_R.SUPERVISOR, _R.SECURITY_ADMIN}),
    Permission.SIGNAL_VIEW: frozenset({_R.SUPERVISOR, _R.SELF}),
    Permission.SIGNAL_EXPLAIN: frozenset({_R.SELF}),
    # Never of oneself, nor of whom one works under: the apps see to that.
    Permission.SIGNAL_SETTLE: frozenset({_R.SUPERVISOR}),
    Permission.SAMPLE_DRAW: frozenset({_R.SUPERVISOR}),
    # An inspector his own, while it lasts; who approves gives the roles of its members.
    Permission.INSPECTION_VIEW: frozenset({_R.SUPERVISOR, _R.SECURITY_ADMIN, _R.INSPECTOR}),
    Permission.INSPECTION_PROPOSE: frozenset({_R.SUPERVISOR}),
    Permission.INSPECTION_APPROVE: frozenset({_R.SECURITY_ADMIN}),
    # A supervisor only for who has no account, writing down what he says: the apps see to that.
    Permission.CALL_ANSWER: frozenset({_R.SELF, _R.SUPERVISOR}),
    Permission.CALL_SETTLE: frozenset({_R.SUPERVISOR}),
    Permission.RECUSAL_SET: _PARTIES,
    Permission.RECUSAL_OF_PEOPLE: frozenset({_R.SELF, _R.SECURITY_ADMIN}),
    Permission.CONFLICT_SET: frozenset({_R.SELF, _R.ORGANISER}),
    Permission.HANDOVER_WATCH: frozenset({_R.ORGANISER}),
    # Beyond what one is a side of; of that everybody takes his own.
    Permission.EXPORT_ASK: _WATCHING | {_R.CHIEF},
    # Never what one asked for, nor under whoever asked: the apps see to that.
    Permission.EXPORT_DECIDE: _WATCHING | {_R.SECURITY_ADMIN},
    Permission.REPORT_VIEW: _WATCHING | {_R.CHIEF},
    Permission.REPORT_WRITE: frozenset({_R.ORGANISER}),
    Permission.RETENTION_VIEW: _WATCHING,
    # The second word is never that of who asked: the app sees to that.
    Permission.HOLD_SET: _WATCHING,
    Permission.DISPOSAL_DRAW: frozenset({_R.ORGANISER}),
    # Never who drew the list up, who works under him, or who is a side of a talk on it.
    Permission.DISPOSAL_SIGN: _WATCHING,
    # The texts are in it only for who was let read them.
    Permission.PACKAGE_MAKE: frozenset({_R.SUPERVISOR}),
    # Before a meeting of a team or a branch: for who prepares it, and who leads there.
    Permission.MEETING_PACK: frozenset({_R.ORGANISER, _R.CHIEF}),
    Permission.ROLE_VIEW: frozenset({_R.SECURITY_ADMIN, _R.AUDITOR}),
    Permission.ROLE_GIVE: frozenset({_R.SECURITY_ADMIN}),
    Permission.ROLE_APPROVE: frozenset({_R.SECURITY_ADMIN, _R.SUPERVISOR, _R.ORGANISER}),
    Permission.ACCOUNT_RESET: frozenset({_R.SECURITY_ADMIN}),
    Permission.REALM_OPERATE: frozenset({_R.SYSTEM_ADMIN}),
    Permission.LOG_READ: frozenset({_R.AUDITOR}),
    # In steps, so that nobody is found in them; the units one leads oneself exactly.
    Permission.STATISTICS_VIEW: frozenset({_R.MEMBER}),
    # What counts is declared to all. Nobody publishes what he wrote: the apps see to that.
    Permission.SCHEME_VIEW: frozenset({_R.MEMBER}),
    Permission.SCHEME_DRAFT: frozenset({_R.ORGANISER}),
    Permission.SCHEME_PUBLISH: frozenset({_R.ORGANISER, _R.SUPERVISOR}),
    Permission.RESULT_VIEW: _WATCHING | {_R.CHIEF, _R.ASSESSED},
    Permission.RESULT_FREEZE: frozenset({_R.ORGANISER}),
    Permission.RESULT_TAKE: _WATCHING,
    Permission.RESULT_ANSWER: frozenset({_R.ASSESSED}),
    # By somebody who had no hand in the result, nor works under one who had.
    Permission.APPEAL_DECIDE: frozenset({_R.ORGANISER, _R.SUPERVISOR}),
    Permission.OPINION_ENTER: frozenset({_R.ORGANISER}),
}

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Ground:
    """Why somebody leads talks with others, beside his post, from a first day to the day after.

    A charge over a unit, a seat in a team, a post in a branch; ``key`` is the unit or the team.
    """

    kind: str
    key: UUID
    first: date
    after: date


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in which realm. ``session`` is the opaque name the keeper knows the login by.

    ``former`` are the times, first day to the day after the last, in which he acted for a post in
    a unit where he holds none today: what he led then is no longer his to open. ``arranges_for``
    are the leaders whose talks he finds times for; rows are asked of ``Relation.SECRETARY``.
    ``inspects`` are the days whose talks he may look at as an inspector, to the day after each.
    """

    realm_id: UUID
    person_id: UUID | None = None
    account_id: UUID | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    session: str = ""
    second_factor: SecondFactor = SecondFactor.ENOUGH
    former: tuple[Span, ...] = ()
    arranges_for: tuple[UUID, ...] = ()
    inspects: tuple[Span, ...] = ()
    # Charges, seats and branch posts that have ended on the day he is looked at; and those that go
    # on, with their past.
    on: date | None = None
    grounds_lost: tuple[Ground, ...] = ()
    grounds_kept: tuple[Ground, ...] = ()

    def acted_for_a_former_post(self, on: date) -> bool:
        return any(first <= on < after for first, after in self.former)

    @property
    def standing(self) -> frozenset[Relation]:
        """The relations that hold towards every row of the realm."""
        standing = {Relation.MEMBER} if self.person_id else set()
        return frozenset(standing | {Relation(role.value) for role in self.roles})


@dataclass(frozen=True, slots=True)
class Decision:
    """``because`` names the relations that allow; it is empty when nothing does."""

    allowed: bool
    permission: Permission
    because: frozenset[Relation]
    stands_as: frozenset[Relation] = frozenset()

    @property
    def reason(self) -> str:
        """In one line, for logs and tests: what allows it, or what was not enough."""
        if self.allowed:
            return f"{self.permission} as {', '.join(sorted(self.because))}"
        as_what = ", ".join(sorted(self.stands_as)) or "a stranger"
        return f"no {self.permission} as {as_what}"


def decide(permission: Permission, relations: frozenset[Relation]) -> Decision:
    because = ALLOWED_BY[permission] & relations
    return Decision(bool(because), permission, because, relations)
