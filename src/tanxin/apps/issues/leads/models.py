from django.db import models
from django.db.models import F, Q

from tanxin.apps.archive.models import Record
from tanxin.apps.org.models import Person, Unit
from tanxin.apps.realms.models import RealmRow
from tanxin.core.passing_on import LeadState

BEFORE = [LeadState.ASKED.value, LeadState.REFUSED.value]


class Lead(RealmRow):
    """Handed to a unit that has to deal with it, such as discipline inspection.

    ``draft`` is read by author and approver, ``handed`` by the head of the unit too, who learns of
    it only then. The raiser's page, the issue and the talk know nothing of it.
    """

    author = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    approver = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    body = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    recipient = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=10, default=LeadState.ASKED.value)
    draft = models.ForeignKey(Record, models.PROTECT, related_name="+", db_index=False)
    handed = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+", db_index=False)
    reason = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    followed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["realm", "asked_at", "id"], name="lead_by_time"),
            models.Index(fields=["realm", "author", "asked_at"], name="lead_by_author"),
            models.Index(fields=["realm", "approver", "state"], name="lead_by_approver"),
            models.Index(fields=["realm", "recipient", "decided_at"], name="lead_by_recipient"),
        ]
        constraints = [
            models.CheckConstraint(
                name="lead_state_is_known",
                condition=Q(state__in=[state.value for state in LeadState]),
            ),
            models.CheckConstraint(
                name="lead_is_approved_by_another", condition=~Q(approver=F("author"))
            ),
            models.CheckConstraint(
                name="lead_is_handed_to_another",
                condition=~Q(recipient=F("author")) & ~Q(recipient=F("approver")),
            ),
            models.CheckConstraint(
                name="lead_handed_has_a_text",
                condition=Q(state__in=BEFORE, handed=None)
                | Q(~Q(state__in=BEFORE), handed__isnull=False),
            ),
            models.CheckConstraint(
                name="lead_is_refused_with_a_reason",
                condition=Q(state="refused", reason__isnull=False)
                | Q(~Q(state="refused"), reason=None),
            ),
        ]
