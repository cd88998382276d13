"""Conversations: who, when, in which state. What was said lives in ``apps.archive``."""

from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property

from tanxin.apps.archive.models import Attachment, Record, RecordVersion
from tanxin.apps.duties.models import Duty
from tanxin.apps.org.models import Person, PersonState
from tanxin.apps.realms.models import RealmRow
from tanxin.core.echoes import EchoQuestion
from tanxin.core.lifecycle import BEFORE_HELD, CALLED_OFF, RequestState, TalkState

CHANNELS = ("face", "visit", "phone", "video", "wechat", "mail")
# How somebody without an account said it, through somebody else; empty for his own act.
PROXIES = ("paper", "in_person", "phone")
VERDICTS = ("confirmed", "not_right", "did_not_happen")
DECISIONS = ("", "approved", "denied")
USUAL_MINUTES = 30


class GroupTalk(RealmRow):
    """Three or more sit together.

    Each who is talked with has a ``Talk`` of his own with the one who leads: his answer, his part,
    his word and his duties are in it. What all share is the summary, a record about this row.
    """

    initiator = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    planned_for = models.DateTimeField()
    held_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["realm", "initiator", "planned_for"], name="group_by_lead")]


class Talk(RealmRow):
    """One conversation.

    ``proposed_by`` is the side whose time stands, so the other side answers. ``held_at``,
    ``entered_at`` and the confirmation are three different facts; a talk with a ``late`` reason
    was entered late, whatever the limit is today. ``steps`` counts its moves, so that who answers
    a page that has become old is told so. ``led_since`` is when the initiator took it over.
    ``from_paper`` stays for good: its record was typed from a signed sheet by somebody else.
    ``manner`` is how it is held (``core.policy.Conduct``), as the rules of its day said when it was
    arranged; ``because`` why it is held in another way than they name.
    """

    initiator = models.ForeignKey(Person, models.PROTECT, related_name="talks_led", db_index=False)
    subject = models.ForeignKey(Person, models.PROTECT, related_name="talks", db_index=False)
    group = models.ForeignKey(
        GroupTalk, models.PROTECT, null=True, related_name="talks", db_index=False
    )
    kind = models.CharField(max_length=20)
    type = models.CharField(max_length=20, blank=True)
    manner = models.JSONField(default=dict)
    channel = models.CharField(max_length=8, default="face")
    because = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+", db_index=False)
    place_sealed = models.BinaryField(null=True)
    minutes = models.PositiveSmallIntegerField(default=USUAL_MINUTES)
    state = models.CharField(max_length=12, default=TalkState.PROPOSED.value)
    steps = models.PositiveIntegerField(default=0)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    planned_for = models.DateTimeField()
    prepared_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    entered_at = models.DateTimeField(null=True)
    confirm_by = models.DateField(null=True)
    follow_up_by = models.DateField(null=True)
    effect = models.ForeignKey(
        PersonState, models.PROTECT, null=True, related_name="+", db_index=False
    )
    late = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+", db_index=False)
    from_paper = models.BooleanField(default=False)
    closing = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField()
    led_since = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(
                fields=["realm", "initiator", "planned_for", "id"], name="talk_by_initiator"
            ),
            models.Index(fields=["realm", "subject", "planned_for", "id"], name="talk_by_subject"),
            models.Index(fields=["realm", "planned_for", "id"], name="talk_by_time"),
            models.Index(fields=["realm", "state", "planned_for", "id"], name="talk_by_state"),
            models.Index(fields=["realm", "group"], name="talk_by_group"),
            models.Index(fields=["realm", "held_at"], name="talk_by_held"),
        ]
        constraints = [
            models.CheckConstraint(
                name="talk_state_is_known", condition=Q(state__in=[s.value for s in TalkState])
            ),
            models.CheckConstraint(
                name="talk_held_iff_dated",
                condition=Q(state__in=sorted(s.value for s in BEFORE_HELD), held_at=None)
                | Q(
                    state__in=sorted(s.value for s in TalkState if s not in BEFORE_HELD),
                    held_at__isnull=False,
                ),
            ),
            models.CheckConstraint(name="talk_has_two_sides", condition=~Q(subject=F("initiator"))),
            models.CheckConstraint(name="talk_has_a_kind", condition=~Q(kind="")),
            models.CheckConstraint(
                name="talk_channel_is_known", condition=Q(channel__in=list(CHANNELS))
            ),
            models.CheckConstraint(
                name="talk_ends_with_a_reason",
                condition=~Q(state__in=sorted(s.value for s in CALLED_OFF))
                | Q(closing__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["realm", "group", "subject"],
                condition=Q(group__isnull=False),
                name="one_talk_per_person_and_group",
            ),
        ]

    @cached_property
    def duty_ids(self) -> list[UUID]:
        """The duties it is for, or met: asked once for a page that says so in several places."""
        rows = DutyMatch.objects.filter(realm=self.realm_id, talk=self.pk)
        return list(rows.values_list("duty", flat=True))


class Booked(RealmRow):
    """A quarter of an hour that an agreed talk takes of one of its two sides.

    ``by`` is the talk; for who leads several together it is the group, which takes him once.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    quarter = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "person", "quarter"], name="nobody_is_booked_twice"
            )
        ]
        indexes = [models.Index(fields=["realm", "by"], name="booked_by")]


class DutyMatch(RealmRow):
    """A talk meets a duty; one talk may meet several."""

    talk = models.ForeignKey(Talk, models.PROTECT, related_name="matches", db_index=False)
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["realm", "talk", "duty"], name="one_match_per_pair")
        ]
        indexes = [models.Index(fields=["realm", "duty"], name="match_by_duty")]


class Approval(RealmRow):
    """Somebody who may say yes or no before the subject is asked; the first word of a part counts.

    ``part`` is in which capacity, as the type of the talk names it.
    """

    talk = models.ForeignKey(Talk, models.PROTECT, related_name="approvals", db_index=False)
    part = models.CharField(max_length=20)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    decision = models.CharField(max_length=8, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["realm", "person", "decision"], name="approval_by_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "talk", "part", "person"], name="asked_once_in_each_part"
            ),
            models.CheckConstraint(
                name="approval_is_by_another", condition=~Q(person=F("asked_by"))
            ),
            models.CheckConstraint(
                name="decision_is_known", condition=Q(decision__in=list(DECISIONS))
            ),
            models.CheckConstraint(
                name="decision_is_dated",
                condition=Q(decision="", decided_at=None)
                | Q(~Q(decision=""), decided_at__isnull=False),
            ),
        ]


class Beside(RealmRow):
    """Somebody with a part in a talk beside the two: in the room, or endorsing the record after it.

    Who is in the room is named by the initiator, and known to the subject before he agrees.
    """

    talk = models.ForeignKey(Talk, models.PROTECT, related_name="beside", db_index=False)
    part = models.CharField(max_length=20)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    named_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    named_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["realm", "person", "named_at"], name="beside_by_person")]
        constraints = [
            models.UniqueConstraint(fields=["realm", "talk", "part"], name="one_in_each_part"),
            models.CheckConstraint(
                name="beside_is_named_by_another", condition=~Q(person=F("named_by"))
            ),
        ]


class Endorsement(RealmRow):
    """Somebody else's word to one version of a record, before its subject is asked."""

    talk = models.ForeignKey(Talk, models.PROTECT, related_name="endorsements", db_index=False)
    version = models.ForeignKey(RecordVersion, models.PROTECT, related_name="+", db_index=False)
    version_digest = models.BinaryField(max_length=32)
    part = models.CharField(max_length=20)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    reason = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+", db_index=False)
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "talk", "version", "part"], name="a_version_is_endorsed_once"
            )
        ]


