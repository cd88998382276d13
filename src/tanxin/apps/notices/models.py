from django.db import models
from django.db.models import Q

from tanxin.apps.org.models import Person
from tanxin.apps.realms.models import RealmRow
from tanxin.core.notices import DigestState


class Digest(RealmRow):
    """One message to one person on one day, at most; the row is its log.

    ``waits`` are marks of what waited when it was made, and cannot be read backwards; the next one
    is made when something waits that the last one sent did not stand for. ``claimed_at`` is when a
    worker took it.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    state = models.CharField(max_length=12, default=DigestState.WAITING.value)
    waits = models.JSONField(default=list)
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "person", "day"], name="one_digest_per_person_and_day"
            ),
            models.CheckConstraint(
                name="digest_state_is_known",
                condition=Q(state__in=[state.value for state in DigestState]),
            ),
        ]
        indexes = [
            models.Index(fields=["realm", "state", "try_at"], name="digest_by_state"),
            models.Index(fields=["realm", "day", "state"], name="digest_by_day"),
        ]


class NoMail(RealmRow):
    """Somebody chose not to be written to; his page of things to do is enough for him."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["realm", "person"], name="no_mail_once")]
