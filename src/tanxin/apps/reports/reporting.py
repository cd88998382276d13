"""Reports on half a year or a year: figures that are counted, and the organiser's own words.

Nothing is written about people by the system. A finished report keeps its figures.
"""

from collections.abc import Mapping
from datetime import date, datetime
from json import dumps, loads
from typing import TypeAlias
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from tanxin.apps.audit import services as audit
from tanxin.apps.duties.deciding import decider
from tanxin.apps.org.access import UnitForbidden, unit_for
from tanxin.apps.reports.figures import Figures, figures_for_all, figures_of
from tanxin.apps.reports.ledger import scope_for
from tanxin.apps.reports.models import Report
from tanxin.apps.sealing import pii
from tanxin.core.access import Actor, Permission, RowForbidden, RowNotFound
from tanxin.core.tallying import Told

ReportRow: TypeAlias = Report
SAID = "report-said"
PASSAGES = ("overview", "problems", "next")
HALVES = ((1, 1, 6, 30), (7, 1, 12, 31), (1, 1, 12, 31))


class ReportNotFound(RowNotFound):
    pass


class ReportForbidden(RowForbidden):
    pass


class ReportThere(Exception):
    """There is one of that unit and period already; ``report_id`` names it."""

    def __init__(self, report_id: UUID) -> None:
        super().__init__(report_id)
        self.report_id = report_id


class ReportMoved(Exception):
    """Somebody else has changed or finished it in the meantime."""


def begin_report(
    actor: Actor, unit_id: UUID, *, first: date, last: date, on: date, at: datetime
) -> Report:
    """Raises as ``unit_for``, and ``ReportThere``."""
    unit_for(actor, unit_id, Permission.REPORT_WRITE, on=on)
    row = Report(
        id=uuid4(), realm_id=actor.realm_id, unit_id=unit_id, first=first, last=last,
        begun_by_id=decider(actor), begun_at=at, changed_at=at,
    )  # fmt: skip
    row.said_sealed = sealed(row, {})
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            log(actor, "report.begun", row, at)
    except IntegrityError:
        same = Report.objects.get(realm=actor.realm_id, unit=unit_id, first=first, last=last)
        raise ReportThere(same.pk) from None
    return row


def sealed(row: Report, said: Mapping[str, str]) -> bytes:
    text = dumps({name: said.get(name, "").strip() for name in PASSAGES}, ensure_ascii=False)
    return pii.seal_pii(row.realm_id, row.pk, SAID, text)


def said_in(row: Report) -> dict[str, str]:
    """The organiser's words by heading; for who passed ``report_for``."""
    found: dict[str, str] = loads(pii.open_pii(row.realm_id, row.pk, SAID, bytes(row.said_sealed)))
    return found


def report_for(actor: Actor, report_id: UUID, permission: Permission, *, on: date) -> Report:
    """Raises ``ReportNotFound`` or ``ReportForbidden``."""
    row = Report.objects.filter(realm=actor.realm_id, pk=report_id).first()
    if row is None or not may(actor, row, Permission.REPORT_VIEW, on):
        raise ReportNotFound(report_id)
    if not may(actor, row, permission, on):
        raise ReportForbidden(report_id)
    return row


def may(actor: Actor, row: Report, permission: Permission, on: date) -> bool:
    try:
        unit_for(actor, row.unit_id, permission, on=on)
    except (UnitForbidden, RowNotFound):
        return False
    return True


def visible_reports(actor: Actor, *, on: date) -> list[Report]:
    """The latest first."""
    rows = Report.objects.filter(realm=actor.realm_id).order_by("-last", "-first", "pk")
    return [row for row in rows if may(actor, row, Permission.REPORT_VIEW, on)]


def figures_in(actor: Actor, row: Report, *, on: date) -> Figures:
    """As they were when it was finished; before, as the actor counts them now."""
    if row.figures is not None:
        return {
            code: Told(one["number"], is_exact=one["exact"]) for code, one in row.figures.items()
        }
    scope = scope_for(actor, row.unit_id, row.first, row.last, on=on)
    return figures_of(actor, scope, on=on)


def write_report(
    actor: Actor, report_id: UUID, said: Mapping[str, str], *, base: int, on: date, at: datetime
) -> Report:
    """Keep the words, over version ``base``. Raises as ``report_for``, and ``ReportMoved``."""
    row = report_for(actor, report_id, Permission.REPORT_WRITE, on=on)
    change(actor, row, base, "report.written", at, said_sealed=sealed(row, said), changed_at=at)
    return row


def finish_report(actor: Actor, report_id: UUID, *, base: int, on: date, at: datetime) -> Report:
    """Keep the figures as they are now, as everybody who reads it may be told them.

    Raises as ``write_report``.
    """
    row = report_for(actor, report_id, Permission.REPORT_WRITE, on=on)
    scope = scope_for(actor, row.unit_id, row.first, row.last, on=on)
    found = figures_for_all(actor, scope, on=on)
    kept = {code: {"number": one.number, "exact": one.is_exact} for code, one in found.items()}
    change(actor, row, base, "report.finished", at, figures=kept, finished_at=at)
    return row


@transaction.atomic
def change(
    actor: Actor, row: Report, base: int, event: str, at: datetime, **values: object
) -> None:
    rows = Report.objects.filter(realm=row.realm_id, pk=row.pk, version=base, finished_at=None)
    if rows.update(version=base + 1, **values) != 1:
        raise ReportMoved(row.pk)
    row.refresh_from_db()
    log(actor, event, row, at)


@transaction.atomic
def note_printed(actor: Actor, row: Report, *, file: str, at: datetime) -> None:
    """Before the file leaves."""
    log(actor, "report.printed", row, at, {"file": file})


def log(
    actor: Actor, event: str, row: Report, at: datetime, detail: dict[str, str] | None = None
) -> None:
    audit.record(
        event, realm_id=actor.realm_id, actor=actor, subject_kind="report", subject_id=row.pk,
        at=at, detail=detail or {},
    )  # fmt: skip
