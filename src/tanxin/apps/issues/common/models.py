from django.db import models
from django.db.models import Q

from tanxin.apps.org.models import Person, Unit
from tanxin.apps.realms.models import RealmRow
from tanxin.apps.talks.models import GroupTalk
from tanxin.core.passing_on import CommonState

FOUND_BY = ("kind", "likeness")


class CommonIssue(RealmRow):
    """At least five people of a unit raised the same; of what kind, not who and not how many.

    ``again_from`` is how many it takes to propose the same once more after it was decided: twice as
    many. It is read by the job alone.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    found_by = models.CharField(max_length=8)
    found_on = models.DateField()
    again_from = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default=CommonState.OPEN.value)
    leader = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    group = models.ForeignKey(
        GroupTalk, models.PROTECT, null=True, related_name="+", db_index=False
    )
    reason_sealed = models.BinaryField(null=True)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["realm", "state", "found_on", "id"], name="common_by_state"),
            models.Index(fields=["realm", "leader", "state"], name="common_by_leader"),
        ]
        constraints = [
            models.CheckConstraint(
                name="common_state_is_known",
                condition=Q(state__in=[state.value for state in CommonState]),
            ),
            models.CheckConstraint(
                name="common_way_is_known", condition=Q(found_by__in=list(FOUND_BY))
            ),
            models.UniqueConstraint(
                fields=["realm", "unit", "kind"],
                condition=Q(state="open"),
                name="one_open_proposal_per_unit_and_kind",
            ),
            models.CheckConstraint(
                name="common_is_decided_by_somebody",
                condition=Q(state="open", decided_by=None, decided_at=None)
                | Q(~Q(state="open"), decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="common_is_dismissed_with_a_reason",
                condition=~Q(state="dismissed") | Q(reason_sealed__isnull=False),
            ),
            models.CheckConstraint(
                name="common_talk_has_a_leader",
                condition=~Q(state__in=["talk", "planned"]) | Q(leader__isnull=False),
            ),
        ]
