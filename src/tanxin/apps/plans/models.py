from django.db import models
from django.db.models import F, Q

from tanxin.apps.duties.models import Duty
from tanxin.apps.org.models import Person, Unit
from tanxin.apps.realms.models import RealmRow
from tanxin.core.planning import Because, PlanState


class Plan(RealmRow):
    """When the talks of a unit, and of all under it, are to be held, from a day to a day.

    ``laid_from`` is the first day on which it could put a talk: a plan that is proposed in the
    middle of its time leaves the past alone. ``per_week`` and ``per_day`` bound what one initiator
    leads, ``apart`` is how many working days two talks with one person should lie apart.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    first = models.DateField()
    last = models.DateField()
    laid_from = models.DateField()
    state = models.CharField(max_length=10, default=PlanState.PROPOSED.value)
    per_week = models.PositiveSmallIntegerField()
    per_day = models.PositiveSmallIntegerField()
    apart = models.PositiveSmallIntegerField()
    proposed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )
    approved_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["realm", "unit", "state", "first"], name="plan_by_unit")]
        constraints = [
            models.CheckConstraint(
                name="plan_state_is_known", condition=Q(state__in=[s.value for s in PlanState])
            ),
            models.CheckConstraint(
                name="plan_days_are_in_order",
                condition=Q(first__lte=F("laid_from")) & Q(laid_from__lte=F("last")),
            ),
            models.CheckConstraint(
                name="plan_is_approved_at_a_time",
                condition=Q(state__in=["proposed", "dropped"], approved_at=None)
                | Q(state="approved", approved_at__isnull=False)
                | Q(state="superseded"),
            ),
            models.UniqueConstraint(
                fields=["realm", "unit", "first", "last"],
                condition=Q(state="approved"),
                name="one_plan_is_followed",
            ),
        ]


class PlannedTalk(RealmRow):
    """One talk of a plan: with whom is what its duties say. Without a day there was no room.

    ``opens`` and ``due`` are the days on which it meets all its duties. ``place`` is the unit one
    has to travel to. ``sensitive`` is whether one of its duties is.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="talks", db_index=False)
    initiator = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    place = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    day = models.DateField(null=True)
    because = models.CharField(max_length=10, blank=True)
    opens = models.DateField()
    due = models.DateField()
    kind = models.CharField(max_length=20)
    can_gather = models.BooleanField(default=False)
    sensitive = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["realm", "plan", "initiator", "day"], name="planned_by_plan"),
            models.Index(fields=["realm", "initiator", "day"], name="planned_by_lead"),
        ]
        constraints = [
            models.CheckConstraint(
                name="planned_day_has_a_reason",
                condition=Q(day=None, because="")
                | Q(day__isnull=False, because__in=[why.value for why in Because]),
            ),
            models.CheckConstraint(
                name="planned_opens_before_due", condition=Q(opens__lte=F("due"))
            ),
            models.CheckConstraint(name="planned_has_a_kind", condition=~Q(kind="")),
        ]


class PlannedDuty(RealmRow):
    """A planned talk is to meet a duty; no duty is planned twice in one plan."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+", db_index=False)
    planned = models.ForeignKey(PlannedTalk, models.PROTECT, related_name="duties", db_index=False)
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes = [
            models.Index(fields=["realm", "planned"], name="planned_duty_by_talk"),
            models.Index(fields=["realm", "duty"], name="planned_duty_by_duty"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["realm", "plan", "duty"], name="a_duty_is_planned_once")
        ]
