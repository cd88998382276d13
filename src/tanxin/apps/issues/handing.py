"""The list by which open work goes to a successor, and the two who sign it."""

from django.db import models
from django.db.models import F, Q

from tanxin.apps.org.models import Person
from tanxin.apps.realms.models import RealmRow

HANDED_KINDS = ("talk", "issue", "measure", "inquiry", "effect")


class Handover(RealmRow):
    """Planned talks, issues and measures move; memos and old conversations do not.

    The successor signs first, the one who goes last: his live session passes the texts on. Where he
    has gone already, an organiser makes the list (``proposed_by``), and who heads the unit signs
    last (``approved_by``); then no text moves.
    """

    giver = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    taker = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    proposed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )
    approved_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )
    made_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["realm", "giver", "made_at"], name="handover_by_giver"),
            models.Index(fields=["realm", "taker", "made_at"], name="handover_by_taker"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "giver", "taker"],
                condition=Q(done_at=None),
                name="one_open_handover_of_two",
            ),
            models.CheckConstraint(name="handover_is_to_another", condition=~Q(giver=F("taker"))),
            models.CheckConstraint(
                name="handover_for_another_is_approved_by_a_third",
                condition=Q(proposed_by=None, approved_by=None)
                | Q(proposed_by__isnull=False, approved_by=None, done_at=None)
                | Q(
                    ~Q(approved_by=F("proposed_by")),
                    ~Q(approved_by=F("taker")),
                    ~Q(approved_by=F("giver")),
                    proposed_by__isnull=False,
                    approved_by__isnull=False,
                    done_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="handover_is_done_when_both_signed",
                condition=Q(done_at=None) | Q(taken_at__isnull=False),
            ),
        ]


class HandedItem(RealmRow):
    """One line of the list. ``row`` names a talk or an issue, of which the kind is the part."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="items", db_index=False)
    kind = models.CharField(max_length=8)
    row = models.UUIDField()
    moved = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "handover", "kind", "row"], name="handed_over_once"
            ),
            models.CheckConstraint(
                name="handed_kind_is_known", condition=Q(kind__in=list(HANDED_KINDS))
            ),
        ]
