import pytest
from django.utils import timezone

from issue_builders import WORDING, assign, held_talk, issue_in
from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.issues import services
from tanxin.apps.issues.access import IssueForbidden, IssueNotFound
from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.refusals import UnitUnknown
from tanxin.apps.issues.services.sorting import Sorting, sort_issue
from tanxin.core.issue_kinds import KindUnknown, Reach, Weight
from tanxin.core.lifecycle import IllegalMove


def sort(world, issue_id, *, by="ada", kind="life", seen=1, **sorting):
    return sort_issue(
        world.actor(by), issue_id, kind=kind, sorting=Sorting(**sorting), seen=seen,
        at=timezone.now(),
    )  # fmt: skip


def test_the_leader_sets_it_when_raising_and_changes_it_later(world):
    centre, planning = world.units["centre"], world.units["planning"]
    issue = services.raise_issue(
        world.actor("ada"), held_talk(world).pk, kind="work", text=WORDING, at=timezone.now(),
        sorting=Sorting(Weight.URGENT, Reach.COMMON, centre),
    )  # fmt: skip
    assert (issue.weight, issue.reach, issue.unit_id) == ("urgent", "common", centre)

    issue = sort(world, issue.pk, weight=Weight.IMPORTANT, unit=planning)
    assert (issue.kind, issue.weight, issue.reach) == ("life", "important", "personal")
    assert issue.unit_id == planning
    assert AuditLeaf.objects.filter(event="issue.sorted", subject_id=issue.pk).count() == 1


def test_the_unit_follows_the_owner_unless_another_was_named(world):
    issue = issue_in(world, "assigned", owner="ben")
    assert Issue.objects.get().unit_id == world.units["planning"]

    sort(world, issue, seen=2, unit=world.units["centre"])
    assign(world, issue, owner="emil")
    assert Issue.objects.get().unit_id == world.units["centre"]
    sort(world, issue, seen=3)
    assert Issue.objects.get().unit_id == world.units["commission"]


def test_nobody_else_sorts_it_and_nothing_unknown_or_outdated_is_taken(world):
    issue = issue_in(world, "assigned")
    for name, refusal in (
        ("ben", IssueForbidden),
        ("emil", IssueForbidden),
        ("cleo", IssueNotFound),
    ):
        with pytest.raises(refusal):
            sort(world, issue, by=name, seen=2)
    with pytest.raises(KindUnknown):
        sort(world, issue, kind="gossip", seen=2)
    with pytest.raises(UnitUnknown):
        sort(world, issue, seen=2, unit=world.ada)
    with pytest.raises(IllegalMove):
        sort(world, issue, seen=1)

    assert Issue.objects.get().kind == "condition"
    assert not AuditLeaf.objects.filter(event="issue.sorted").exists()
