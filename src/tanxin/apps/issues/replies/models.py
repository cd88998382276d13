from django.db import models
from django.db.models import F, Q

from tanxin.apps.issues.common.models import CommonIssue
from tanxin.apps.org.models import Person, Unit
from tanxin.apps.realms.models import RealmRow
from tanxin.core.passing_on import ReplyState


class Reply(RealmRow):
    """An answer to everybody of a unit, or of the whole organisation where ``unit`` is None.

    Read by author and reviewer until it is published, and by the members from then on, also after
    it was withdrawn: then with the reason.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    reviewer = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=10, default=ReplyState.REVIEW.value)
    title_sealed = models.BinaryField()
    text_sealed = models.BinaryField()
    reason_sealed = models.BinaryField(null=True)
    common = models.ForeignKey(
        CommonIssue, models.PROTECT, null=True, related_name="replies", db_index=False
    )
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["realm", "published_at", "id"], name="reply_by_day"),
            models.Index(fields=["realm", "author", "written_at"], name="reply_by_author"),
            models.Index(fields=["realm", "reviewer", "state"], name="reply_by_reviewer"),
        ]
        constraints = [
            models.CheckConstraint(
                name="reply_state_is_known",
                condition=Q(state__in=[state.value for state in ReplyState]),
            ),
            models.CheckConstraint(
                name="reply_is_reviewed_by_another", condition=~Q(reviewer=F("author"))
            ),
            models.CheckConstraint(
                name="reply_is_published_on_a_day",
                condition=~Q(state="published") | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="reply_ends_with_a_reason",
                condition=Q(state__in=["returned", "withdrawn"], reason_sealed__isnull=False)
                | Q(~Q(state__in=["returned", "withdrawn"]), reason_sealed=None, ended_at=None),
            ),
        ]


class Summary(RealmRow):
    """What a unit hands up for a half-year or a quarter; its numbers are bands (``core``).

    ``bands`` are by kind of issue; what is not in them was raised by fewer than five, or by nobody.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    period = models.CharField(max_length=8)
    handed_to = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    bands = models.JSONField(default=dict)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    read_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["realm", "handed_to", "made_at"], name="summary_by_upper")]
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "unit", "period"], name="one_summary_per_unit_and_period"
            ),
            models.CheckConstraint(
                name="summary_goes_to_another_unit", condition=~Q(handed_to=F("unit"))
            ),
            models.CheckConstraint(
                name="summary_is_read_by_somebody",
                condition=Q(read_by=None, read_at=None)
                | Q(read_by__isnull=False, read_at__isnull=False),
            ),
        ]
