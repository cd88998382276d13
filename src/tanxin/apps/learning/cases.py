"""Writing a case, and publishing it as a second person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from tanxin.apps.audit.services import record
from tanxin.apps.issues.wording import known_words
from tanxin.apps.learning.access import CaseForbidden, case_for, may_publish, may_write
from tanxin.apps.learning.models import Case
from tanxin.apps.sealing import pii
from tanxin.core.access import Actor, Permission
from tanxin.core.deidentify import Mark, MarkKind, find_marks
from tanxin.core.wording import is_blank

COLUMN = "case"
TELLING = frozenset({MarkKind.NAME, MarkKind.NUMBER, MarkKind.UNIT, MarkKind.PLACE, MarkKind.DATE})


class CaseEmpty(Exception):
    """It has no title or no text."""


class CaseMoved(Exception):
    """Somebody else has published or withdrawn it in the meantime."""


class LeadsBack(Exception):
    """It holds words that lead back to somebody: ``words``; ``never`` where some may not stay."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        super().__init__(len(marks))
        self.words = tuple(dict.fromkeys(mark.word for mark in marks))
        self.never = not all(mark.may_stay for mark in marks)


@dataclass(frozen=True, slots=True)
class Told:
    title: str
    text: str


def leading_back(realm_id: UUID, text: str, *, sure: bool) -> list[Mark]:
    """Names, units, numbers, places and days; who is sure may keep all but numbers."""
    marks = find_marks(text, known_words(realm_id))
    return [mark for mark in marks if mark.kind in TELLING and not (sure and mark.may_stay)]


def write_case(
    actor: Actor, *, kind: str, title: str, text: str, at: datetime, sure: bool = False
) -> Case:
    """``sure``: what looks like a name is none. Raises ``LeadsBack`` or ``CaseEmpty``."""
    if actor.person_id is None or not may_write(actor):
        raise CaseForbidden(Permission.CASE_WRITE)
    if is_blank(title) or is_blank(text):
        raise CaseEmpty
    marks = leading_back(actor.realm_id, f"{title}\n{text}", sure=sure)
    if marks:
        raise LeadsBack(marks)
    row = Case(id=uuid4(), realm_id=actor.realm_id, kind=kind)
    row.text_sealed = pii.seal_pii(
        actor.realm_id, row.pk, COLUMN, f"{' '.join(title.split())}\n{text.strip()}"
    )
    row.written_by_id, row.written_at = actor.person_id, at
    with transaction.atomic():
        row.save(force_insert=True)
        log(actor, "case.written", row, at)
    return row


def publish_case(actor: Actor, case_id: UUID, *, at: datetime) -> None:
    """Raises ``CaseNotFound``, ``CaseForbidden`` or ``CaseMoved``."""
    with transaction.atomic():
        case = case_for(actor, case_id)
        if not may_publish(actor, case):
            raise CaseForbidden(Permission.CASE_PUBLISH)
        waiting = Case.objects.filter(
            realm=actor.realm_id, pk=case.pk, published_at=None, withdrawn_at=None
        )
        if waiting.update(published_by=actor.person_id, published_at=at) != 1:
            raise CaseMoved(case_id)
        log(actor, "case.published", case, at)


def withdraw_case(actor: Actor, case_id: UUID, *, at: datetime) -> None:
    """By who wrote it or who may publish it; nobody finds it any more."""
    with transaction.atomic():
        case = case_for(actor, case_id)
        if not may_withdraw(actor, case):
            raise CaseForbidden(Permission.CASE_PUBLISH)
        there = Case.objects.filter(realm=actor.realm_id, pk=case.pk, withdrawn_at=None)
        if there.update(withdrawn_at=at) != 1:
            raise CaseMoved(case_id)
        log(actor, "case.withdrawn", case, at)


def may_withdraw(actor: Actor, case: Case) -> bool:
    return case.written_by_id == actor.person_id or may_publish(actor, case)


def told(realm_id: UUID, cases: Sequence[Case]) -> dict[UUID, Told]:
    """The words of cases that went through the door."""
    sealed = [(case.pk, bytes(case.text_sealed)) for case in cases]
    texts = pii.open_column(realm_id, COLUMN, sealed) if sealed else []
    found = {}
    for case, whole in zip(cases, texts, strict=True):
        title, _, text = whole.partition("\n")
        found[case.pk] = Told(title, text)
    return found


def log(actor: Actor, event: str, row: Case, at: datetime) -> None:
    record(
        event,
        realm_id=actor.realm_id,
        actor=actor,
        subject_kind="case",
        subject_id=row.pk,
        at=at,
    )
