"""Reading who follows which issue, and of what somebody was reminded."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import F, Max

from tanxin.apps.issues.following import Following, Reminder
from tanxin.apps.issues.models import Issue
from tanxin.core.access import Actor

# Then it is no reminder any more; whoever follows the issue sends another one.
STANDS = timedelta(days=14)


def followers_of(realm_id: UUID, issues: Iterable[Issue]) -> dict[UUID, UUID]:
    rows = Following.objects.filter(
        realm=realm_id, issue__in=[issue.pk for issue in issues], ended_in=None
    )
    return dict(rows.values_list("issue", "person"))


def reminded_on(realm_id: UUID, issues: Iterable[Issue]) -> dict[UUID, date]:
    """When somebody was last reminded of each, since its last step."""
    rows = Reminder.objects.filter(
        realm=realm_id, issue__in=[issue.pk for issue in issues], step=F("issue__steps")
    )
    return dict(rows.values_list("issue").annotate(Max("day")))


def reminders_of(actor: Actor, *, on: date) -> dict[UUID, UUID]:
    """Issue → reminder, for what still waits for the actor since he was reminded of it."""
    if actor.person_id is None:
        return {}
    rows = Reminder.objects.filter(
        realm=actor.realm_id,
        person=actor.person_id,
        day__gt=on - STANDS,
        issue__waiting_for=actor.person_id,
        issue__steps=F("step"),
    )
    return dict(rows.order_by("day", "pk").values_list("issue", "pk"))
