from django.db import models
from django.db.models import F, Q

from tanxin.apps.duties.models import VERDICTS, Decided
from tanxin.apps.org.models import Person, Unit
from tanxin.apps.realms.models import RealmRow

SHEETS = ("talks", "duties", "requests", "issues")
FILES = ("xlsx", "pdf", "docx")


class Export(Decided):
    """Somebody asks to take a ledger of a period out of the system.

    Without a ``unit`` it is about what he is a side of himself, and nobody need decide. He may take
    it until ``open_until``. What stands in it is what he may see when he takes it.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    first = models.DateField()
    last = models.DateField()
    sheets = models.CharField(max_length=60)
    open_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["realm", "verdict", "asked_at"], name="export_by_time"),
            models.Index(fields=["realm", "asked_by", "asked_at"], name="export_by_asker"),
        ]
        constraints = [
            models.CheckConstraint(
                name="export_verdict_is_known", condition=Q(verdict__in=["", *VERDICTS])
            ),
            models.CheckConstraint(
                name="export_of_a_unit_is_decided_by_another",
                condition=Q(verdict="", decided_by=None)
                | Q(verdict="withdrawn", decided_by=F("asked_by"))
                | Q(verdict="approved", decided_by=F("asked_by"), unit=None)
                | (
                    Q(verdict__in=["approved", "refused"], unit__isnull=False)
                    & ~Q(decided_by=F("asked_by"))
                ),
            ),
            models.CheckConstraint(
                name="export_is_open_only_if_approved",
                condition=Q(verdict="approved", open_until__isnull=False)
                | Q(~Q(verdict="approved"), open_until=None),
            ),
            models.CheckConstraint(
                name="export_ends_after_it_begins", condition=Q(first__lte=F("last"))
            ),
        ]


class Taken(RealmRow):
    """A file that left the system. Its id is hidden in the file, its hash is in the log."""

    export = models.ForeignKey(Export, models.PROTECT, related_name="taken", db_index=False)
    file = models.CharField(max_length=4)
    digest = models.BinaryField(max_length=32)
    size = models.PositiveIntegerField()
    taken_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["realm", "export", "taken_at"], name="taken_by_export"),
            models.Index(fields=["realm", "digest"], name="taken_by_digest"),
        ]
        constraints = [
            models.CheckConstraint(name="taken_file_is_known", condition=Q(file__in=list(FILES)))
        ]


class Report(RealmRow):
    """A report on half a year or a year of a unit.

    ``said_sealed`` are the organiser's own words, by heading. ``figures`` is empty while they are
    counted whenever it is read; once it is finished they stay.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    first = models.DateField()
    last = models.DateField()
    said_sealed = models.BinaryField()
    version = models.PositiveIntegerField(default=1)
    begun_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    figures = models.JSONField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["realm", "unit", "first"], name="report_by_unit")]
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "unit", "first", "last"], name="one_report_of_a_period"
            ),
            models.CheckConstraint(
                name="report_ends_after_it_begins", condition=Q(first__lte=F("last"))
            ),
            models.CheckConstraint(
                name="finished_figures_stay",
                condition=Q(figures=None, finished_at=None)
                | Q(figures__isnull=False, finished_at__isnull=False),
            ),
        ]
