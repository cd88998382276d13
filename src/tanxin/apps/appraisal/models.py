"""Schemes, yearly results and what is said to them; a frozen row is never updated."""

from django.db import models
from django.db.models import F, Q

from tanxin.apps.org.models import Person, Unit
from tanxin.apps.realms.models import RealmRow
from tanxin.core.appraisal import Standing

SCHEME_STATES = ("writing", "proposed", "published", "dropped")
YEAR_STATES = ("open", "frozen")
STANDINGS = tuple(one.value for one in Standing)
VERDICTS = ("granted", "refused", "withdrawn")
# How somebody who cannot use the system said it to whoever entered it.
WAYS = ("visit", "phone", "letter", "meeting")
FORMS = ("xlsx", "docx")


class SchemeVersion(RealmRow):
    """What counts how much, from a year on. Who writes it does not put it in force."""

    number = models.PositiveIntegerField()
    first_year = models.PositiveSmallIntegerField()
    data = models.JSONField()
    state = models.CharField(max_length=10, default="writing")
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    reason_sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["realm", "number"], name="schemes_are_numbered_once"),
            models.CheckConstraint(
                name="scheme_state_is_known", condition=Q(state__in=list(SCHEME_STATES))
            ),
            models.CheckConstraint(
                name="scheme_is_published_by_another",
                condition=~Q(state="published")
                | Q(decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(decided_by=F("written_by")),
            ),
        ]


class YearTaken(RealmRow):
    """A year as it was looked at until ``until``: anew each day while open, for good once frozen.

    ``digest`` is over the digests of its results.
    """

    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, default="open")
    scheme = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="+", db_index=False)
    method = models.CharField(max_length=8)
    until = models.DateField()
    taken_at = models.DateTimeField()
    frozen_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["realm", "year"], name="a_year_is_taken_once"),
            models.CheckConstraint(
                name="a_year_is_frozen_by_somebody",
                condition=Q(state="open", frozen_by=None)
                | Q(state="frozen", frozen_by__isnull=False),
            ),
        ]


class UnitResult(RealmRow):
    """One unit in one year. ``document`` is all it rests on; ``place`` the organisation's order.

    ``answers`` is who led the unit on the last day, and speaks for it.
    """

    taken = models.ForeignKey(YearTaken, models.PROTECT, related_name="results", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    place = models.PositiveIntegerField()
    answers = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    standing = models.CharField(max_length=10)
    tenths = models.PositiveSmallIntegerField(null=True)
    document = models.TextField()
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["realm", "taken", "unit"], name="one_result_per_unit"),
            models.CheckConstraint(
                name="result_is_given_or_not",
                condition=Q(standing="given", tenths__isnull=False)
                | Q(standing__in=["too_little", "below"], tenths=None),
            ),
        ]
        indexes = [
            models.Index(fields=["realm", "taken", "place"], name="result_by_place"),
            models.Index(fields=["realm", "answers"], name="result_by_who_answers"),
        ]


class Statement(RealmRow):
    """What the one who leads the unit says to its result; sealed, and never taken back."""

    result = models.ForeignKey(UnitResult, models.PROTECT, related_name="+", db_index=False)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    text_sealed = models.BinaryField()
    written_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["realm", "result", "written_at"], name="statement_by_result")
        ]


class Appeal(RealmRow):
    """A frozen result is asked to be looked at again, by somebody who had no hand in it."""

    result = models.ForeignKey(UnitResult, models.PROTECT, related_name="+", db_index=False)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    frozen_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    reason_sealed = models.BinaryField()
    asked_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, blank=True)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    answer_sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "result"], condition=Q(verdict=""), name="one_appeal_waits"
            ),
            models.CheckConstraint(
                name="an_appeal_is_decided_by_another",
                condition=Q(verdict="", decided_by=None)
                | Q(verdict="withdrawn", decided_by=F("author"))
                | Q(
                    ~Q(decided_by=F("author")),
                    ~Q(decided_by=F("frozen_by")),
                    verdict__in=["granted", "refused"],
                    decided_by__isnull=False,
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["realm", "result", "asked_at"], name="appeal_by_result"),
            models.Index(fields=["realm", "verdict", "asked_at"], name="appeal_by_time"),
        ]


class Addition(RealmRow):
    """The result after an appeal, beside the frozen one, which stays as it was."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="+", db_index=False)
    result = models.ForeignKey(UnitResult, models.PROTECT, related_name="+", db_index=False)
    standing = models.CharField(max_length=10)
    tenths = models.PositiveSmallIntegerField(null=True)
    document = models.TextField()
    digest = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["realm", "appeal"], name="one_addition_per_appeal")
        ]
        indexes = [models.Index(fields=["realm", "result", "made_at"], name="addition_by_result")]


class Opinion(RealmRow):
    """What somebody retired, or without an account, says of a unit's year, through somebody else.

    What he said is sealed; how, when and to whom he said it stands with it for good.
    """

    year = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    said_sealed = models.BinaryField()
    way = models.CharField(max_length=8)
    said_on = models.DateField()
    present = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "year", "unit", "person"], name="one_opinion_per_person_and_year"
            ),
            models.CheckConstraint(
                name="an_opinion_is_entered_by_another", condition=~Q(entered_by=F("person"))
            ),
            models.CheckConstraint(name="opinion_way_is_known", condition=Q(way__in=list(WAYS))),
        ]
        indexes = [
            models.Index(fields=["realm", "entered_by", "entered_at"], name="opinion_by_who_typed")
        ]


class Taken(RealmRow):
    """Somebody took the table of a year away, as a file, and said what for."""

    taken = models.ForeignKey(YearTaken, models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    form = models.CharField(max_length=4)
    reason_sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["realm", "taken", "at"], name="result_taken_by_time")]
