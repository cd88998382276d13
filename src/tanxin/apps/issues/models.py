"""What was raised and what came of it. The wording is sealed in ``apps.archive``."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tanxin.apps.archive.models import Attachment, Record
from tanxin.apps.org.models import Person, Unit
from tanxin.apps.realms.models import RealmRow
from tanxin.apps.talks.models import Talk
from tanxin.core.issue_kinds import Reach, Weight
from tanxin.core.lifecycle import IssueMove, IssueState

MEASURE_ROLES = ("owner", "co_owner", "verifier")
VERDICTS = ("solved", "sent_back")
STEP_MOVES = ("raise", *(move.value for move in IssueMove))
# Steps that may be taken without a word.
SILENT = (
    "split",
    "verify",
    "give_time",
    "take_up",
    "effect",
    "merge",
    "take_in",
    "follow",
    "release",
)
EFFECTS = ("solved", "partly", "not")
AGAIN = ("person", "unit")


class Issue(RealmRow):
    """Something raised in a talk that wants an answer.

    ``waiting_for`` is whose act comes next, nobody once it is answered; ``wanted_on`` is the day
    that act is wanted, by which to-do lists are ordered. ``steps`` counts the steps taken: a change
    is refused when another step was taken since the row was read. ``led_by`` is who led the talk,
    or the successor who took the issue over at ``led_since``; he is no side of the talk itself.
    ``kind`` is a key of the realm's own list (``taxonomy``). ``unit`` answers for it: the owner's,
    unless the leader named another (``is_unit_named``).

    ``times_reopened`` tells the rounds apart; ``effect`` is the worst that was said of this one
    since it was answered, empty while nobody said anything. ``again`` marks what came up before
    within a year, from the same person or in the same unit. ``look_again_on`` stands where it
    cannot be solved now.
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
    times_reopened = models.PositiveSmallIntegerField(default=0)
    effect = models.CharField(max_length=6, blank=True)
    effect_on = models.DateField(null=True)
    look_again_on = models.DateField(null=True)
    again = models.CharField(max_length=6, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged", db_index=False
    )
    split_from = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="parts", db_index=False
    )

    class Meta:
        indexes = [
            models.Index(fields=["realm", "merged_into"], name="issue_by_what_it_is_merged_in"),
            models.Index(fields=["realm", "split_from"], name="issue_by_what_it_is_part_of"),
            models.Index(fields=["realm", "unit", "kind", "raised_at"], name="issue_by_unit_kind"),
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
                condition=Q(
                    state__in=["answered", "explained"],
                    answered_at__isnull=False,
                    waiting_for=None,
                )
                | Q(state="merged", answered_at=None, waiting_for=None)
                | Q(
                    ~Q(state__in=["answered", "explained", "merged"]),
                    answered_at=None,
                    waiting_for__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="issue_is_merged_into_another",
                condition=Q(state="merged", merged_into__isnull=False) & ~Q(merged_into=F("id"))
                | Q(~Q(state="merged"), merged_into=None),
            ),
            models.CheckConstraint(
                name="issue_effect_is_said_of_an_answer",
                condition=Q(effect="") | Q(effect__in=list(EFFECTS), state="answered"),
            ),
            models.CheckConstraint(
                name="issue_again_is_known", condition=Q(again="") | Q(again__in=list(AGAIN))
            ),
        ]


class Measure(RealmRow):
    """What is done about an issue, until when.

    ``statement`` is what the initiator tells the owner about the matter, without saying whose it
    is; ``plan`` is what shall be done; ``evidence`` is the owner's last report. ``cause`` is for
    the initiator and who solves it. ``extended`` counts how often ``due`` was put off;
    ``asked_until`` is the day that is asked for and not decided.
    """

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="measures", db_index=False)
    statement = models.ForeignKey(Record, models.PROTECT, related_name="+", db_index=False)
    plan = models.ForeignKey(Record, models.PROTECT, related_name="+", db_index=False)
    evidence = models.ForeignKey(
        Record, models.PROTECT, null=True, related_name="+", db_index=False
    )
    cause = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+", db_index=False)
    due = models.DateField()
    extended = models.PositiveSmallIntegerField(default=0)
    asked_until = models.DateField(null=True)
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
                fields=["realm", "measure", "role"],
                condition=Q(role__in=["owner", "verifier"]),
                name="one_person_per_role_and_measure",
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

    ``statement`` is only set where a measure was set: what the owner was told. ``until`` is the
    day a step is about, ``word`` what somebody said of the effect.
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
    until = models.DateField(null=True)
    word = models.CharField(max_length=6, blank=True)

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
                condition=Q(move__in=list(SILENT)) | Q(text__isnull=False),
            ),
            models.CheckConstraint(
                name="only_a_measure_has_a_statement",
                condition=Q(move="assign", statement__isnull=False)
                | Q(~Q(move="assign"), statement=None),
            ),
        ]


class StepFile(RealmRow):
    """A file that belongs to a step: what shows that something was done."""

    step = models.ForeignKey(Step, models.PROTECT, related_name="files", db_index=False)
    file = models.ForeignKey(Attachment, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["realm", "file"], name="a_file_is_of_one_step")
        ]
        indexes = [models.Index(fields=["realm", "step"], name="file_by_step")]
