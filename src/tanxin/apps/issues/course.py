"""One issue and its way as one person may see it.

The two of the talk see the way to the answer. A supervisor sees who acted when, and no text. Who
solves or verifies it sees what happened since the measure was set as it stands: what was raised, by
whom, in which talk and when would tell whose matter it is, so it is not even loaded into what he is
shown. Who looks into the facts sees his question and what he found.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from tanxin.apps.issues.access import (
    SIDES,
    WATCHING,
    issue_and_relations,
    own_inquiries,
)
from tanxin.apps.issues.looking_models import EffectCheck
from tanxin.apps.issues.models import Issue, MeasureRole, Step, StepFile
from tanxin.core.access import Actor, Permission, Relation, decide
from tanxin.core.lifecycle import ISSUE_MOVES, IssueMove, IssueState

SOLVING_PARTS = frozenset({Relation.OWNER, Relation.CO_OWNER})
HELPING = SOLVING_PARTS | {Relation.VERIFIER}
BETWEEN_THE_TWO = frozenset({"raise", IssueMove.ANSWER, IssueMove.EXPLAIN})
FACTS = frozenset({IssueMove.INQUIRE, IssueMove.FIND})
OF_THE_EFFECT = frozenset({IssueMove.EFFECT, IssueMove.REOPEN})
# What a leader does with several issues is nothing to those who solve one of them.
REGROUPED = frozenset({IssueMove.SPLIT, IssueMove.TAKE_IN, IssueMove.FOLLOW})
PERMISSION_OF = {
    IssueMove.ASSIGN: Permission.ISSUE_ASSIGN,
    IssueMove.INQUIRE: Permission.ISSUE_INQUIRE,
    IssueMove.FIND: Permission.FACTS_REPORT,
    IssueMove.NOTE: Permission.MEASURE_NOTE,
    IssueMove.CAUSE: Permission.MEASURE_CAUSE,
    IssueMove.ASK_TIME: Permission.TIME_ASK,
    IssueMove.GIVE_TIME: Permission.TIME_DECIDE,
    IssueMove.DENY_TIME: Permission.TIME_DECIDE,
    IssueMove.REPORT: Permission.MEASURE_REPORT,
    IssueMove.SEND_BACK: Permission.MEASURE_VERIFY,
    IssueMove.VERIFY: Permission.MEASURE_VERIFY,
    IssueMove.ANSWER: Permission.ISSUE_ANSWER,
    IssueMove.EXPLAIN: Permission.ISSUE_EXPLAIN,
    IssueMove.TAKE_UP: Permission.ISSUE_TAKE_UP,
    IssueMove.EFFECT: Permission.EFFECT_SAY,
    IssueMove.REOPEN: Permission.EFFECT_SAY,
    IssueMove.SPLIT: Permission.ISSUE_REGROUP,
    IssueMove.MERGE: Permission.ISSUE_REGROUP,
    IssueMove.RELEASE: Permission.ISSUE_REGROUP,
}


@dataclass(frozen=True, slots=True)
class FileSeen:
    id: UUID
    media: str
    size: int


@dataclass(frozen=True, slots=True)
class StepSeen:
    """``text`` and ``statement`` are the records this person may open; None where he may not.

    ``person_id`` is None where it would tell whose matter it is.
    """

    number: int
    move: str
    person_id: UUID | None
    at: datetime
    text: UUID | None
    statement: UUID | None
    until: date | None = None
    word: str = ""
    is_closed: bool = False
    files: tuple[FileSeen, ...] = ()


@dataclass(frozen=True, slots=True)
class EffectSeen:
    part: str
    word: str
    asked_on: date
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Together:
    """How it belongs to others, for the two of the talk; of mergers only the leader knows."""

    split_from: UUID | None = None
    parts: tuple[UUID, ...] = ()
    merged_into: UUID | None = None
    merged: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class IssueSeen:
    """``talk_id`` and ``subject_id`` are None for whoever was not in the talk.

    ``kind`` is empty for whoever only watches: of what an issue is about he learns nothing.
    ``again`` is for the leader alone.
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
    co_owner_ids: tuple[UUID, ...] = ()
    inquirer_id: UUID | None = None
    extended: int = 0
    asked_until: date | None = None
    times_reopened: int = 0
    effects: tuple[EffectSeen, ...] = ()
    again: str = ""
    look_again_on: date | None = None
    together: Together = Together()
    is_his_turn: bool = False

    @property
    def is_watched(self) -> bool:
        """Whether this person sees nothing but the course."""
        return self.relations <= WATCHING

    @property
    def only_looks(self) -> bool:
        """Whether this person has looked, or looks, into the facts and has no other part."""
        return self.relations - WATCHING == {Relation.INQUIRER}

    @property
    def is_led(self) -> bool:
        return Relation.INITIATOR in self.relations

    @property
    def moves(self) -> frozenset[IssueMove]:
        """What this person may do about the issue now."""
        return frozenset(
            move
            for move, permission in PERMISSION_OF.items()
            if (self.state, move) in ISSUE_MOVES
            and decide(permission, self.relations).allowed
            and self.is_asked_for(move)
        )

    def is_asked_for(self, move: IssueMove) -> bool:
        """Facts and effect are asked of one person each, whatever others may be to the issue."""
        if move is IssueMove.FIND:
            return self.is_his_turn
        if move in OF_THE_EFFECT:
            return any(one.is_mine for one in self.effects)
        return True

    @property
    def records(self) -> list[UUID]:
        found = (record for step in self.path for record in (step.statement, step.text))
        return [record for record in found if record]

    @property
    def files(self) -> frozenset[UUID]:
        return frozenset(file.id for step in self.path for file in step.files)


