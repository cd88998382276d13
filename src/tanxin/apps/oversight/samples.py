"""Samples of closed talks, and what those who were talked with say to them. Never the initiator."""

from django.db import models
from django.db.models import F, Q

from tanxin.apps.archive.models import Record
from tanxin.apps.issues.models import Issue
from tanxin.apps.org.models import Person
from tanxin.apps.realms.models import RealmRow
from tanxin.apps.talks.models import Talk
from tanxin.core.oversight.sampling import Result


class Sample(RealmRow):
    """``pool`` is what was drawn from, id and weight: seed and pool draw the same again.

    ``seed`` is the day, the number of entries in the log, and how the last one's hash begins.
    """

    seed = models.CharField(max_length=40)
    first = models.DateField()
    last = models.DateField()
    size = models.PositiveSmallIntegerField()
    pool = models.JSONField(default=list)
    drawn_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    drawn_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["realm", "drawn_at", "id"], name="sample_by_time")]
        constraints = [
            models.CheckConstraint(
                name="sample_is_of_some_days", condition=Q(last__gte=F("first"))
            ),
            models.CheckConstraint(name="sample_has_a_seed", condition=~Q(seed="")),
        ]


class CallBack(RealmRow):
    """One drawn talk: its subject is asked whether it took place and whether it was solved.

    ``answer`` is sealed for him and those who supervise. Who has no account is asked by
    ``through``, who writes down what he says.
    """

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="calls", db_index=False)
    talk = models.ForeignKey(Talk, models.PROTECT, related_name="+", db_index=False)
    issue = models.ForeignKey(Issue, models.PROTECT, null=True, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    weight = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    answer = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+", db_index=False)
    answered_at = models.DateTimeField(null=True)
    through = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    result = models.CharField(max_length=10, blank=True)
    settled_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["realm", "person", "answered_at"], name="call_by_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["realm", "talk"], name="a_talk_is_drawn_once"),
            models.CheckConstraint(
                name="call_is_answered_with_words",
                condition=Q(answer=None, answered_at=None)
                | Q(answer__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="call_result_is_known",
                condition=Q(result="", settled_by=None, settled_at=None)
                | Q(
                    result__in=[one.value for one in Result],
                    settled_by__isnull=False,
                    settled_at__isnull=False,
                ),
            ),
        ]
