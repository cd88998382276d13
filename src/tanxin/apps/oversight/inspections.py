"""A team that looks at the course of talks for some days; text it reads only when let."""

from django.db import models
from django.db.models import F, Q

from tanxin.apps.org.models import Person
from tanxin.apps.realms.models import RealmRow


class Inspection(RealmRow):
    """Proposed by a supervisor, approved by who gives roles; it ends by itself after ``last``.

    ``since`` and ``until``: talks held on these days are looked at.
    """

    name = models.CharField(max_length=60)
    first = models.DateField()
    last = models.DateField()
    since = models.DateField()
    until = models.DateField()
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )
    approved_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["realm", "first", "id"], name="inspection_by_day")]
        constraints = [
            models.CheckConstraint(
                name="inspection_is_of_some_days",
                condition=Q(last__gte=F("first"), until__gte=F("since")),
            ),
            models.CheckConstraint(
                name="inspection_is_approved_by_another",
                condition=Q(approved_by=None, approved_at=None)
                | ~Q(approved_by=F("proposed_by"))
                & Q(approved_by__isnull=False, approved_at__isnull=False, refused_at=None),
            ),
        ]


class InspectionMember(RealmRow):
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="members", db_index=False
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "inspection", "person"], name="a_member_once_in_an_inspection"
            )
        ]
