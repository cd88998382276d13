from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.audit.services import record
from tanxin.apps.issues.access import issue_for
from tanxin.apps.issues.models import Issue, MeasureRole
from tanxin.apps.issues.refusals import UnitUnknown
from tanxin.apps.issues.tallies import keep_count
from tanxin.apps.issues.taxonomy import check_kind
from tanxin.apps.org.selectors.people import unit_of
from tanxin.apps.org.selectors.units import unit_on
from tanxin.apps.realms.selectors import zone_of
from tanxin.core.access import Actor, Permission
from tanxin.core.issue_kinds import Reach, Weight
from tanxin.core.lifecycle import IllegalMove


@dataclass(frozen=True, slots=True)
class Sorting:
    """``unit`` answers for the issue; without one named it is the unit of who solves it."""

    weight: Weight = Weight.GENERAL
    reach: Reach = Reach.PERSONAL
    unit: UUID | None = None


UNSORTED = Sorting()


def sort_issue(
    actor: Actor, issue_id: UUID, *, kind: str, sorting: Sorting, at: datetime, seen: int
) -> Issue:
    """The leader says anew what it is about, how weighty, whose task, and whether others have it.

    ``seen`` is the number of steps on the page that is answered. Raises ``KindRefused``,
    ``UnitUnknown``, ``IllegalMove`` where a step was taken since, and as ``issue_for``.
    """
    today = at.astimezone(zone_of(actor.realm_id)).date()
    with transaction.atomic():
        issue = issue_for(actor, issue_id, Permission.ISSUE_SORT)
        before, is_named = issue.kind, sorting.unit is not None
        check_kind(actor.realm_id, kind, beside=before)
        if sorting.unit != issue.unit_id:
            check_unit(actor.realm_id, sorting.unit, today)
        changes = {
            "kind": kind,
            "weight": sorting.weight.value,
            "reach": sorting.reach.value,
            "unit": sorting.unit if is_named else unit_of_owner(issue, today),
            "is_unit_named": is_named,
        }
        row = Issue.objects.filter(realm=actor.realm_id, pk=issue.pk, steps=seen)
        if row.update(**changes) != 1:
            raise IllegalMove("another step was taken since the page was read")
        issue.refresh_from_db(fields=list(changes))
        keep_count(issue)
        record(
            "issue.sorted",
            realm_id=actor.realm_id,
            actor=actor,
            subject_kind="issue",
            subject_id=issue.pk,
            detail={
                "kind": kind,
                "before": before,
                "weight": sorting.weight.value,
                "reach": sorting.reach.value,
                "unit": str(issue.unit_id or ""),
            },
            at=at,
        )
    return issue


def unit_of_owner(issue: Issue, on: date) -> UUID | None:
    owners = MeasureRole.objects.filter(
        realm=issue.realm_id, measure__issue=issue, role="owner"
    ).values_list("person", flat=True)
    owner = owners.first()
    return unit_of(issue.realm_id, owner, on) if owner else None


def check_unit(realm_id: UUID, unit_id: UUID | None, on: date) -> None:
    if unit_id is not None and unit_on(realm_id, unit_id, on) is None:
        raise UnitUnknown(unit_id)
