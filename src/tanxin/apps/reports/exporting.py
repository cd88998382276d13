"""Taking a ledger out: asked for with a reason, decided by somebody else, open for a day.

Of what one is a side of nobody need decide. Whoever decides is neither who asked nor under him.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import TypeAlias
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from tanxin.apps.duties.deciding import (
    DecidedAlready,
    DecisionForbidden,
    decider,
    log,
    seal,
    settle,
    words_of,
)
from tanxin.apps.org.access import unit_for
from tanxin.apps.org.selectors.leading import is_subordinate
from tanxin.apps.reports.models import FILES, SHEETS, Export, Taken
from tanxin.core.access import Actor, Permission, RowNotFound, decide

ExportRow: TypeAlias = Export
ASKED, ANSWER = "export-asked", "export-answer"
OPEN_FOR = timedelta(hours=24)
A_DAY = timedelta(days=1)
MOST_ASKED, MOST_TAKEN = 10, 5
LONGEST = timedelta(days=3 * 366)


class ExportNotFound(RowNotFound):
    pass


class SpanUnfit(ValueError):
    """The period ends before it begins, or is longer than three years; or nothing was chosen."""


class TooMuchTaken(Exception):
    """So much is not taken in a day: neither asked for, nor of one request."""


class ExportIsOver(Exception):
    """It was not approved, or its day is over."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """``unit_id`` None: what the asker is a side of."""

    unit_id: UUID | None
    first: date
    last: date
    sheets: tuple[str, ...] = SHEETS


def ask_export(actor: Actor, wanted: Wanted, *, reason: str, on: date, at: datetime) -> Export:
    """Raises as ``unit_for``, and ``SpanUnfit``, ``ReasonMissing``, ``TooMuchTaken``."""
    if wanted.unit_id is not None:
        unit_for(actor, wanted.unit_id, Permission.EXPORT_ASK, on=on)
    check_span(wanted)
    mine = my_exports(actor).filter(asked_at__gt=at - A_DAY)
    if mine.count() >= MOST_ASKED:
        raise TooMuchTaken(actor.person_id)
    row = Export(
        id=uuid4(), realm_id=actor.realm_id, asked_by_id=decider(actor), asked_at=at,
        unit_id=wanted.unit_id, first=wanted.first, last=wanted.last,
        sheets=" ".join(each for each in SHEETS if each in wanted.sheets),
    )  # fmt: skip
    if wanted.unit_id is None:
        row.verdict, row.decided_by_id = "approved", row.asked_by_id
        row.decided_at, row.open_until = at, at + OPEN_FOR
    row.reason_sealed = seal(actor, row, ASKED, reason)
    with transaction.atomic():
        row.save(force_insert=True)
        log(actor, "export.asked", row, at, scope_of(row))
    return row


def check_span(wanted: Wanted) -> None:
    known = set(wanted.sheets) & set(SHEETS)
    if not known or not timedelta() <= wanted.last - wanted.first <= LONGEST:
        raise SpanUnfit(wanted)


def scope_of(row: Export) -> dict[str, str]:
    """What the log says of it: no name, no reason."""
    return {
        "unit": str(row.unit_id or ""),
        "first": row.first.isoformat(),
        "last": row.last.isoformat(),
        "sheets": row.sheets,
    }


def my_exports(actor: Actor) -> QuerySet[Export]:
    rows = Export.objects.filter(realm=actor.realm_id, asked_by=actor.person_id)
    return rows.order_by("-asked_at", "-pk") if actor.person_id else rows.none()


def exports_to_decide(actor: Actor, *, on: date) -> list[Export]:
    """What waits for the actor's word, the oldest first."""
    if not decide(Permission.EXPORT_DECIDE, actor.standing).allowed:
        return []
    rows = Export.objects.filter(realm=actor.realm_id, verdict="").order_by("asked_at", "pk")
    return [row for row in rows if may_decide(actor, row, on=on)]


def may_decide(actor: Actor, row: Export, *, on: date) -> bool:
    """Whether he is one who decides; of what is decided as well."""
    me = actor.person_id
    if me is None or me == row.asked_by_id or row.unit_id is None:
        return False
    if not decide(Permission.EXPORT_DECIDE, actor.standing).allowed:
        return False
    return not is_subordinate(actor.realm_id, me, row.asked_by_id, on)


