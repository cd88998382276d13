"""Sealed text. Every ``sealed`` column holds bytes that only the keeper can open."""

from django.db import models
from django.db.models import Q

from tanxin.apps.org.models import Person
from tanxin.apps.realms.models import RealmRow
from tanxin.core.uploads.kinds import Kind

# The text of a record of this kind is the name and the key of a sealed file; see ``attachments``.
FILE = "file"
RECORD_KINDS = (
    "record", "memo", "outline", "remark", "reason", "topic", "issue", "measure", "evidence",
    "answer", FILE, "entry",
)  # fmt: skip
PARTY_ROLES = (
    "author", "initiator", "subject", "owner", "verifier", "asker", "asked", "granted", "emergency",
    "recorder", "endorser", "witness", "inquirer",
)  # fmt: skip


class Record(RealmRow):
    """One piece of confided text about a talk, an issue or a request, in versions.

    Once ``erased_at`` is set its key and its bytes are gone, for ever; digests stay. ``about_kind``
    and ``about_id`` name the row of a higher app; there is no foreign key upward.
    """

    kind = models.CharField(max_length=8)
    about_kind = models.CharField(max_length=8)
    about_id = models.UUIDField()
    author = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    wrapped_key = models.BinaryField()
    latest = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["realm", "about_id", "kind", "created_at"], name="record_about")
        ]
        constraints = [
            models.CheckConstraint(
                name="record_kind_is_known", condition=Q(kind__in=list(RECORD_KINDS))
            ),
            models.CheckConstraint(
                name="an_erased_record_has_no_key",
                condition=Q(erased_at=None) | Q(wrapped_key=b""),
            ),
            models.UniqueConstraint(
                fields=["realm", "about_id"],
                condition=Q(kind="record"),
                name="one_record_per_talk",
            ),
            models.UniqueConstraint(
                fields=["realm", "about_id", "author"],
                condition=Q(kind="memo"),
                name="one_memo_per_author_and_talk",
            ),
            models.UniqueConstraint(
                fields=["realm", "about_id", "author"],
                condition=Q(kind="outline"),
                name="one_outline_per_author_and_talk",
            ),
        ]


class RecordVersion(RealmRow):
    """Never updated. ``digest`` is the SHA-256 of the sealed bytes; confirmations bind to it."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    author = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    sealed = models.BinaryField()
    digest = models.BinaryField(max_length=32)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "record", "number"], name="version_number_is_unique"
            )
        ]


class Party(RealmRow):
    """Who may open a record, as what, from when until when; ``mac`` is the keeper's word for it.

    Every column but the id is what the keeper vouched for: a row that is changed by anybody else,
    or put back after it ended, opens nothing.
    """

    record = models.ForeignKey(Record, models.PROTECT, related_name="parties", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=10)
    may_pass_on = models.BooleanField(default=False)
    start = models.DateTimeField()
    end = models.DateTimeField(null=True)
    mac = models.BinaryField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "record", "person"], name="one_part_per_person_and_record"
            ),
            models.CheckConstraint(
                name="party_role_is_known", condition=Q(role__in=list(PARTY_ROLES))
            ),
        ]
        indexes = [models.Index(fields=["realm", "person", "record"], name="party_by_person")]


class Attachment(RealmRow):
    """A sealed file on the disk. What it is called, and who may open it, is in its record.

    ``about_id`` is the row of a higher app it hangs on, ``size`` and ``digest`` those of the sealed
    bytes: whoever restores a backup checks them without a key.
    """

    record = models.ForeignKey(Record, models.PROTECT, related_name="+", db_index=False)
    about_id = models.UUIDField()
    blob = models.UUIDField()
    media = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    digest = models.BinaryField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["realm", "about_id"], name="attachment_about")]
        constraints = [
            models.UniqueConstraint(fields=["realm", "blob"], name="a_file_has_one_row"),
            models.UniqueConstraint(fields=["realm", "record"], name="a_file_has_one_text"),
            models.CheckConstraint(
                name="attachment_kind_is_known",
                condition=Q(media__in=[kind.value for kind in Kind]),
            ),
        ]


class Draft(RealmRow):
    """What somebody is typing, kept for him alone until he saves or discards it.

    ``start`` and ``mac`` are the author's own grant, as in ``Party``. ``window`` wrote last. What
    another window writes meanwhile ``is_aside``, until the two are put together.
    """

    author = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    purpose = models.CharField(max_length=16)
    is_aside = models.BooleanField(default=False)
    window = models.UUIDField()
    about_id = models.UUIDField()
    wrapped_key = models.BinaryField()
    sealed = models.BinaryField()
    version = models.PositiveIntegerField(default=1)
    start = models.DateTimeField()
    mac = models.BinaryField(max_length=64)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "author", "purpose", "about_id", "is_aside"],
                name="one_draft_per_form_and_one_aside",
            )
        ]
