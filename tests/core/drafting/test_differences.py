import pytest

from tanxin.core.drafting.differences import Difference, Kind, differences
from tanxin.core.drafting.edit import NoSuchPlace, added, moved, put, removed
from tanxin.core.drafting.rewrite import read_tree
from tanxin.packs import shipped_sources

TREE = read_tree(*shipped_sources("national").values())


def test_the_same_has_no_difference():
    assert differences(TREE, TREE) == []


def test_what_came_went_and_changed_is_named_with_its_words():
    after = put(TREE, ("version",), "2026.2")
    after = put(after, ("rules", 0, "count"), "subject")
    after = removed(after, ("rules", 1))
    after, place = added(after, ("rules",), {"id": "new"})

    found = differences(TREE, after)

    assert found[0] == Difference("pack", "", Kind.CHANGED, (("version", "2026.1", "2026.2"),))
    assert [(each.kind, each.name) for each in found[1:]] == [
        (Kind.CHANGED, TREE["rules"][0]["id"]),
        (Kind.REMOVED, TREE["rules"][1]["id"]),
        (Kind.ADDED, "new"),
    ]
    assert found[1].words == (("count", TREE["rules"][0]["count"], "subject"),)
    assert place == ("rules", len(TREE["rules"]) - 1)


def test_nothing_that_can_be_compared_is_no_difference():
    assert differences(None, [1]) == []


def test_steps_touch_nothing_else():
    tree = {"rules": [{"id": "a"}, {"id": "b"}], "words": {"states": {"x": {}}}}

    assert moved(tree, ("rules", 0), 5)["rules"] == [{"id": "b"}, {"id": "a"}]
    assert moved(tree, ("rules", 0), -5) == tree
    assert "x" not in str(removed(tree, ("words", "states", "x")))
    assert added(tree, ("types",), {}, "type_1")[1] == ("types", "type_1")
    assert (
        added(put(tree, ("types",), {"type_1": {}}), ("types",), {}, "type_1")[1][1] == "type_1_2"
    )
    for path in (("rules", 9), ("rules", "a"), ("nothing", "x")):
        with pytest.raises(NoSuchPlace):
            removed(tree, path)
        with pytest.raises(NoSuchPlace):
            moved(tree, path, 1)
