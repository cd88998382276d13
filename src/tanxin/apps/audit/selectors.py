"""Reading the log and recomputing it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from tanxin.apps.audit.models import AuditDetail, AuditLeaf, LogHead
from tanxin.apps.audit.rows import leaf_of
from tanxin.core.vault.leaf import NO_HASH, commit_detail
from tanxin.core.vault.refusals import VaultRefusal
from tanxin.core.vault.suites import provider_for

EntryRow: TypeAlias = AuditLeaf

_CHUNK = 2_000
# Declared a str: the checker of types would take the literal for a second declaration.
_READ: str = "read_details"


@dataclass(frozen=True, slots=True)
class LogLine:
    """An entry as people read it; ``detail`` is empty where there was none or it was erased."""

    seq: int
    at: datetime
    account_id: UUID | None
    person_id: UUID | None
    event: str
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """``first_bad`` is the first entry that is missing or altered, ``fault`` what is wrong with it.

    ``gap`` number missing · ``chain`` not linked to the one before · ``leaf`` columns changed ·
    ``detail`` words changed · ``head`` the log ends elsewhere than its head says.
    """

    size: int
    first_bad: int | None = None
    fault: str = ""

    @property
    def intact(self) -> bool:
        return self.first_bad is None

    def __str__(self) -> str:
        if self.intact:
            return f"intact, {self.size} entries"
        return f"altered at entry {self.first_bad} ({self.fault})"


def leaves_for(realm_id: UUID, subject_id: UUID) -> list[LogLine]:
    """Return what the log says about a subject, oldest first."""
    return [_line(row) for row in rows_of(realm_id).filter(subject_id=subject_id)]


def detail_of(row: AuditLeaf) -> dict[str, Any]:
    """What an entry says, empty where it says nothing more or that was erased."""
    detail = AuditDetail.objects.filter(realm=row.realm_id, leaf=row.pk).first()
    return detail.content if detail else {}


def content_of(row: AuditLeaf) -> bytes:
    """The bytes of an entry that are hashed."""
    return leaf_of(row).content()


def _line(row: AuditLeaf) -> LogLine:
    detail = _detail(row)
    content = detail.content if detail else {}
    return LogLine(row.seq, row.at, row.actor, row.person, row.event, content)


def _detail(row: AuditLeaf) -> AuditDetail | None:
    return next(iter(row.read_details), None)


def end_of_log(realm_id: UUID) -> tuple[int, bytes]:
    """How many entries there are, and the hash of the last."""
    head = LogHead.objects.filter(realm=realm_id).first()
    return (head.size, bytes(head.head_hash)) if head else (0, NO_HASH)


def verify_chain(realm_id: UUID) -> Verdict:
    """Recompute the realm's log and name the first entry that is not as it was written."""
    size, prev = 0, NO_HASH
    for row in rows_of(realm_id).iterator(chunk_size=_CHUNK):
        if fault := _fault(row, size, prev):
            return Verdict(size, size, fault)
        size, prev = size + 1, bytes(row.leaf_hash)
    head = LogHead.objects.filter(realm=realm_id).first()
    if (head.size, bytes(head.head_hash)) != (size, prev) if head else size:
        return Verdict(size, size, "head")
    return Verdict(size)


def rows_of(realm_id: UUID) -> QuerySet[AuditLeaf]:
    """The log's entries, each with what it says in ``read_details``."""
    details = Prefetch("details", AuditDetail.objects.filter(realm=realm_id), _READ)
    return AuditLeaf.objects.filter(realm=realm_id).order_by("seq").prefetch_related(details)


def _fault(row: AuditLeaf, seq: int, prev: bytes) -> str:
    if row.seq != seq:
        return "gap"
    if bytes(row.prev_hash) != prev:
        return "chain"
    try:
        if leaf_of(row).hash() != bytes(row.leaf_hash):
            return "leaf"
        return "" if detail_fits(row) else "detail"
    except VaultRefusal:
        return "leaf"


def detail_fits(row: AuditLeaf) -> bool:
    detail = _detail(row)
    if detail is None:
        return True
    expected = commit_detail(provider_for(row.suite), bytes(detail.salt), detail.content)
    return expected == bytes(row.detail_commit)
