"""Two people of whom neither may lead a talk with the other, or judge in his matter (回避).

Why is sealed: only who wrote it, and organisers, read it. Everybody else is told that it cannot be
this person, and no more.
"""

from django.db import models
from django.db.models import F, Q

from tanxin.apps.org.models import Person, ends_after_start
from tanxin.apps.realms.models import RealmRow

GROUND = "conflict"
BECAUSE = ("relative", "complaint", "dispute", "other")


class Conflict(RealmRow):
    """From a day to a day. ``one`` and ``other`` stand in the order of their ids.

    ``ground_sealed`` holds why, and by what it is known.
    """

    one = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    other = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    ground_sealed = models.BinaryField()
    start = models.DateField()
    end = models.DateField(null=True)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    set_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["realm", "one"], name="conflict_by_one"),
            models.Index(fields=["realm", "other"], name="conflict_by_other"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "one", "other", "set_by"],
                condition=Q(end=None),
                name="two_are_kept_apart_once_by_each",
            ),
            models.CheckConstraint(name="conflict_is_of_two", condition=~Q(one=F("other"))),
            ends_after_start("conflict"),
        ]
