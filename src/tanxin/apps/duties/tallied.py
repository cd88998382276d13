from django.db import models

from tanxin.apps.duties.models import RuleRow
from tanxin.apps.org.models import Unit
from tanxin.apps.realms.models import RealmRow

COUNTED = ("open", "met", "confirmed", "contested", "waived")


class DutyTally(RealmRow):
    """How many duties of a rule with the same time there are in a unit, by their state.

    Kept by whatever changes a duty, see ``tallies``; those withdrawn, or of no unit, count nowhere.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    rule = models.ForeignKey(RuleRow, models.PROTECT, related_name="+", db_index=False)
    sensitive = models.BooleanField()
    opens = models.DateField()
    due = models.DateField()
    open = models.IntegerField(default=0)
    met = models.IntegerField(default=0)
    confirmed = models.IntegerField(default=0)
    contested = models.IntegerField(default=0)
    waived = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "unit", "due", "rule", "opens", "sensitive"],
                name="one_duty_tally_per_cell",
            )
        ]
        indexes = [models.Index(fields=["realm", "due"], name="duty_tally_by_day")]
