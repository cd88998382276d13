from django.db import models
from django.db.models import F, Q

from tanxin.apps.org.models import Delegation, Event, Person, Unit
from tanxin.apps.realms.models import Realm, RealmRow
from tanxin.core.lifecycle import DutyState

# The four of everybody; packs may bring more.
KINDS = ("routine", "care", "office", "warning")
VERDICTS = ("approved", "refused", "withdrawn")


class RuleRow(RealmRow):
    """One version of one rule as it was in force when duties were derived from it; never updated.

    ``text`` is the canonical JSON of the rule with its citations and parameters, so that a past
    duty can be explained long after the pack has changed.
    """

    pack = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    rule = models.CharField(max_length=80)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    text = models.JSONField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "pack", "version", "rule"], name="rule_version_is_unique"
            )
        ]


class PackInForce(RealmRow):
    """One version of a pack that a realm has adopted, with the text it was adopted in.

    It rules from ``start`` until the day before ``end``, within the validity the pack itself names.
    The text is kept, so that a new release of a shipped pack changes nothing by itself.
    """

    pack = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    file = models.CharField(max_length=200)
    text = models.TextField()
    start = models.DateField()
    end = models.DateField(null=True)
    adopted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "pack", "version"], name="pack_version_is_adopted_once"
            ),
            models.CheckConstraint(
                name="pack_ends_after_start", condition=Q(end=None) | Q(end__gt=F("start"))
            ),
        ]


class Duty(models.Model):
    """Somebody owes somebody a talk.

    ``id`` is derived from the duty's identity, so deriving twice finds the same row; ``subject``
    is empty where any partner will do. ``shared`` means that others of the initiator's group may
    hold the talk as well. ``ordinal`` counts where a period wants several talks of the same two.
    """

    id = models.UUIDField(primary_key=True)
    realm = models.ForeignKey(Realm, models.PROTECT, related_name="+", db_index=False)
    rule = models.ForeignKey(RuleRow, models.PROTECT, related_name="+", db_index=False)
    period = models.CharField(max_length=40)
    ordinal = models.PositiveSmallIntegerField(default=1)
    initiator = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    subject = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    mutual = models.BooleanField()
    shared = models.BooleanField(default=False)
    opens = models.DateField()
    due = models.DateField()
    kind = models.CharField(max_length=20)
    form = models.CharField(max_length=10)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    via = models.UUIDField()
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+", db_index=False)
    basis = models.CharField(max_length=1000)
    sensitive = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default=DutyState.OPEN.value)
    met_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["realm", "initiator", "state", "due", "id"], name="duty_by_lead"),
            models.Index(fields=["realm", "subject", "state", "due", "id"], name="duty_by_subject"),
            models.Index(fields=["realm", "unit", "state", "due", "id"], name="duty_by_unit"),
            models.Index(fields=["realm", "via"], name="duty_by_via"),
        ]
        constraints = [
            models.CheckConstraint(
                name="duty_state_is_known", condition=Q(state__in=[s.value for s in DutyState])
            ),
            models.CheckConstraint(
                name="duty_has_two_sides",
                condition=Q(subject=None) | ~Q(subject=F("initiator")),
            ),
            models.CheckConstraint(name="duty_opens_before_due", condition=Q(opens__lte=F("due"))),
            models.CheckConstraint(name="duty_has_a_kind", condition=~Q(kind="")),
        ]


class Waiver(RealmRow):
    """A duty need not be met: why, and who approved it, who is not the one that recorded it."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="waivers", db_index=False)
    reason_sealed = models.BinaryField()
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    approved_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    approved_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["realm", "duty"], name="duty_is_waived_once"),
            models.CheckConstraint(
                name="waiver_is_approved_by_another",
                condition=~Q(approved_by=F("recorded_by")),
            ),
        ]


class Decided(RealmRow):
    """Something is asked for, and somebody else says yes or says why not; the words are sealed."""

    reason_sealed = models.BinaryField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, blank=True)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    answer_sealed = models.BinaryField(null=True)

    class Meta:
        abstract = True


def settled_by_another(table: str) -> list[models.CheckConstraint]:
    """Who asks may withdraw; the word of yes or no is somebody else's."""
    return [
        models.CheckConstraint(
            name=f"{table}_verdict_is_known", condition=Q(verdict__in=["", *VERDICTS])
        ),
        models.CheckConstraint(
            name=f"{table}_is_decided_by_another",
            condition=Q(verdict="", decided_by=None)
            | (Q(verdict="withdrawn") & Q(decided_by=F("asked_by")))
            | (Q(verdict__in=["approved", "refused"]) & ~Q(decided_by=F("asked_by"))),
        ),
    ]


class WaiverRequest(Decided):
    """Somebody asks that a duty need not be met."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes = [
            models.Index(fields=["realm", "verdict", "asked_at"], name="waiver_request_by_time"),
            models.Index(fields=["realm", "duty"], name="waiver_request_by_duty"),
        ]
        constraints = [
            *settled_by_another("waiver_request"),
            models.UniqueConstraint(
                fields=["realm", "duty"], condition=Q(verdict=""), name="one_waiver_is_asked_for"
            ),
        ]


class DelegationRequest(Decided):
    """Somebody asks that another may hold talks for him, by one rule or, empty, all that allow it.

    Once approved ``delegation`` is the fact that came of it.
    """

    delegate = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    rule = models.CharField(max_length=80, blank=True)
    start = models.DateField()
    end = models.DateField()
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        indexes = [
            models.Index(fields=["realm", "verdict", "asked_at"], name="delegation_asked_by_time"),
            models.Index(fields=["realm", "asked_by", "asked_at"], name="delegation_asked_by"),
        ]
        constraints = [
            *settled_by_another("delegation_request"),
            models.CheckConstraint(
                name="delegation_asked_to_another", condition=~Q(delegate=F("asked_by"))
            ),
            models.CheckConstraint(
                name="delegation_asked_ends_after_start", condition=Q(end__gt=F("start"))
            ),
        ]


class Outlook(models.Model):
    """Next year is being planned: duties are derived until a day that is farther than a month."""

    realm = models.OneToOneField(Realm, models.PROTECT, primary_key=True, related_name="+")
    until = models.DateField()


class Derivation(RealmRow):
    """One run of the rules over the facts, and what it changed."""

    at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    appeared = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    vanished = models.PositiveIntegerField()
    digest = models.BinaryField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["realm", "at"], name="derivation_by_time")]