class Signature(RealmRow):
    """Somebody signed one version of a record in a way that a rule demands; never updated.

    In a group talk ``summary`` is the version of what all share that he signed with it. ``drawing``
    is what he wrote by hand on the screen, ``proof`` his certificate with what it signed; that
    comes in addition to the login by which he gave his word.
    """

    talk = models.ForeignKey(Talk, models.PROTECT, related_name="signatures", db_index=False)
    version = models.ForeignKey(RecordVersion, models.PROTECT, related_name="+", db_index=False)
    version_digest = models.BinaryField(max_length=32)
    summary = models.ForeignKey(
        RecordVersion, models.PROTECT, null=True, related_name="+", db_index=False
    )
    part = models.CharField(max_length=12)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    means = models.CharField(max_length=12)
    drawing = models.ForeignKey(
        Attachment, models.PROTECT, null=True, related_name="+", db_index=False
    )
    proof = models.ForeignKey(
        Attachment, models.PROTECT, null=True, related_name="+", db_index=False
    )
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "talk", "version", "part", "person"],
                condition=Q(summary=None, proof=None),
                name="a_version_is_signed_once_by_each",
            ),
            models.UniqueConstraint(
                fields=["realm", "talk", "version", "summary", "part", "person"],
                condition=Q(summary__isnull=False, proof=None),
                name="both_versions_are_signed_once",
            ),
            models.UniqueConstraint(
                fields=["realm", "talk", "version_digest", "part", "person"],
                condition=Q(proof__isnull=False),
                name="a_version_is_certified_once_by_each",
            ),
            models.CheckConstraint(
                name="a_certificate_keeps_its_proof",
                condition=Q(proof=None, means__in=["relogin", "handwriting", "paper"])
                | Q(proof__isnull=False, means="certificate"),
            ),
            models.CheckConstraint(
                name="only_a_hand_draws", condition=Q(drawing=None) | Q(means="handwriting")
            ),
            models.CheckConstraint(name="signature_names_its_means", condition=~Q(means="")),
        ]


