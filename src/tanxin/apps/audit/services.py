"""Writing the log: the last statement of the transaction that makes the change."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from tanxin.apps.audit.events import known
from tanxin.apps.audit.linking import Detail, Entry, linked, unlinked
from tanxin.apps.audit.models import AuditDetail, AuditLeaf, LogHead
from tanxin.apps.audit.moments import refuse_invented_moment
from tanxin.apps.audit.trips import in_one_trip
from tanxin.apps.realms.models import Realm
from tanxin.apps.sealing.transactions import in_own_transaction
from tanxin.core.access import Actor
from tanxin.core.vault.suites import provider_for
from tanxin.core.vault.tree import digest_of

__all__ = [
    "Detail",
    "Entry",
    "RecordOutsideTransaction",
    "begin_log",
    "erase_details",
    "record",
    "record_batch",
    "record_bulk",
]

_BATCH = 1_000


class RecordOutsideTransaction(Exception):
    """A leaf is written in the transaction of what it tells, or it may tell what never happened."""


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
    count, digest = digest_of(provider_for(_suite(realm_id)), items)
    whole: Detail = {**(detail or {}), "count": count, "digest": digest}
    entry = Entry(event, subject_kind, subject_id, whole)
    return record_batch([entry], realm_id=realm_id, actor=actor, at=at)[0]


def record_batch(
    entries: Sequence[Entry], *, realm_id: UUID, actor: Actor | None, at: datetime
) -> list[AuditLeaf]:
    """Append a leaf for each entry, in the order given.

    From the claim of their numbers to the commit everybody else waits, so all that can be done
    before it is: what is left are two trips to the database and the commit.
    """
    if not in_own_transaction(connection):
        raise RecordOutsideTransaction
    for entry in entries:
        known(entry.event)
    refuse_invented_moment(realm_id, at)
    if not entries:
        return []
    waiting = unlinked(entries, realm_id=realm_id, actor=actor, at=at)
    details = [one.detail_row() for one in waiting if one.detail]
    leaves = list(linked(waiting, _claimed(realm_id, len(waiting), details)))
    with in_one_trip(connection):
        AuditLeaf.objects.bulk_create(leaves, batch_size=_BATCH)
        LogHead.objects.filter(realm=realm_id).update(head_hash=leaves[-1].leaf_hash)
    return leaves


def _claimed(realm_id: UUID, count: int, details: Sequence[AuditDetail]) -> LogHead:
    """Store ``details``, take the next numbers, and return the head as it was before.

    Everybody else waits from then on.
    """
    heads = LogHead.objects.filter(realm=realm_id)
    with in_one_trip(connection):
        AuditDetail.objects.bulk_create(details, batch_size=_BATCH)
        heads.update(size=F("size") + count)
        head = heads.first()
    if head is None:
        _begin(realm_id)
        return _claimed(realm_id, count, [])
    head.size -= count
    return head


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


def _suite(realm_id: UUID) -> int:
    """The suite of the log's next leaves; a log that has no head yet gets one."""
    suites = LogHead.objects.filter(realm=realm_id).values_list("suite", flat=True)
    known_suite = suites.first()
    if known_suite is None:
        _begin(realm_id)
        known_suite = suites.get()
    return known_suite


def _begin(realm_id: UUID) -> None:
    """Give the log its head, unless somebody else did meanwhile."""
    suite = Realm.objects.values_list("suite", flat=True).get(pk=realm_id)
    LogHead.objects.bulk_create([LogHead(realm_id=realm_id, suite=suite)], ignore_conflicts=True)
