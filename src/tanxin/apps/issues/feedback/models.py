from django.db import models
from django.db.models import F, Q

from tanxin.apps.archive.models import Record
from tanxin.apps.org.models import Person, Unit
from tanxin.apps.realms.models import RealmRow
from tanxin.core.passing_on import FeedbackState

LEFT = [FeedbackState.SENT.value, FeedbackState.ANSWERED.value]
GOING = [FeedbackState.REVIEW.value, *LEFT]


class Feedback(RealmRow):
    """An issue told to the head of a unit, after somebody else has read what is told.

    ``issue`` and ``author`` are known to the author alone. ``draft`` is read by author and
    reviewer; ``sent`` holds the same words for the recipient too, ``told_sealed`` for the summary
    of the unit where it was heard. ``quoted`` are the places of words that stand in the source's
    own record: the reviewer sees where, not the record.
    """

    issue = models.ForeignKey(
        "issues.Issue", models.PROTECT, related_name="feedback", db_index=False
    )
    author = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    reviewer = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    heard_in = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    recipient = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )
    state = models.CharField(max_length=10, default=FeedbackState.REVIEW.value)
    quoted = models.JSONField(default=list)
    draft = models.ForeignKey(Record, models.PROTECT, related_name="+", db_index=False)
    sent = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+", db_index=False)
    reason = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+", db_index=False)
    answer = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+", db_index=False)
    told_sealed = models.BinaryField(null=True)
    written_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["realm", "author", "written_at", "id"], name="feedback_by_author"),
            models.Index(fields=["realm", "reviewer", "state"], name="feedback_by_reviewer"),
            models.Index(
                fields=["realm", "recipient", "decided_at", "id"], name="feedback_by_recipient"
            ),
            models.Index(fields=["realm", "unit", "decided_at"], name="feedback_by_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                name="feedback_state_is_known",
                condition=Q(state__in=[state.value for state in FeedbackState]),
            ),
            models.CheckConstraint(
                name="feedback_is_reviewed_by_another", condition=~Q(reviewer=F("author"))
            ),
            models.CheckConstraint(
                name="feedback_left_has_a_reader_and_a_text",
                condition=Q(
                    state__in=LEFT,
                    sent__isnull=False,
                    recipient__isnull=False,
                    told_sealed__isnull=False,
                )
                | Q(~Q(state__in=LEFT), sent=None, recipient=None, told_sealed=None),
            ),
            models.CheckConstraint(
                name="feedback_is_answered_in_words",
                condition=Q(state="answered", answer__isnull=False, answered_at__isnull=False)
                | Q(~Q(state="answered"), answer=None, answered_at=None),
            ),
            models.CheckConstraint(
                name="feedback_is_returned_with_a_reason",
                condition=Q(state="returned", reason__isnull=False)
                | Q(~Q(state="returned"), reason=None),
            ),
            models.UniqueConstraint(
                fields=["realm", "issue", "unit"],
                condition=Q(state__in=GOING),
                name="one_feedback_per_issue_and_unit",
            ),
        ]
