"""Which organiser keeps an eye on an issue, and who was reminded of one."""

from django.db import models
from django.db.models import Q

from tanxin.apps.issues.models import Issue
from tanxin.apps.org.models import Person
from tanxin.apps.realms.models import RealmRow


class Following(RealmRow):
    """An organiser sees to it that the issue goes on; he reads nothing by that.

    Many are given at once: ``given_in`` and ``ended_in`` name such an act, so that it can be taken
    back as a whole.
    """

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="followed", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    since = models.DateTimeField()
    given_in = models.UUIDField()
    ended_in = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "issue"],
                condition=Q(ended_in=None),
                name="one_organiser_follows_an_issue",
            )
        ]
        indexes = [
            models.Index(fields=["realm", "person", "issue"], name="followed_by_whom"),
            models.Index(fields=["realm", "given_in"], name="followed_since_which_act"),
            models.Index(fields=["realm", "ended_in"], name="followed_until_which_act"),
        ]


class Reminder(RealmRow):
    """Somebody was asked to go on with an issue: one line of his digest, once a day at most.

    ``step`` is the issue's step at which it was sent; with the next one it is over. ``act`` names
    those that were sent together.
    """

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    step = models.PositiveIntegerField()
    day = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    act = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "person", "issue", "day"], name="one_reminder_per_day"
            )
        ]
        indexes = [
            models.Index(fields=["realm", "issue", "day"], name="reminder_by_issue"),
            models.Index(fields=["realm", "act"], name="reminder_by_act"),
        ]
