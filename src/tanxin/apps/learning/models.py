from django.db import models
from django.db.models import F, Q

from tanxin.apps.org.models import Person
from tanxin.apps.realms.models import RealmRow

READABLE = ("rights", "clause", "case")


class Case(RealmRow):
    """典型案例: how a talk went, told so that nobody can be recognised.

    Title and text are sealed as one until and after a second person has published them, because a
    draft may still name somebody.
    """

    kind = models.CharField(max_length=20)
    text_sealed = models.BinaryField()
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField()
    published_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="case_is_published_by_another",
                condition=Q(published_by=None, published_at=None)
                | Q(published_at__isnull=False) & ~Q(published_by=F("written_by")),
            )
        ]
        indexes = [models.Index(fields=["realm", "published_at", "id"], name="case_by_time")]


class ReadMark(RealmRow):
    """Somebody says that he has read something; for himself, and in rates that name nobody."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    what = models.CharField(max_length=8)
    key = models.CharField(max_length=160, blank=True)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "what", "key", "person"], name="read_once_by_each"
            ),
            models.CheckConstraint(name="readable_is_known", condition=Q(what__in=list(READABLE))),
        ]
        indexes = [models.Index(fields=["realm", "person", "read_at"], name="read_by_person")]


class CoursePassed(RealmRow):
    """Somebody has been through the course; for nobody's eyes but his own."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    passed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["realm", "person"], name="course_is_passed_once")
        ]
