"""Requests to read what was said in a talk, by somebody who was not in it."""

from uuid import UUID

from django.db import models
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from tanxin.apps.archive.models import Record
from tanxin.apps.org.models import Person
from tanxin.apps.org.recusals import not_kept_from
from tanxin.apps.realms.models import RealmRow
from tanxin.core.access import READ_ON_REQUEST, Actor, Relation

MOST_HOURS = 72
MOST_HOURS_IN_EMERGENCY = 8
VERDICTS = ("approved", "refused", "withdrawn")
REVIEWS = ("justified", "unjustified")
# What belongs to the record of a talk. A memo never does.
OPENED_KINDS = ("record", "remark", "reason", "file")


class ContentRequest(RealmRow):
    """A supervisor asks to read a talk's record; another person decides; it ends by itself.

    In an emergency the hours are few and a third person judges afterwards. ``reason`` is sealed.
    The two of the talk are kept here, so that neither of them can decide.
    """

    asker = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    talk = models.UUIDField()
    initiator = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    subject = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    is_emergency = models.BooleanField(default=False)
    reason = models.ForeignKey(Record, models.PROTECT, related_name="+", db_index=False)
    hours = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, blank=True)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    open_until = models.DateTimeField(null=True)
    review = models.CharField(max_length=12, blank=True)
    reviewed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["realm", "talk", "asked_at"], name="content_by_talk"),
            models.Index(fields=["realm", "asker", "open_until"], name="content_by_asker"),
            models.Index(fields=["realm", "verdict", "asked_at", "id"], name="content_by_state"),
            models.Index(fields=["realm", "subject", "decided_at"], name="content_by_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "talk", "asker"],
                condition=Q(verdict=""),
                name="asked_once_until_decided",
            ),
            models.CheckConstraint(
                name="content_is_asked_for_some_hours",
                condition=Q(hours__gte=1, hours__lte=MOST_HOURS_IN_EMERGENCY)
                | Q(hours__gte=1, hours__lte=MOST_HOURS, is_emergency=False),
            ),
            models.CheckConstraint(
                name="content_is_decided_by_another",
                condition=Q(verdict="", decided_by=None, decided_at=None)
                | Q(verdict="withdrawn", decided_at__isnull=False)
                | Q(
                    ~Q(decided_by=F("asker")),
                    ~Q(decided_by=F("initiator")),
                    ~Q(decided_by=F("subject")),
                    verdict__in=["approved", "refused"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="content_is_open_only_if_approved",
                condition=Q(verdict="approved", open_until__isnull=False)
                | Q(~Q(verdict="approved"), open_until=None),
            ),
            models.CheckConstraint(
                name="an_emergency_is_judged_by_a_third",
                condition=Q(review="", reviewed_by=None, reviewed_at=None)
                | Q(
                    ~Q(reviewed_by=F("asker")),
                    ~Q(reviewed_by=F("decided_by")),
                    review__in=list(REVIEWS),
                    is_emergency=True,
                    reviewed_by__isnull=False,
                    reviewed_at__isnull=False,
                ),
            ),
        ]


def requests_kept_from(actor: Actor) -> QuerySet[ContentRequest]:
    """Requests about talks of which the actor shall find nothing; the two of the talk set that."""
    if actor.person_id is None:
        return ContentRequest.objects.none()
    shown = not_kept_from(actor, "talk", "subject")
    return ContentRequest.objects.filter(~shown, realm=actor.realm_id)


def in_force(actor: Actor) -> QuerySet[ContentRequest]:
    """What the actor may read now: the hours run, his role goes on, it is not kept from him."""
    if actor.person_id is None or actor.roles.isdisjoint(READ_ON_REQUEST):
        return ContentRequest.objects.none()
    return ContentRequest.objects.filter(
        not_kept_from(actor, "talk", "subject"),
        realm=actor.realm_id,
        asker=actor.person_id,
        verdict="approved",
        open_until__gt=Now(),
    )


def opened_as(actor: Actor, talk_id: UUID) -> frozenset[Relation]:
    """As what the actor may read a talk's record now, if he was let."""
    if actor.roles.isdisjoint(READ_ON_REQUEST):
        return frozenset()
    found = in_force(actor).filter(talk=talk_id).values_list("is_emergency", flat=True)
    return frozenset(Relation.EMERGENCY if urgent else Relation.GRANTED for urgent in found)
