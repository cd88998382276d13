from django.db import models
from django.db.models import F, Q

from tanxin.apps.duties.models import Decided, settled_by_another
from tanxin.apps.org.models import Person
from tanxin.apps.realms.models import RealmRow
from tanxin.apps.talks.models import Talk


class Hold(RealmRow):
    """The texts of a talk are kept whatever their time is.

    It holds from the moment it is asked for, until a second person refuses it, or until two have
    lifted it. The reasons are sealed.
    """

    talk = models.ForeignKey(Talk, models.PROTECT, related_name="+", db_index=False)
    reason_sealed = models.BinaryField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )
    confirmed_at = models.DateTimeField(null=True)
    lift_sealed = models.BinaryField(null=True)
    lift_asked_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )
    lift_asked_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["realm", "ended_at", "asked_at"], name="hold_by_end")]
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "talk"], condition=Q(ended_at=None), name="a_talk_is_held_once"
            ),
            models.CheckConstraint(
                name="hold_is_confirmed_by_another",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="hold_ends_by_two",
                condition=Q(ended_by=None, ended_at=None)
                | Q(ended_at__isnull=False, confirmed_by=None) & ~Q(ended_by=F("asked_by"))
                | Q(ended_at__isnull=False, lift_asked_by__isnull=False)
                & ~Q(ended_by=F("lift_asked_by")),
            ),
        ]


class Disposal(Decided):
    """A list of talks whose texts are to be destroyed: ``asked_by`` drew it up and signed first.

    Approved by a second signature it is carried out in the same moment. ``digest`` is over the
    lines of all texts that are gone, as the log has it.
    """

    digest = models.CharField(max_length=128, blank=True)
    texts = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["realm", "asked_at"], name="disposal_by_time")]
        constraints = [*settled_by_another("disposal")]


class Listed(RealmRow):
    """One talk on a list: when it was closed, since when its texts may go, what there was."""

    disposal = models.ForeignKey(Disposal, models.PROTECT, related_name="listed", db_index=False)
    talk = models.ForeignKey(Talk, models.PROTECT, related_name="+", db_index=False)
    closed_on = models.DateField()
    due_on = models.DateField()
    years = models.PositiveSmallIntegerField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "disposal", "talk"], name="a_talk_is_listed_once"
            ),
            models.UniqueConstraint(
                fields=["realm", "talk"],
                condition=Q(erased_at__isnull=False),
                name="a_talk_is_disposed_of_once",
            ),
        ]
        indexes = [models.Index(fields=["realm", "talk"], name="listed_by_talk")]
