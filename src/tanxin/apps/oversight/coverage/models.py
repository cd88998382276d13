from django.db import models

from tanxin.apps.realms.models import RealmRow


class QuarterTaken(RealmRow):
    """One quarter as it stood when it was counted; never updated, and never counted again.

    ``counts`` is canonical JSON: table → unit → as many numbers as the table has columns.
    """

    period = models.CharField(max_length=8)
    taken_at = models.DateTimeField()
    counts = models.TextField()
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["realm", "period"], name="a_quarter_is_taken_once")
        ]
