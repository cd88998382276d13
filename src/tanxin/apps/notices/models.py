from django.db import models
from django.db.models import F, Q

from tanxin.apps.org.models import Person
from tanxin.apps.realms.models import RealmRow
from tanxin.core.notices import FIRST_HOUR, HOURS, Channel, DigestState, Overdue


class Digest(RealmRow):
    """One message to one person on one day, at most; the row is its log.

    ``waits`` are marks of what it stood for that none before did, and cannot be read backwards.
    ``number`` counts the messages of a person, so that their order is true even where a clock was
    not. ``claimed_at`` is when a worker took it; ``channel`` by which way it left.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, default=DigestState.WAITING.value)
    channel = models.CharField(max_length=10, blank=True)
    waits = models.JSONField(default=list)
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "person", "day"],
                condition=~Q(state="failed"),
                name="one_digest_per_person_and_day",
            ),
            models.UniqueConstraint(
                fields=["realm", "person", "number"], name="digests_are_numbered_once"
            ),
            models.CheckConstraint(
                name="digest_state_is_known",
                condition=Q(state__in=[state.value for state in DigestState]),
            ),
            models.CheckConstraint(
                name="digest_channel_is_known",
                condition=Q(channel__in=["", *(channel.value for channel in Channel)]),
            ),
        ]
        indexes = [
            models.Index(fields=["realm", "state", "try_at"], name="digest_by_state"),
            models.Index(fields=["realm", "day", "state"], name="digest_by_day"),
        ]


class Choice(RealmRow):
    """How somebody wants to be told; its ``id`` is the person's, for whom the address is sealed.

    ``is_quiet``: only once of what he owes and what is late. Without a row he is told by mail at
    the first hour.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=10, default=Channel.MAIL.value)
    hour = models.PositiveSmallIntegerField(default=FIRST_HOUR)
    is_quiet = models.BooleanField(default=False)
    address_sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["realm", "person"], name="one_choice_of_notices"),
            models.CheckConstraint(name="choice_has_the_persons_id", condition=Q(id=F("person"))),
            models.CheckConstraint(
                name="choice_channel_is_known",
                condition=Q(channel__in=[channel.value for channel in Channel]),
            ),
            models.CheckConstraint(
                name="choice_hour_is_in_the_office", condition=Q(hour__in=list(HOURS))
            ),
        ]


class OverdueTold(RealmRow):
    """Once, to whoever leads the one who owes it: a talk or a measure is overdue. Never what about.

    ``told`` is None where nobody leads him, or whoever does is kept from it: then it is for those
    who supervise. ``noted_at`` is when it was put aside.
    """

    what = models.CharField(max_length=8)
    about_id = models.UUIDField()
    owed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    due = models.DateField()
    told = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    told_at = models.DateTimeField()
    noted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "what", "about_id"], name="what_is_overdue_is_told_once"
            ),
            models.CheckConstraint(
                name="overdue_thing_is_known",
                condition=Q(what__in=[what.value for what in Overdue]),
            ),
        ]
        indexes = [models.Index(fields=["realm", "told", "noted_at"], name="overdue_by_whom_told")]
