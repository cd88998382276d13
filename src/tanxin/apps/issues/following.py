"""Which organiser keeps an eye on an issue, and who was reminded of one."""

from django.db import models

from tanxin.apps.issues.models import Issue
from tanxin.apps.org.models import Person
from tanxin.apps.realms.models import RealmRow


class Following(RealmRow):
    """An organiser sees to it that the issue goes on; he reads nothing by that."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="followed", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["realm", "issue"], name="one_organiser_per_issue")
        ]
        indexes = [models.Index(fields=["realm", "person", "issue"], name="followed_by_whom")]


class Reminder(RealmRow):
    """Somebody was asked to go on with an issue: one line of his digest, once a day at most.

    ``step`` is the issue's step at which it was sent; with the next one it is over.
    """

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    step = models.PositiveIntegerField()
    day = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "person", "issue", "day"], name="one_reminder_per_day"
            )
        ]
        indexes = [models.Index(fields=["realm", "issue", "day"], name="reminder_by_issue")]