def issue_seen(
    actor: Actor, issue_id: UUID, permission: Permission = Permission.ISSUE_VIEW
) -> IssueSeen:
    """Raises ``IssueNotFound`` or ``IssueForbidden``."""
    issue, relations = issue_and_relations(actor, issue_id, permission)
    is_side, is_watched = bool(relations & SIDES), relations <= WATCHING
    of_talk = actor.person_id in {issue.talk.initiator_id, issue.talk.subject_id}
    found = IssueSeen(
        id=issue.pk,
        kind="" if is_watched else issue.kind,
        weight=issue.weight,
        reach=issue.reach,
        unit_id=issue.unit_id,
        state=IssueState(issue.state),
        initiator_id=issue.led_by_id,
        subject_id=issue.talk.subject_id if is_side else None,
        talk_id=issue.talk_id if is_side and of_talk else None,
        owner_id=None,
        verifier_id=None,
        due=None,
        steps=issue.steps,
        relations=relations,
        path=path_of(actor, issue, relations),
        times_reopened=issue.times_reopened,
        is_his_turn=issue.waiting_for_id == actor.person_id,
    )
    if relations.isdisjoint(SIDES | HELPING | WATCHING):
        return found
    found = with_measure(found, issue, actor)
    if Relation.INITIATOR in relations:
        found = replace(found, again=issue.again, inquirer_id=inquirer_of(issue))
    if is_side:
        found = replace(found, look_again_on=issue.look_again_on, together=together(issue, found))
    return found


def with_measure(found: IssueSeen, issue: Issue, actor: Actor) -> IssueSeen:
    """Who solves and who verifies it until when, and what was said of the effect."""
    roles = list(
        MeasureRole.objects.filter(realm=issue.realm_id, measure__issue=issue)
        .select_related("measure")
        .order_by("since", "pk")
    )
    people = {role.role: role.person_id for role in roles}
    measure = roles[0].measure if roles else None
    checks = EffectCheck.objects.filter(
        realm=issue.realm_id, issue=issue, round=issue.times_reopened
    )
    return replace(
        found,
        owner_id=people.get("owner"),
        verifier_id=people.get("verifier"),
        co_owner_ids=tuple(role.person_id for role in roles if role.role == "co_owner"),
        due=measure.due if measure else None,
        extended=measure.extended if measure else 0,
        asked_until=measure.asked_until if measure else None,
        effects=tuple(
            EffectSeen(one.part, one.word, one.asked_on, one.person_id == actor.person_id)
            for one in checks.order_by("part")
        )
        if issue.state == IssueState.ANSWERED
        else (),
    )


