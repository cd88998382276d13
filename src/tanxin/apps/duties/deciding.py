"""What asking for a waiver and asking for a delegation have in common: words, course and answer."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from tanxin.apps.audit import services as audit
from tanxin.apps.duties.models import Decided
from tanxin.apps.sealing import pii
from tanxin.core.access import Actor, RowForbidden, RowNotFound
from tanxin.core.wording import is_blank

AskedT = TypeVar("AskedT", bound=Decided)


class RequestNotFound(RowNotFound):
    pass


class DecisionForbidden(RowForbidden):
    """Whoever asks, or is one of those concerned, does not decide."""


class ReasonMissing(ValueError):
    """Asking and refusing need a reason."""


class DecidedAlready(Exception):
    """It was approved, refused or withdrawn in the meantime."""


def decider(actor: Actor) -> UUID:
    """Who asks and who decides is a person. Raises ``DecisionForbidden``."""
    if actor.person_id is None:
        raise DecisionForbidden(actor.realm_id)
    return actor.person_id


def seal(actor: Actor, row: Decided, column: str, text: str) -> bytes:
    if is_blank(text):
        raise ReasonMissing(column)
    return pii.seal_pii(actor.realm_id, row.pk, column, text.strip())


def words_of(row: Decided, reason: str, answer: str) -> tuple[str, str]:
    """Why it was asked for, and what was answered; for who passed the door of the row."""
    said = pii.open_pii(row.realm_id, row.pk, reason, bytes(row.reason_sealed))
    if not row.answer_sealed:
        return said, ""
    return said, pii.open_pii(row.realm_id, row.pk, answer, bytes(row.answer_sealed))


def settle(
    row: AskedT, verdict: str, *, by: UUID | None, at: datetime, answer: bytes | None = None
) -> None:
    """Inside a transaction: one of two who decide at once wins. Raises ``DecidedAlready``."""
    rows = type(row)._default_manager.filter(realm=row.realm_id, pk=row.pk, verdict="")
    found = rows.update(verdict=verdict, decided_by=by, decided_at=at, answer_sealed=answer)
    if found != 1:
        raise DecidedAlready(row.pk)
    row.refresh_from_db()


def log(actor: Actor, event: str, row: Decided, at: datetime, detail: dict[str, str]) -> None:
    audit.record(
        event,
        realm_id=actor.realm_id,
        actor=actor,
        subject_kind=row._meta.model_name or "request",
        subject_id=row.pk,
        at=at,
        detail=detail,
    )