class Confirmation(RealmRow):
    """What the subject said to one version of a record. A later version is not covered by it.

    In a group talk ``summary`` is the version of what all share that he had before him. Who has no
    account says it through ``by``, who is never ``led_by``: on a signed paper, or read back to him.
    """

    talk = models.ForeignKey(Talk, models.PROTECT, related_name="confirmations", db_index=False)
    version = models.ForeignKey(RecordVersion, models.PROTECT, related_name="+", db_index=False)
    version_digest = models.BinaryField(max_length=32)
    summary = models.ForeignKey(
        RecordVersion, models.PROTECT, null=True, related_name="+", db_index=False
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    verdict = models.CharField(max_length=16)
    remark = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+", db_index=False)
    said_at = models.DateTimeField()
    proxy = models.CharField(max_length=10, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    led_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    scan = models.ForeignKey(
        Attachment, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        indexes = [models.Index(fields=["realm", "talk", "said_at"], name="confirmation_by_talk")]
        constraints = [
            models.CheckConstraint(
                name="said_by_himself_or_through_a_third",
                condition=Q(proxy="", by=None, led_by=None, scan=None)
                | Q(
                    ~Q(by=F("led_by")),
                    ~Q(by=F("person")),
                    proxy__in=list(PROXIES),
                    by__isnull=False,
                    led_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="paper_has_its_scan", condition=~Q(proxy="paper") | Q(scan__isnull=False)
            ),
            models.CheckConstraint(
                name="verdict_is_known", condition=Q(verdict__in=list(VERDICTS))
            ),
            models.UniqueConstraint(
                fields=["realm", "talk", "version"],
                condition=Q(verdict="confirmed", summary=None),
                name="a_version_is_confirmed_once",
            ),
            models.UniqueConstraint(
                fields=["realm", "talk", "version", "summary"],
                condition=Q(verdict="confirmed", summary__isnull=False),
                name="both_versions_are_confirmed_once",
            ),
        ]

    @property
    def covers(self) -> list[RecordVersion]:
        return [one for one in (self.version, self.summary) if one is not None]


class Request(RealmRow):
    """A person asks another for a talk. The topic is sealed; only the one asked reads it.

    ``through`` is who asked for somebody without an account. ``suggested`` is whom the one asked
    would pass it to. ``instead_of`` is the request that this one takes the place of.
    """

    asker = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    asked = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    through = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    suggested = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )
    instead_of = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", db_index=False
    )
    channel = models.CharField(max_length=8, default="face")
    state = models.CharField(max_length=10, default=RequestState.WAITING.value)
    asked_at = models.DateTimeField()
    answer_by = models.DateField()
    answered_at = models.DateTimeField(null=True)
    refusal = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+", db_index=False)
    talk = models.ForeignKey(Talk, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        indexes = [
            models.Index(fields=["realm", "asked", "state", "answer_by"], name="request_by_asked"),
            models.Index(fields=["realm", "asker", "asked_at"], name="request_by_asker"),
            models.Index(fields=["realm", "through", "asked_at"], name="request_by_through"),
            models.Index(fields=["realm", "state", "answer_by"], name="request_by_answer_by"),
        ]
        constraints = [
            models.CheckConstraint(
                name="request_state_is_known",
                condition=Q(state__in=[s.value for s in RequestState]),
            ),
            models.CheckConstraint(name="request_has_two_sides", condition=~Q(asked=F("asker"))),
            models.CheckConstraint(
                name="request_suggests_somebody",
                condition=~Q(state__in=["suggested", "forwarded"]) | Q(suggested__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["realm", "instead_of"], name="a_request_is_replaced_once"
            ),
        ]


class Delay(RealmRow):
    """Once, to whoever leads the one who was asked: an answer is overdue. Never what about.

    ``told`` is None where nobody leads him: then it is for those who supervise.
    """

    request = models.ForeignKey(Request, models.PROTECT, related_name="delays", db_index=False)
    told = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["realm", "request"], name="a_delay_is_told_once")
        ]
        indexes = [models.Index(fields=["realm", "told"], name="delay_by_told")]


class EchoInvitation(RealmRow):
    """Somebody is asked once in a period, weeks after a talk, how it was; see ``core.echoes``.

    It says whether he is done with it, not when, nor whether he answered.
    """

    talk = models.ForeignKey(Talk, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    leader = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    period = models.CharField(max_length=8)
    is_done = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "period", "person", "leader"], name="asked_once_in_a_period"
            ),
            models.UniqueConstraint(fields=["realm", "talk"], name="asked_once_about_a_talk"),
        ]
        indexes = [models.Index(fields=["realm", "person", "is_done"], name="echo_by_person")]


class Echo(RealmRow):
    """What somebody answered, sealed; without who and when. Gone when its period is summed up."""

    leader = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    period = models.CharField(max_length=8)
    said_sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["realm", "period"], name="echo_by_period")]


class EchoTotal(RealmRow):
    """What may be known of a period, about one who leads or the rest together; never updated."""

    period = models.CharField(max_length=8)
    leader = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    question = models.CharField(max_length=8)
    yes = models.PositiveIntegerField()
    partly = models.PositiveIntegerField()
    no = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "period", "leader", "question"], name="summed_up_once_each"
            ),
            models.UniqueConstraint(
                fields=["realm", "period", "question"],
                condition=Q(leader=None),
                name="the_rest_is_summed_up_once",
            ),
            models.CheckConstraint(
                name="echo_question_is_known",
                condition=Q(question__in=[one.value for one in EchoQuestion]),
            ),
        ]