def export_for(actor: Actor, export_id: UUID, *, on: date) -> Export:
    """For who asked and for who decides. Raises ``ExportNotFound``."""
    row = Export.objects.filter(realm=actor.realm_id, pk=export_id).first()
    if row is None or not (
        (actor.person_id and actor.person_id == row.asked_by_id) or may_decide(actor, row, on=on)
    ):
        raise ExportNotFound(export_id)
    return row


def export_words(row: Export) -> tuple[str, str]:
    """Why it was asked for, and why it was refused."""
    return words_of(row, ASKED, ANSWER)


def approve_export(actor: Actor, export_id: UUID, *, on: date, at: datetime) -> Export:
    """It can be taken for a day.

    Raises ``ExportNotFound``, ``DecisionForbidden`` or ``DecidedAlready``.
    """
    row = to_decide(actor, export_id, on)
    with transaction.atomic():
        rows = Export.objects.filter(realm=row.realm_id, pk=row.pk, verdict="")
        found = rows.update(
            verdict="approved", decided_by=actor.person_id, decided_at=at, open_until=at + OPEN_FOR
        )
        if found != 1:
            raise DecidedAlready(row.pk)
        row.refresh_from_db()
        log(actor, "export.approved", row, at, {"asked_by": str(row.asked_by_id)})
    return row


def refuse_export(actor: Actor, export_id: UUID, *, answer: str, on: date, at: datetime) -> Export:
    """Raises as ``approve_export``, and ``ReasonMissing``."""
    row = to_decide(actor, export_id, on)
    sealed = seal(actor, row, ANSWER, answer)
    with transaction.atomic():
        settle(row, "refused", by=actor.person_id, at=at, answer=sealed)
        log(actor, "export.refused", row, at, {"asked_by": str(row.asked_by_id)})
    return row


def to_decide(actor: Actor, export_id: UUID, on: date) -> Export:
    row = export_for(actor, export_id, on=on)
    if not may_decide(actor, row, on=on):
        raise DecisionForbidden(export_id)
    return row


def withdraw_export(actor: Actor, export_id: UUID, *, on: date, at: datetime) -> Export:
    """Before it was decided. Raises as ``approve_export``."""
    row = export_for(actor, export_id, on=on)
    if row.asked_by_id != actor.person_id:
        raise DecisionForbidden(export_id)
    with transaction.atomic():
        settle(row, "withdrawn", by=actor.person_id, at=at)
        log(actor, "export.withdrawn", row, at, {})
    return row


def export_to_take(actor: Actor, export_id: UUID, *, on: date, at: datetime) -> Export:
    """For who asked alone, while it is open and he may still ask for it.

    Raises ``ExportNotFound``, ``DecisionForbidden``, ``ExportIsOver``, ``TooMuchTaken``, and what
    ``unit_for`` raises.
    """
    row = export_for(actor, export_id, on=on)
    if row.asked_by_id != actor.person_id:
        raise DecisionForbidden(export_id)
    if row.open_until is None or row.open_until <= at:
        raise ExportIsOver(export_id)
    if row.unit_id is not None:
        unit_for(actor, row.unit_id, Permission.EXPORT_ASK, on=on)
    if Taken.objects.filter(realm=row.realm_id, export=row.pk).count() >= MOST_TAKEN:
        raise TooMuchTaken(export_id)
    return row


@transaction.atomic
def note_taken(
    actor: Actor, row: Export, taken_id: UUID, content: bytes, *, file: str, at: datetime
) -> Taken:
    """Before the file leaves: by its hash it is found in the log."""
    if file not in FILES:
        raise ValueError(file)
    digest = sha256(content).digest()
    taken = Taken.objects.create(
        pk=taken_id, realm_id=row.realm_id, export=row, file=file, digest=digest,
        size=len(content), taken_at=at,
    )  # fmt: skip
    detail = {"file": file, "taken": str(taken_id), "digest": digest.hex()}
    log(actor, "export.taken", row, at, detail)
    return taken


def taken_of(row: Export) -> Collection[Taken]:
    return list(Taken.objects.filter(realm=row.realm_id, export=row.pk).order_by("taken_at", "pk"))
