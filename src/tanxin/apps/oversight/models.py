"""What asked for a look and what became of it. No word that was confided stands here."""

from django.db import models
from django.db.models import F, Q

from tanxin.apps.archive.models import Record
from tanxin.apps.org.models import Person
from tanxin.apps.realms.models import RealmRow
from tanxin.apps.talks.models import Talk
from tanxin.core.oversight.facts import Sign
from tanxin.core.oversight.settling import Outcome, SignalState


class Signal(RealmRow):
    """A question about how ``person`` leads talks: never a finding, and no score reads it.

    ``anchor`` and ``round`` name it again on the next day; ``told`` are the figures of its
    evidence. It is gone when its reason is, if nobody had settled it before.
    """

    sign = models.CharField(max_length=12)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    anchor = models.CharField(max_length=80)
    round = models.PositiveSmallIntegerField(default=1)
    told = models.JSONField(default=dict)
    state = models.CharField(max_length=8, default=SignalState.OPEN.value)
    found_at = models.DateTimeField()
    explanation = models.ForeignKey(
        Record, models.PROTECT, null=True, related_name="+", db_index=False
    )
    explained_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, blank=True)
    note = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+", db_index=False)
    settled_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["realm", "state", "found_at", "id"], name="signal_by_state"),
            models.Index(fields=["realm", "person", "found_at", "id"], name="signal_by_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "sign", "person", "anchor", "round"], name="asked_about_once"
            ),
            models.CheckConstraint(
                name="sign_is_known", condition=Q(sign__in=[sign.value for sign in Sign])
            ),
            models.CheckConstraint(
                name="signal_state_is_known",
                condition=Q(state__in=[state.value for state in SignalState]),
            ),
            models.CheckConstraint(
                name="signal_is_settled_by_another",
                condition=Q(state=SignalState.SETTLED.value)
                & Q(outcome__in=[one.value for one in Outcome])
                & Q(settled_by__isnull=False, settled_at__isnull=False)
                & ~Q(settled_by=F("person"))
                | ~Q(state=SignalState.SETTLED.value)
                & Q(outcome="", settled_by=None, settled_at=None),
            ),
            models.CheckConstraint(
                name="explanation_is_dated",
                condition=Q(explanation=None, explained_at=None)
                | Q(explanation__isnull=False, explained_at__isnull=False),
            ),
        ]


class SignalTalk(RealmRow):
    """A talk that a signal is about; whoever is recused from the talk finds no signal of it."""

    signal = models.ForeignKey(Signal, models.PROTECT, related_name="talks", db_index=False)
    talk = models.ForeignKey(Talk, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["realm", "talk"], name="signal_by_talk")]
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "signal", "talk"], name="a_talk_once_in_a_signal"
            )
        ]
