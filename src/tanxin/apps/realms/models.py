from uuid import uuid4

from django.db import models

from tanxin.core.calendar import DayKind


class Realm(models.Model):
    """An organisation with its own rules, calendar, keys and log. Its name is public and plain."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=120)
    organisation_type = models.CharField(max_length=16, default="agency")
    zone = models.CharField(max_length=40, default="Asia/Shanghai")
    suite = models.PositiveSmallIntegerField(
        default=1, help_text="The cryptographic suite that was chosen: 1 INTL-1, 2 GM-1."
    )
    second_factor_for = models.CharField(
        max_length=120,
        blank=True,
        default="auditor security_admin supervisor system_admin",
        help_text="Roles whose holders need a second factor, by name.",
    )
    is_demo = models.BooleanField(default=False)
    seeding_until = models.DateTimeField(
        null=True, help_text="While a demo realm is being seeded, past times are accepted."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="realm_type_is_known",
                condition=models.Q(organisation_type__in=["agency", "university", "company"]),
            ),
            models.CheckConstraint(
                name="realm_suite_is_known", condition=models.Q(suite__in=[1, 2])
            ),
        ]


class RealmRow(models.Model):
    """Base of everything that belongs to a realm.

    The foreign key has no index of its own: every index of a growing table starts with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    realm = models.ForeignKey(Realm, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


class CalendarDay(RealmRow):
    """A day on which this organisation's calendar differs from the seed, or is settled by hand."""

    on = models.DateField()
    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["realm", "on"], name="one_calendar_row_per_day"),
            models.CheckConstraint(
                name="calendar_day_kind_is_known",
                condition=models.Q(kind__in=[kind.value for kind in DayKind]),
            ),
        ]


class JobRun(models.Model):
    """A daily job was queued for a day; a second worker cannot queue it again."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=60)
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "day"], name="a_job_runs_once_a_day")
        ]
