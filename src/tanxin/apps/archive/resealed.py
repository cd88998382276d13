"""What a version's digest became when it was sealed anew, so that a confirmation stays provable."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from uuid import UUID

from django.db import models

from tanxin.apps.archive.models import RecordVersion
from tanxin.apps.realms.models import RealmRow
from tanxin.apps.sealing.keys import Batch, resealed_batches
from tanxin.core.vault.suites import provider_for
from tanxin.core.vault.tree import digest_of

AT_ONCE = 200


class Resealing(RealmRow):
    """The same text under other bytes. The keeper's leaf of ``batch`` has a digest over these.

    The first ``before`` of a version is the digest that its confirmation names.
    """

    version = models.ForeignKey(
        RecordVersion, models.PROTECT, related_name="resealings", db_index=False
    )
    number = models.PositiveIntegerField()
    before = models.BinaryField(max_length=32)
    after = models.BinaryField(max_length=32)
    batch = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "version", "number"], name="resealings_follow_each_other"
            )
        ]
        indexes = [models.Index(fields=["realm", "batch"], name="resealing_by_batch")]

    @classmethod
    def follow(
        cls, version_id: UUID, realm_id: UUID, seen: tuple[bytes, bytes], batch: UUID, at: datetime
    ) -> None:
        """Note that ``seen[0]`` was sealed anew as ``seen[1]``."""
        before, after = (sha256(sealed).digest() for sealed in seen)
        number = cls.objects.filter(realm=realm_id, version=version_id).count() + 1
        cls.objects.create(
            realm_id=realm_id,
            version_id=version_id,
            number=number,
            before=before,
            after=after,
            batch=batch,
            at=at,
        )


def is_followed(version: RecordVersion) -> bool:
    """Say whether the bytes that are stored can be followed from the digest that was confirmed."""
    digest = bytes(version.digest)
    for step in sorted(version.resealings.all(), key=lambda step: step.number):
        if bytes(step.before) != digest:
            return False
        digest = bytes(step.after)
    return digest == sha256(bytes(version.sealed)).digest()


def not_in_the_log(realm_id: UUID) -> list[UUID]:
    """Return the versions that were sealed anew otherwise than the keeper's log has it.

    Call it outside of transactions; raises ``KeeperUnavailable``.
    """
    rows = Resealing.objects.filter(realm=realm_id).select_related("version")
    known, wrong = resealed_batches(realm_id), list[UUID]()
    for batch, steps in groupby(rows.order_by("batch", "version"), key=lambda row: row.batch):
        seen = list(steps)
        if not _is_vouched(known.get(batch), seen):
            wrong += [row.version_id for row in seen]
    return wrong


def _is_vouched(batch: Batch | None, rows: Sequence[Resealing]) -> bool:
    if batch is None:
        return False
    steps = (row.version.record_id.bytes + bytes(row.before) + bytes(row.after) for row in rows)
    return (batch.texts, batch.digest) == digest_of(provider_for(batch.suite), steps)


def not_followed(realm_id: UUID) -> list[UUID]:
    """Return the versions whose bytes nobody vouched for; there should be none."""
    versions = RecordVersion.objects.filter(realm=realm_id, record__erased_at=None).order_by("pk")
    each = versions.prefetch_related("resealings").iterator(AT_ONCE)
    return [version.pk for version in each if not is_followed(version)]
