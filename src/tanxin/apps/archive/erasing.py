"""Erasing texts: an author's own notes after a year, records by a list that two have signed.

Of a note nothing stays. Of a record its row stays, with the digests that confirmations name; the
key and the bytes are overwritten, the grants removed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from tanxin.apps.archive.access import AUTHORS_OWN
from tanxin.apps.archive.attachments import blobs
from tanxin.apps.archive.likeness import forget_measures
from tanxin.apps.archive.models import Attachment, Draft, Party, Record, RecordVersion
from tanxin.apps.archive.resealed import Resealing
from tanxin.apps.audit import services as audit

KEPT_FOR = timedelta(days=365)
AT_ONCE = 500


def erase_old_notes(realm_id: UUID, *, at: datetime) -> int:
    """Erase memos and outlines with every version and grant; return how many. One leaf for each.

    The log keeps that there was one, and of which talk; nothing is left to be opened.
    """
    count = 0
    while erased := erase_some(realm_id, at=at):
        count += erased
    return count


@transaction.atomic
def erase_some(realm_id: UUID, *, at: datetime) -> int:
    old = Record.objects.filter(
        realm=realm_id, kind__in=AUTHORS_OWN, created_at__lte=at - KEPT_FOR
    ).order_by("created_at", "pk")
    notes = dict(old.values_list("pk", "about_id")[:AT_ONCE])
    ids = list(notes)
    Resealing.objects.filter(realm=realm_id, version__record__in=ids).delete()
    for rows in (Party.objects, RecordVersion.objects):
        rows.filter(realm=realm_id, record__in=ids).delete()
    Record.objects.filter(realm=realm_id, pk__in=ids).delete()
    for about in notes.values():
        audit.record(
            "memo.erased",
            realm_id=realm_id,
            actor=None,
            subject_kind="talk",
            subject_id=about,
            at=at,
        )
    return len(ids)


@dataclass(frozen=True, slots=True)
class ErasedText:
    """One version whose bytes are gone; ``digest`` is that of the sealed bytes."""

    about_id: UUID
    record_id: UUID
    kind: str
    number: int
    digest: bytes

    def line(self) -> bytes:
        """As it stands on a certificate, and under the digest in the log."""
        words = (self.about_id, self.record_id, self.kind, self.number, self.digest.hex())
        return " ".join(map(str, words)).encode()


def texts_about(realm_id: UUID, about_ids: Iterable[UUID]) -> list[ErasedText]:
    """Every version of every text about these rows that is not erased, with its digest."""
    return listed(realm_id, Q(record__about_id__in=list(about_ids), record__erased_at=None))


def texts_erased(realm_id: UUID, at: datetime) -> list[ErasedText]:
    """What went at that moment, in the same order, though what it was about changed since."""
    return listed(realm_id, Q(record__erased_at=at))


def listed(realm_id: UUID, which: Q) -> list[ErasedText]:
    """Nothing is opened."""
    rows = RecordVersion.objects.filter(which, realm=realm_id)
    rows = rows.order_by("record__about_id", "record__created_at", "record", "number")
    found = rows.values_list("record__about_id", "record", "record__kind", "number", "digest")
    return [ErasedText(*row[:4], bytes(row[4])) for row in found]


def erase_texts(realm_id: UUID, about_ids: Iterable[UUID], *, at: datetime) -> list[ErasedText]:
    """Destroy every text and file about these rows. Call it inside a transaction.

    What lies on the disk goes when the transaction commits. A backup that was made before still
    holds all of it until it expires itself.
    """
    about = list(about_ids)
    gone = texts_about(realm_id, about)
    records = Record.objects.filter(realm=realm_id, about_id__in=about, erased_at=None)
    ids = list(records.values_list("pk", flat=True))
    forget_measures(realm_id, ids)
    Party.objects.filter(realm=realm_id, record__in=ids).delete()
    Draft.objects.filter(realm=realm_id, about_id__in=about).delete()
    RecordVersion.objects.filter(realm=realm_id, record__in=ids).update(sealed=b"")
    records.filter(pk__in=ids).update(wrapped_key=b"", erased_at=at)
    for blob in Attachment.objects.filter(realm=realm_id, record__in=ids).values_list(
        "blob", flat=True
    ):
        transaction.on_commit(partial(blobs.drop, realm_id, blob))
    return gone
