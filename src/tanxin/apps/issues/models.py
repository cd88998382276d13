"""What was raised and what came of it. The wording is sealed in ``apps.archive``."""

from django.db import models
from django.db.models import Q

from tanxin.apps.org.models import Person, Unit
from tanxin.apps.realms.models import RealmRow
from tanxin.apps.talks.models import Talk
from tanxin.core.lifecycle import IssueState

ISSUE_KINDS = ("work", "life", "growth", "style", "team", "condition", "other")
MEASURE_ROLES = ("owner", "verifier")
VERDICTS = ("solved", "sent_back")


class Issue(RealmRow):
    """Something raised in a talk that wants an answer."""

    talk = models.ForeignKey(Talk, models.PROTECT, related_name="issues", db_index=False)
    kind = models.CharField(max_length=12)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    state = models.CharField(max_length=10, default=IssueState.RAISED.value)
    raised_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["realm", "talk"], name="issue_by_talk"),
            models.Index(fields=["realm", "state", "raised_at", "id"], name="issue_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                name="issue_state_is_known", condition=Q(state__in=[s.value for s in IssueState])
            ),
            models.CheckConstraint(
                name="issue_kind_is_known", condition=Q(kind__in=list(ISSUE_KINDS))
            ),
        ]


class Measure(RealmRow):
    """What is done about an issue, until when."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="measures", db_index=False)
    due = models.DateField()
    set_at = models.DateTimeField()
    reported_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["realm", "issue"], name="one_measure_per_issue"),
            models.CheckConstraint(
                name="measure_is_verified_after_report",
                condition=Q(verified_at=None) | Q(reported_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["realm", "due", "id"], name="measure_by_due")]


class MeasureRole(RealmRow):
    """One role per person and measure: whoever owns a measure cannot verify it.

    The verdict stands on the verifier's own row, so the database itself refuses an owner's verdict.
    """

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="roles", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=8)
    verdict = models.CharField(max_length=10, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "measure", "person"], name="one_role_per_person_and_measure"
            ),
            models.UniqueConstraint(
                fields=["realm", "measure", "role"], name="one_person_per_role_and_measure"
            ),
            models.CheckConstraint(
                name="measure_role_is_known", condition=Q(role__in=list(MEASURE_ROLES))
            ),
            models.CheckConstraint(
                name="only_a_verifier_decides",
                condition=Q(verdict="", decided_at=None)
                | Q(role="verifier", verdict__in=list(VERDICTS), decided_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["realm", "person", "role"], name="role_by_person_and_measure")]
