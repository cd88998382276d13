"""The two of a talk see who opened what they confided, when and as what; nobody else does."""

import pytest
from django.urls import reverse
from django.utils import timezone

from issue_builders import issue_in
from talk_steps import recorded
from tanxin.apps.talks import services
from world import NAMES

pytestmark = pytest.mark.django_db
HEADING = "谁打开过"


def shown(world, who, name, row_id):
    text = world.client(who).get(reverse(name, args=[row_id])).content.decode()
    return text.partition(HEADING)[2]


def test_each_line_says_as_what_somebody_opened_it(world):
    talk = recorded(world)
    world.client("ben").get(reverse("talks:record", args=[talk.pk]))

    for side in ("ada", "ben"):
        line = shown(world, side, "talks:talk", talk.pk)
        assert NAMES["ben"] in line
        assert "谈话对象" in line
        assert "都会列在这里" in line
    assert shown(world, "dora", "talks:talk", talk.pk) == ""


def test_a_remark_that_was_opened_is_there_too(world):
    talk = recorded(world)
    services.add_remark(world.actor("ben"), talk.pk, text="补充一句", at=timezone.now())
    world.client("ada").get(reverse("talks:record", args=[talk.pk]))

    lines = shown(world, "ben", "talks:talk", talk.pk)
    assert lines.count("· 谈话人 · <time") == 1
    assert NAMES["ada"] in lines


def test_so_it_is_with_an_issue_for_the_two_and_not_for_its_helpers(world):
    issue_id = issue_in(world, "assigned")
    world.client("emil").get(reverse("issues:issue", args=[issue_id]))
    world.client("ben").get(reverse("issues:issue", args=[issue_id]))

    for side in ("ada", "ben"):
        lines = shown(world, side, "issues:issue", issue_id)
        assert NAMES["emil"] in lines
        assert "责任人" in lines
        assert NAMES["ben"] in lines
    assert shown(world, "emil", "issues:issue", issue_id) == ""


def test_without_the_keeper_it_says_so(world, settings, tmp_path):
    talk = recorded(world)
    shown(world, "ben", "talks:talk", talk.pk)
    settings.TANXIN_KEEPER_SOCKET = str(tmp_path / "none.sock")
    assert "保密机暂无应答" in shown(world, "ben", "talks:talk", talk.pk)
