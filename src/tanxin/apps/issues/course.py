"""One issue and its way as one person may see it.

The two of the talk see all. A supervisor sees who acted when, and no text. The owner and the
verifier see what happened since the measure was set as it stands: what was raised, by whom, in
which talk and when would tell them whose matter it is, so it is not even loaded into what they are
shown.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tanxin.apps.issues.access import SIDES, WATCHING, issue_for, own_parts, relations_with
from tanxin.apps.issues.models import Issue, MeasureRole, Step
from tanxin.core.access import Actor, Permission, Relation, decide
from tanxin.core.lifecycle import ISSUE_MOVES, IssueMove, IssueState

BETWEEN_THE_TWO = frozenset({"raise", "answer"})
PERMISSION_OF = {
    IssueMove.ASSIGN: Permission.ISSUE_ASSIGN,
    IssueMove.REPORT: Permission.MEASURE_REPORT,
    IssueMove.SEND_BACK: Permission.MEASURE_VERIFY,
    IssueMove.VERIFY: Permission.MEASURE_VERIFY,
    IssueMove.ANSWER: Permission.ISSUE_ANSWER,
}


@dataclass(frozen=True, slots=True)
class StepSeen:
    """``text`` and ``statement`` are the records this person may open; None where he may not."""

    number: int
    move: str
    person_id: UUID
    at: datetime
    text: UUID | None
    statement: UUID | None


@dataclass(frozen=True, slots=True)
class IssueSeen:
    """``talk_id`` and ``subject_id`` are None for whoever was not in the talk.

    ``kind`` is empty for whoever only watches: of what an issue is about he learns nothing.
    """

    id: UUID
    kind: str
    weight: str
    reach: str
    unit_id: UUID | None
    state: IssueState
    initiator_id: UUID
    subject_id: UUID | None
    talk_id: UUID | None
    owner_id: UUID | None
    verifier_id: UUID | None
    due: date | None
    steps: int
    relations: frozenset[Relation]
    path: tuple[StepSeen, ...]

    @property
    def is_watched(self) -> bool:
        """Whether this person sees nothing but the course."""
        return self.relations <= WATCHING

    @property
    def moves(self) -> frozenset[IssueMove]:
        """What this person may do about the issue now."""
        return frozenset(
            move
            for move, permission in PERMISSION_OF.items()
            if (self.state, move) in ISSUE_MOVES and decide(permission, self.relations).allowed
        )

    @property
    def records(self) -> list[UUID]:
        found = (record for step in self.path for record in (step.statement, step.text))
        return [record for record in found if record]


def issue_seen(
    actor: Actor, issue_id: UUID, permission: Permission = Permission.ISSUE_VIEW
) -> IssueSeen:
    """Raises ``IssueNotFound`` or ``IssueForbidden``."""
    issue = issue_for(actor, issue_id, permission)
    roles = list(
        MeasureRole.objects.filter(realm=actor.realm_id, measure__issue=issue).select_related(
            "measure"
        )
    )
    held = own_parts(actor).filter(measure__issue=issue).values_list("role", flat=True)
    relations = relations_with(actor, issue, held)
    is_side, is_watched = bool(relations & SIDES), relations <= WATCHING
    of_talk = actor.person_id in {issue.talk.initiator_id, issue.talk.subject_id}
    people = {role.role: role.person_id for role in roles}
    return IssueSeen(
        id=issue.pk,
        kind="" if is_watched else issue.kind,
        weight=issue.weight,
        reach=issue.reach,
        unit_id=issue.unit_id,
        state=IssueState(issue.state),
        initiator_id=issue.led_by_id,
        subject_id=issue.talk.subject_id if is_side else None,
        talk_id=issue.talk_id if is_side and of_talk else None,
        owner_id=people.get("owner"),
        verifier_id=people.get("verifier"),
        due=roles[0].measure.due if roles else None,
        steps=issue.steps,
        relations=relations,
        path=watched(issue) if is_watched else path_of(issue, is_side=is_side),
    )


def path_of(issue: Issue, *, is_side: bool) -> tuple[StepSeen, ...]:
    steps = list(Step.objects.filter(realm=issue.realm_id, issue=issue).order_by("number"))
    first = 1
    if not is_side:
        first = max(step.number for step in steps if step.move == IssueMove.ASSIGN)
    return tuple(seen(step, is_side=is_side) for step in steps if step.number >= first)


def watched(issue: Issue) -> tuple[StepSeen, ...]:
    """The whole way without any text."""
    steps = Step.objects.filter(realm=issue.realm_id, issue=issue).order_by("number")
    return tuple(
        StepSeen(step.number, step.move, step.person_id, step.at, text=None, statement=None)
        for step in steps
    )


def seen(step: Step, *, is_side: bool) -> StepSeen:
    may_open = is_side or step.move not in BETWEEN_THE_TWO
    return StepSeen(
        number=step.number,
        move=step.move,
        person_id=step.person_id,
        at=step.at,
        text=step.text_id if may_open else None,
        statement=step.statement_id,
    )