def inquirer_of(issue: Issue) -> UUID | None:
    """Who is asked for the facts now."""
    if issue.state != IssueState.INQUIRING:
        return None
    rows = issue.inquiries.filter(realm=issue.realm_id, ended_at=None)
    return rows.values_list("person", flat=True).first()


def together(issue: Issue, found: IssueSeen) -> Together:
    rows = Issue.objects.filter(realm=issue.realm_id).order_by("raised_at", "pk")
    taken = {step.move for step in found.path}
    parts = rows.filter(split_from=issue) if IssueMove.SPLIT in taken else rows.none()
    merged = rows.filter(merged_into=issue) if IssueMove.TAKE_IN in taken else rows.none()
    return Together(
        split_from=issue.split_from_id,
        parts=tuple(parts.values_list("pk", flat=True)),
        merged_into=issue.merged_into_id if found.is_led else None,
        merged=tuple(merged.values_list("pk", flat=True)) if found.is_led else (),
    )


def path_of(actor: Actor, issue: Issue, relations: frozenset[Relation]) -> tuple[StepSeen, ...]:
    rows = Step.objects.filter(realm=issue.realm_id, issue=issue).order_by("number")
    steps = list(rows)
    asked = facts_of(actor, issue, relations)
    shown = [step for step in steps if is_shown(step, steps, relations, asked)]
    files = files_of(issue, shown)
    return tuple(seen(step, issue, relations, asked, files.get(step.pk, ())) for step in shown)


def facts_of(actor: Actor, issue: Issue, relations: frozenset[Relation]) -> frozenset[UUID]:
    """The question that the actor was asked, and what he found."""
    if Relation.INQUIRER not in relations:
        return frozenset()
    rows = own_inquiries(actor).filter(issue=issue).values_list("question", "finding")
    return frozenset(record for row in rows for record in row if record)


def is_shown(
    step: Step, steps: Iterable[Step], relations: frozenset[Relation], asked: frozenset[UUID]
) -> bool:
    if relations <= WATCHING or Relation.INITIATOR in relations or step.text_id in asked:
        return True
    if Relation.SUBJECT in relations:
        return step.move != IssueMove.TAKE_IN
    if relations.isdisjoint(HELPING) or step.move in FACTS | REGROUPED:
        return False
    first = max((one.number for one in steps if one.move == IssueMove.ASSIGN), default=step.number)
    return step.number >= first


def seen(
    step: Step,
    issue: Issue,
    relations: frozenset[Relation],
    asked: frozenset[UUID],
    files: tuple[FileSeen, ...],
) -> StepSeen:
    is_open = may_open(step, issue, relations) or step.text_id in asked
    by_subject = step.move in OF_THE_EFFECT and step.person_id == issue.talk.subject_id
    return StepSeen(
        number=step.number,
        move=step.move,
        person_id=None if by_subject and relations.isdisjoint(SIDES) else step.person_id,
        at=step.at,
        text=step.text_id if is_open else None,
        statement=step.statement_id if is_open else None,
        until=step.until,
        word=step.word,
        is_closed=step.text_id is not None and not is_open,
        files=files if is_open else (),
    )


def may_open(step: Step, issue: Issue, relations: frozenset[Relation]) -> bool:
    """Whether the text of the step was written for somebody who stands so to the issue."""
    if step.move in FACTS:
        return Relation.INITIATOR in relations
    if step.move == IssueMove.CAUSE:
        return bool(relations & (SOLVING_PARTS | {Relation.INITIATOR}))
    if relations & SIDES:
        return True
    if step.move in OF_THE_EFFECT and step.person_id == issue.talk.subject_id:
        return False
    return step.move not in BETWEEN_THE_TWO and bool(relations & HELPING)


def files_of(issue: Issue, steps: Iterable[Step]) -> dict[UUID, tuple[FileSeen, ...]]:
    rows = StepFile.objects.filter(
        realm=issue.realm_id, step__in=[step.pk for step in steps]
    ).select_related("file")
    found: dict[UUID, tuple[FileSeen, ...]] = {}
    for row in rows.order_by("file__record__created_at", "pk"):
        file = FileSeen(row.file_id, row.file.media, row.file.size)
        found[row.step_id] = (*found.get(row.step_id, ()), file)
    return found
