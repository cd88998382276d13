import pytest
from django.utils import timezone

from issue_builders import WORDING, held_talk, issue_in
from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.issues import services, taxonomy
from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.taxonomy import KindsForbidden, kinds_of
from tanxin.core.issue_kinds import SHIPPED_KINDS, KindNameTaken, KindRetired, KindUnknown


def keys(world):
    return [kind.key for kind in kinds_of(world.realm_id)]


def test_without_a_change_the_shipped_kinds_are_in_force(world):
    assert keys(world) == list(SHIPPED_KINDS)


def test_an_organiser_adds_renames_orders_and_retires_and_the_log_says_so(world):
    dora, now = world.actor("dora"), timezone.now()
    key = taxonomy.add_kind(dora, zh="老旧小区", en="Old estates", at=now)
    taxonomy.rename_kind(dora, "life", zh="生活", at=now)
    taxonomy.move_kind(dora, key, by=-1, at=now)
    taxonomy.retire_kind(dora, "style", at=now)
    taxonomy.retire_kind(dora, "style", at=now)

    kinds = {kind.key: kind for kind in kinds_of(world.realm_id)}
    assert keys(world)[-2:] == [key, "other"]
    assert (kinds[key].zh, kinds["life"].zh, kinds["work"].zh) == ("老旧小区", "生活", "")
    assert kinds["style"].is_retired
    events = AuditLeaf.objects.order_by("seq").values_list("event", flat=True)
    assert [event.split(".")[1] for event in events if event.startswith("issue_kind")] == [
        "added", "renamed", "moved", "retired",
    ]  # fmt: skip
    taxonomy.restore_kind(dora, "style", at=now)
    assert not any(kind.is_retired for kind in kinds_of(world.realm_id))


def test_nobody_else_changes_the_list_and_no_name_is_given_twice(world):
    now = timezone.now()
    for name in ("ada", "ben"):
        with pytest.raises(KindsForbidden):
            taxonomy.add_kind(world.actor(name), zh="住房", at=now)
    taxonomy.add_kind(world.actor("dora"), zh="住房", at=now)
    with pytest.raises(KindNameTaken):
        taxonomy.add_kind(world.actor("dora"), zh="住房", at=now)
    for change in (taxonomy.retire_kind, taxonomy.restore_kind):
        with pytest.raises(KindUnknown):
            change(world.actor("dora"), "nothing", at=now)
    assert len(keys(world)) == len(SHIPPED_KINDS) + 1


def test_a_retired_kind_stays_with_its_issues_and_takes_no_new_ones(world):
    old = issue_in(world, "raised")
    taxonomy.retire_kind(world.actor("dora"), "condition", at=timezone.now())

    with pytest.raises(KindRetired):
        services.raise_issue(
            world.actor("ada"), held_talk(world).pk, kind="condition", text=WORDING,
            at=timezone.now(),
        )  # fmt: skip
    assert Issue.objects.get().pk == old
    assert Issue.objects.get().kind == "condition"
