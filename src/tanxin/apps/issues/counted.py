"""The roll-ups of issues, and what each issue stands for in them."""

from django.db import models
from django.db.models import Q

from tanxin.apps.issues.models import Issue
from tanxin.apps.org.models import Unit
from tanxin.apps.realms.models import RealmRow

SIDES = ("led", "solving")


class Counted(RealmRow):
    """As what one issue is counted now; the roll-ups change by the difference to what it becomes.

    ``month`` is the first day of the month in which it was raised. ``led_unit`` is where its
    initiator had his main post then, ``unit`` answers for it now.
    """

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=12)
    month = models.DateField()
    led_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    reached = models.PositiveSmallIntegerField(
        help_text="Bits: 1 raised, 2 answered, 4 verified, 8 effective."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["realm", "issue"], name="issue_is_counted_once")
        ]


class Tally(RealmRow):
    """How many issues of a kind that were raised in a month came how far.

    Once by the unit whose leader they were raised with (``led``), once by the unit that answers
    for them (``solving``).
    """

    side = models.CharField(max_length=8)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    month = models.DateField()
    kind = models.CharField(max_length=12)
    raised = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    verified = models.PositiveIntegerField(default=0)
    effective = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "side", "unit", "month", "kind"], name="one_tally_per_cell"
            ),
            models.CheckConstraint(name="tally_side_is_known", condition=Q(side__in=list(SIDES))),
        ]
        indexes = [models.Index(fields=["realm", "side", "month"], name="tally_by_month")]
