"""What all steps with words have in common: sealed first, then everything in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.archive import attachments
from tanxin.apps.archive import services as archive
from tanxin.apps.archive.attachments import SealedFile
from tanxin.apps.archive.models import Record
from tanxin.apps.audit import services as audit
from tanxin.apps.issues.access import IssueForbidden, issue_for
from tanxin.apps.issues.models import Issue, Step, StepFile
from tanxin.apps.issues.readers import Reader
from tanxin.apps.issues.services.texts import sealed_text
from tanxin.apps.issues.transitions import check_seen, note_step, take_step
from tanxin.apps.realms.selectors import zone_of
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import ISSUE_MOVES, IssueMove, IssueState, next_state
from tanxin.core.uploads import Admitted
from tanxin.core.vault.canonical import Json

# Whom it waits for after the step, and the day that is wanted from him.
Turn = tuple[UUID | None, date]


def same_turn(issue: Issue) -> Turn:
    return issue.waiting_for_id, issue.wanted_on


@dataclass(frozen=True, slots=True)
class Way:
    """One kind of step. ``readers`` and ``turn`` are asked of the issue as it is before it.

    ``then`` changes what hangs on the issue, in the same transaction, with what was stored.
    """

    move: IssueMove
    permission: Permission
    kind: str
    event: str
    readers: Callable[[Issue], list[Reader]]
    turn: Callable[[Issue], Turn] = same_turn
    then: Callable[[Issue, Record], None] | None = None
    until: date | None = None
    word: str = ""
    changes: dict[str, object] | None = None


def speak(
    actor: Actor,
    issue_id: UUID,
    way: Way,
    text: str,
    *,
    at: datetime,
    seen: int | None = None,
    files: Sequence[Admitted] = (),
) -> Issue:
    """Take a step that says something. ``seen`` as in ``assign_issue``.

    Raises ``TextMissing``, ``IllegalMove``, what ``seal_file`` raises, and as ``issue_for``.
    """
    issue = issue_for(actor, issue_id, way.permission)
    next_state(ISSUE_MOVES, IssueState(issue.state), way.move)
    readers = way.readers(issue)
    sealed = sealed_text(actor, issue_id, way.kind, text, readers=readers)
    with attachments.keeping(actor.realm_id) as keep:
        kept = [keep(sealed_file(actor, issue, file, readers)) for file in files]
        with transaction.atomic():
            issue = issue_for(actor, issue_id, way.permission)
            check_seen(issue, seen)
            readers, (waiting_for, wanted_on) = way.readers(issue), way.turn(issue)
            take_step(
                issue, way.move, waiting_for=waiting_for, wanted_on=wanted_on, at=at,
                **way.changes or {},
            )  # fmt: skip
            stored = archive.store(sealed, parties=readers, at=at)
            if way.then:
                way.then(issue, stored)
            step = note_step(
                actor, issue, way.move, at=at, text=stored, until=way.until, word=way.word
            )
            attach(actor, step, kept, readers)
            log(actor, way.event, issue, at)
    return issue


def sealed_file(actor: Actor, issue: Issue, file: Admitted, readers: list[Reader]) -> SealedFile:
    if actor.person_id is None:
        raise IssueForbidden(issue.pk)
    return attachments.seal_file(
        actor, file, about=("issue", issue.pk), author_id=actor.person_id, parties=readers
    )


def attach(actor: Actor, step: Step, files: Sequence[SealedFile], readers: list[Reader]) -> None:
    for file in files:
        row = attachments.store_file(actor, file, readers, step.at)
        StepFile.objects.create(realm_id=step.realm_id, step=step, file=row)


def log(actor: Actor, event: str, issue: Issue, at: datetime, **detail: Json) -> None:
    audit.record(
        event,
        realm_id=actor.realm_id,
        actor=actor,
        subject_kind="issue",
        subject_id=issue.pk,
        detail={"step": issue.steps, **detail},
        at=at,
    )


def today_of(actor: Actor, at: datetime) -> date:
    return at.astimezone(zone_of(actor.realm_id)).date()
