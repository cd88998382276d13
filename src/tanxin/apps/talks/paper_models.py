"""A talk on paper: who types it from the signed sheet, and what waits for the initiator's word."""

from django.db import models
from django.db.models import F, Q

from tanxin.apps.archive.models import Record
from tanxin.apps.org.models import Person
from tanxin.apps.realms.models import RealmRow
from tanxin.apps.talks.models import Talk

WAITING, ACCEPTED, RETURNED = "waiting", "accepted", "returned"
ENTRY_STATES = (WAITING, ACCEPTED, RETURNED)
# Chosen from a list: the initiator need not type a word.
RETURNED_BECAUSE = ("differs", "unreadable", "other_talk")


class Assistant(RealmRow):
    """Whom the initiator asked to type one talk from its sheet; until ``ended_at``."""

    talk = models.ForeignKey(Talk, models.PROTECT, related_name="+", db_index=False)
    initiator = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["realm", "person", "ended_at"], name="assistant_by_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "talk"],
                condition=Q(ended_at=None),
                name="one_types_a_talk_at_a_time",
            ),
            models.CheckConstraint(
                name="nobody_is_his_own_assistant", condition=~Q(person=F("initiator"))
            ),
        ]


class Witness(RealmRow):
    """Who reads a record to its subject, who has no account, and passes on what he says.

    Until ``ended_at``; his grant at the keeper ends then too, after ``until`` in any case.
    """

    talk = models.ForeignKey(Talk, models.PROTECT, related_name="+", db_index=False)
    initiator = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    subject = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    named_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["realm", "person", "ended_at"], name="witness_by_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "talk"],
                condition=Q(ended_at=None),
                name="one_reads_a_record_back_at_a_time",
            ),
            models.CheckConstraint(
                name="a_third_person_reads_it_back",
                condition=~Q(person=F("initiator")) & ~Q(person=F("subject")),
            ),
        ]


class PaperEntry(RealmRow):
    """What was typed from a signed sheet. It is no record before the initiator has accepted it.

    ``words`` and the scans that hang on this row are sealed for him alone until then.
    """

    talk = models.ForeignKey(Talk, models.PROTECT, related_name="+", db_index=False)
    initiator = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    entered_at = models.DateTimeField()
    held_at = models.DateTimeField()
    words = models.ForeignKey(Record, models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=8, default=WAITING)
    because = models.CharField(max_length=12, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["realm", "initiator", "state"], name="entry_by_initiator")]
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "talk"],
                condition=Q(state__in=[WAITING, ACCEPTED]),
                name="one_entry_of_a_talk_stands",
            ),
            models.CheckConstraint(
                name="the_initiator_enters_no_sheet", condition=~Q(entered_by=F("initiator"))
            ),
            models.CheckConstraint(
                name="entry_is_decided_with_its_reason",
                condition=Q(state=WAITING, decided_at=None, because="")
                | Q(state=ACCEPTED, decided_at__isnull=False, because="")
                | Q(
                    state=RETURNED,
                    decided_at__isnull=False,
                    because__in=list(RETURNED_BECAUSE),
                ),
            ),
        ]
