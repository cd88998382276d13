"""Writing the log: the last statement of the transaction that makes the change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from tanxin.apps.audit.events import known
from tanxin.apps.audit.models import AuditDetail, AuditLeaf, LogHead
from tanxin.apps.audit.moments import refuse_invented_moment
from tanxin.apps.audit.rows import row_of
from tanxin.apps.realms.models import Realm
from tanxin.apps.sealing.transactions import in_own_transaction
from tanxin.core.access import Actor
from tanxin.core.vault.canonical import Json
from tanxin.core.vault.leaf import SALT_BYTES, Leaf, Log, commit_detail
from tanxin.core.vault.suites import provider_for
from tanxin.core.vault.tree import digest_of

Detail: TypeAlias = Mapping[str, Json]
_BATCH = 1_000


class RecordOutsideTransaction(Exception):
    """A leaf is written in the transaction of what it tells, or it may tell what never happened."""


class LogMoved(Exception):
    """The log's head was written past us; the transaction must not be committed."""


@dataclass(frozen=True, slots=True)
class Entry:
    event: str
    subject_kind: str
    subject_id: UUID | None
    detail: Detail | None = None


def record(
    event: str,
    *,
    realm_id: UUID,
    actor: Actor | None,
    subject_kind: str,
    subject_id: UUID | None,
    at: datetime,
    detail: Detail | None = None,
) -> AuditLeaf:
    """Append one leaf to the realm's log, as the last statement of the transaction.

    Raises ``RecordOutsideTransaction``, ``UnknownEvent``, ``MomentNotNow``, or ``NotCanonical`` for
    a detail that is not plain JSON without floats. A detail holds no names, nothing confided.
    """
    entry = Entry(event, subject_kind, subject_id, detail)
    return record_batch([entry], realm_id=realm_id, actor=actor, at=at)[0]


def record_bulk(
    event: str,
    *,
    realm_id: UUID,
    actor: Actor | None,
    subject_kind: str,
    subject_id: UUID | None,
    at: datetime,
    items: Iterable[bytes],
    detail: Detail | None = None,
) -> AuditLeaf:
    """Append one leaf for many rows; its detail gets their ``count`` and ``digest``.

    ``digest`` is the RFC 6962 root over ``items``, so that each row can later be proved.
    """
    head = _head(realm_id)
    count, digest = digest_of(provider_for(head.suite), items)
    whole: Detail = {**(detail or {}), "count": count, "digest": digest}
    entry = Entry(event, subject_kind, subject_id, whole)
    return record_batch([entry], realm_id=realm_id, actor=actor, at=at)[0]


def record_batch(
    entries: Sequence[Entry], *, realm_id: UUID, actor: Actor | None, at: datetime
) -> list[AuditLeaf]:
    """Append a leaf for each entry, in the order given."""
    if not in_own_transaction(connection):
        raise RecordOutsideTransaction
    for entry in entries:
        known(entry.event)
    refuse_invented_moment(realm_id, at)
    if not entries:
        return []
    head = _claim(realm_id, len(entries))
    chain = _Chain(head, len(entries), actor, at)
    written = [chain.append(entry) for entry in entries]
    AuditLeaf.objects.bulk_create((leaf for leaf, _ in written), batch_size=_BATCH)
    details = (detail for _, detail in written if detail is not None)
    AuditDetail.objects.bulk_create(details, batch_size=_BATCH)
    unmoved = LogHead.objects.filter(realm=realm_id, size=head.size)
    if unmoved.update(head_hash=chain.prev) != 1:
        raise LogMoved
    return [leaf for leaf, _ in written]


@transaction.atomic
def erase_details(actor: Actor, subject_id: UUID, *, at: datetime) -> int:
    """Erase what the log's entries about a subject say; that they were written stays provable."""
    leaves = AuditLeaf.objects.filter(realm=actor.realm_id, subject_id=subject_id)
    details = AuditDetail.objects.filter(realm=actor.realm_id, leaf__in=leaves.values("pk"))
    count, _ = details.delete()
    record(
        "detail.erased",
        realm_id=actor.realm_id,
        actor=actor,
        subject_kind="subject",
        subject_id=subject_id,
        detail={"count": count},
        at=at,
    )
    return count


def begin_log(realm_id: UUID, suite: int) -> None:
    """Let a new realm's log be hashed by that suite; without this it begins with INTL-1."""
    LogHead.objects.create(realm_id=realm_id, suite=suite)


def _head(realm_id: UUID) -> LogHead:
    heads = LogHead.objects.filter(realm=realm_id)
    if (head := heads.first()) is None:
        suite = Realm.objects.values_list("suite", flat=True).get(pk=realm_id)
        new = LogHead(realm_id=realm_id, suite=suite)
        LogHead.objects.bulk_create([new], ignore_conflicts=True)
        head = heads.get()
    return head


def _claim(realm_id: UUID, count: int) -> LogHead:
    """Take the next ``count`` numbers; others wait at this row until we commit."""
    heads = LogHead.objects.filter(realm=realm_id)
    if not heads.update(size=F("size") + count):
        _head(realm_id)
        heads.update(size=F("size") + count)
    return heads.get()


class _Chain:
    def __init__(self, head: LogHead, count: int, actor: Actor | None, at: datetime) -> None:
        self._head = head
        self._provider = provider_for(head.suite)
        self._actor = actor
        self._at = at
        self._seq = head.size - count
        self.prev = bytes(head.head_hash)

    def append(self, entry: Entry) -> tuple[AuditLeaf, AuditDetail | None]:
        salt = self._provider.random(SALT_BYTES)
        commit = commit_detail(self._provider, salt, entry.detail) if entry.detail else b""
        leaf = Leaf(
            log=Log.CHANGES,
            realm=self._head.realm_id,
            seq=self._seq,
            at=self._at,
            actor=self._actor.account_id if self._actor else None,
            person=self._actor.person_id if self._actor else None,
            event=entry.event,
            kind=entry.subject_kind,
            subject=entry.subject_id,
            commit=commit,
            prev=self.prev,
            suite=self._head.suite,
        )
        row = row_of(leaf)
        self._seq, self.prev = self._seq + 1, bytes(row.leaf_hash)
        if not entry.detail:
            return row, None
        detail = AuditDetail(realm_id=leaf.realm, leaf=row, salt=salt, content=dict(entry.detail))
        return row, detail
