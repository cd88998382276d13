"""What was raised and what came of it. The wording is sealed in ``apps.archive``."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tanxin.apps.archive.models import Record
from tanxin.apps.org.models import Person, Unit
from tanxin.apps.realms.models import RealmRow
from tanxin.apps.talks.models import Talk
from tanxin.core.issue_kinds import Reach, Weight
from tanxin.core.lifecycle import IssueMove, IssueState

MEASURE_ROLES = ("owner", "verifier")
VERDICTS = ("solved", "sent_back")
STEP_MOVES = ("raise", *(move.value for move in IssueMove))


class Issue(RealmRow):
    """Something raised in a talk that wants an answer.

    ``waiting_for`` is whose act comes next, nobody once it is answered; ``wanted_on`` is the day
    that act is wanted, by which to-do lists are ordered. ``steps`` counts the steps taken: a change
    is refused when another step was taken since the row was read. ``led_by`` is who led the talk,
    or the successor who took the issue over at ``led_since``; he is no side of the talk itself.
    ``kind`` is a key of the realm's own list (``taxonomy``). ``unit`` answers for it: the owner's,
    unless the leader named another (``is_unit_named``).
    """

    talk = models.ForeignKey(Talk, models.PROTECT, related_name="issues", db_index=False)
    led_by = models.ForeignKey(Person, models.PROTECT, related_name="issues_led", db_index=False)
    led_since = models.DateTimeField()
    kind = models.CharField(max_length=12)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    is_unit_named = models.BooleanField(default=False)
    weight = models.CharField(max_length=9, default=Weight.GENERAL.value)
    reach = models.CharField(max_length=8, default=Reach.PERSONAL.value)
    state = models.CharField(max_length=10, default=IssueState.RAISED.value)
    waiting_for = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )
    wanted_on = models.DateField()
    steps = models.PositiveIntegerField(default=1)
    raised_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["realm", "talk"], name="issue_by_talk"),
            models.Index(fields=["realm", "led_by", "raised_at", "id"], name="issue_by_leader"),
            models.Index(fields=["realm", "raised_at", "id"], name="issue_by_time"),
            models.Index(fields=["realm", "state", "raised_at", "id"], name="issue_by_state"),
            models.Index(
                fields=["realm", "waiting_for", "wanted_on", "id"], name="issue_by_whom_it_awaits"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="issue_state_is_known", condition=Q(state__in=[s.value for s in IssueState])
            ),
            models.CheckConstraint(
                name="issue_weight_is_known", condition=Q(weight__in=[w.value for w in Weight])
            ),
            models.CheckConstraint(
                name="issue_reach_is_known", condition=Q(reach__in=[r.value for r in Reach])
            ),
            models.CheckConstraint(
                name="issue_waits_for_somebody_until_answered",
                condition=Q(state="answered", answered_at__isnull=False, waiting_for=None)
                | Q(~Q(state="answered"), answered_at=None, waiting_for__isnull=False),
            ),
        ]


class Measure(RealmRow):
    """What is done about an issue, until when.

    ``statement`` is what the initiator tells the owner about the matter, without saying whose it
    is; ``plan`` is what shall be done; ``evidence`` is the owner's last report.
    """

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="measures", db_index=False)
    statement = models.ForeignKey(Record, models.PROTECT, related_name="+", db_index=False)
    plan = models.ForeignKey(Record, models.PROTECT, related_name="+", db_index=False)
    evidence = models.ForeignKey(
        Record, models.PROTECT, null=True, related_name="+", db_index=False
    )
    due = models.DateField()
    set_at = models.DateTimeField()
    reported_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["realm", "issue"], name="one_measure_per_issue"),
            models.CheckConstraint(
                name="measure_is_reported_with_evidence",
                condition=Q(reported_at=None) | Q(evidence__isnull=False),
            ),
            models.CheckConstraint(
                name="measure_is_verified_after_report",
                condition=Q(verified_at=None) | Q(reported_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["realm", "due", "id"], name="measure_by_due")]


class MeasureRole(RealmRow):
    """One role per person and measure: whoever owns a measure cannot verify it.

    The verdict stands on the verifier's own row, so the database itself refuses an owner's verdict.
    """

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="roles", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=8)
    since = models.DateTimeField(default=timezone.now)
    verdict = models.CharField(max_length=10, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "measure", "person"], name="one_role_per_person_and_measure"
            ),
            models.UniqueConstraint(
                fields=["realm", "measure", "role"], name="one_person_per_role_and_measure"
            ),
            models.CheckConstraint(
                name="measure_role_is_known", condition=Q(role__in=list(MEASURE_ROLES))
            ),
            models.CheckConstraint(
                name="only_a_verifier_decides",
                condition=Q(verdict="", decided_at=None)
                | Q(role="verifier", verdict__in=list(VERDICTS), decided_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["realm", "person", "role"], name="role_by_person_and_measure")
        ]


class Step(RealmRow):
    """One step on an issue's way, never updated: who did what when, and where its text is sealed.

    ``statement`` is only set where a measure was set: what the owner was told.
    """

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="path", db_index=False)
    number = models.PositiveIntegerField()
    move = models.CharField(max_length=10)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    text = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+", db_index=False)
    statement = models.ForeignKey(
        Record, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "issue", "number"], name="steps_are_numbered_once"
            ),
            models.CheckConstraint(
                name="step_move_is_known", condition=Q(move__in=list(STEP_MOVES))
            ),
            models.CheckConstraint(
                name="step_says_something",
                condition=Q(move="verify") | Q(text__isnull=False),
            ),
            models.CheckConstraint(
                name="only_a_measure_has_a_statement",
                condition=Q(move="assign", statement__isnull=False)
                | Q(~Q(move="assign"), statement=None),
            ),
        ]
