"""Who is asked to look: into the facts before a measure, and at the effect after the answer."""

from django.db import models
from django.db.models import Q

from tanxin.apps.archive.models import Record
from tanxin.apps.issues.models import EFFECTS, Issue
from tanxin.apps.org.models import Person
from tanxin.apps.realms.models import RealmRow

EFFECT_PARTS = ("subject", "verifier")


class Inquiry(RealmRow):
    """Somebody looks into the facts (调查核实); he is not told whose matter it is.

    It ends with what he found, or with a step of the leader that does not wait for it any more.
    """

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="inquiries", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    since = models.DateTimeField()
    asked_at = models.DateTimeField()
    wanted_on = models.DateField()
    question = models.ForeignKey(Record, models.PROTECT, related_name="+", db_index=False)
    finding = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+", db_index=False)
    found_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "issue"],
                condition=Q(ended_at=None),
                name="one_open_inquiry_per_issue",
            ),
            models.CheckConstraint(
                name="inquiry_is_found_in_words",
                condition=Q(finding=None, found_at=None)
                | Q(finding__isnull=False, found_at__isnull=False, ended_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["realm", "person", "issue"], name="inquiry_by_person")]


class EffectCheck(RealmRow):
    """Somebody is asked, some weeks after the answer, whether it helped. Silence is no word.

    ``round`` is how often the issue had been opened again when it was answered.
    """

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="effects", db_index=False)
    round = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    part = models.CharField(max_length=8)
    since = models.DateTimeField()
    asked_on = models.DateField()
    word = models.CharField(max_length=6, blank=True)
    said_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "issue", "round", "part"], name="asked_once_for_each_round"
            ),
            models.CheckConstraint(
                name="effect_part_is_known", condition=Q(part__in=list(EFFECT_PARTS))
            ),
            models.CheckConstraint(
                name="effect_is_said_in_a_word",
                condition=Q(word="", said_at=None)
                | Q(word__in=list(EFFECTS), said_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["realm", "person", "asked_on"], name="effect_by_person")]
