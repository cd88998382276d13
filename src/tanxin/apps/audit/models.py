"""Leaves of the log. They only grow; a leaf's detail can be erased without breaking the chain."""

from typing import NoReturn

from django.db import models

from tanxin.apps.realms.models import Realm, RealmRow
from tanxin.core.vault.leaf import NO_HASH
from tanxin.core.vault.suites import INTL_1


class LogOnlyGrows(Exception):
    """A leaf is never changed or removed."""


class LeafQuerySet(models.QuerySet["AuditLeaf"]):
    def update(self, **_: object) -> NoReturn:
        raise LogOnlyGrows

    def delete(self) -> NoReturn:
        raise LogOnlyGrows


class LogHead(models.Model):
    """How long a realm's log is and where it ends. Updating it is what makes writers queue."""

    realm = models.OneToOneField(Realm, models.PROTECT, primary_key=True, related_name="+")
    size = models.PositiveBigIntegerField(default=0)
    head_hash = models.BinaryField(max_length=32, default=NO_HASH)
    suite = models.PositiveSmallIntegerField(default=INTL_1)


class AuditLeaf(RealmRow):
    """One entry. Its columns are what ``core.vault.leaf.Leaf`` hashes, so none may be added to it.

    ``actor`` is the account and ``person`` the person it acts as; neither is a foreign key, because
    the log outlives them.
    """

    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    person = models.UUIDField(null=True)
    event = models.CharField(max_length=48)
    subject_kind = models.CharField(max_length=32)
    subject_id = models.UUIDField(null=True)
    detail_commit = models.BinaryField(max_length=32)
    prev_hash = models.BinaryField(max_length=32)
    leaf_hash = models.BinaryField(max_length=32)
    suite = models.PositiveSmallIntegerField()

    # Filled where rows are read with what they say.
    read_details: list["AuditDetail"]

    objects = LeafQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["realm", "subject_id", "seq"], name="leaf_about"),
            models.Index(fields=["realm", "person", "seq"], name="leaf_by_person"),
            models.Index(fields=["realm", "event", "seq"], name="leaf_by_event"),
            models.Index(fields=["realm", "at"], name="leaf_by_time"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["realm", "seq"], name="leaf_seq_is_unique"),
        ]


class AuditDetail(RealmRow):
    """What the leaf only commits to. Erasing it erases salt and words together."""

    leaf = models.ForeignKey(AuditLeaf, models.PROTECT, related_name="details", db_index=False)
    salt = models.BinaryField(max_length=32)
    content = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["realm", "leaf"], name="one_detail_per_leaf"),
        ]
