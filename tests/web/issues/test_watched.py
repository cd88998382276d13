"""Whoever supervises sees how issues go, and by whom; neither what they are about nor of whom."""

import pytest
from django.urls import reverse
from django.utils import timezone

from issue_builders import EVIDENCE, MEASURE, STATEMENT, WORDING, held_talk, issue_in
from tanxin.apps.archive.access import visible_records
from tanxin.apps.issues.access import visible_issues
from tanxin.apps.org.services.recusing import recuse_from_person
from tanxin.apps.talks.services import recuse_from_talk
from tanxin.core.access import Role

LIST = reverse("issues:mine") + "?show=realm"
TEXTS = (WORDING, STATEMENT, MEASURE, EVIDENCE)


@pytest.fixture
def watched(world):
    world.entrust("cleo", Role.SUPERVISOR)
    return world


@pytest.mark.parametrize("stage", ["raised", "assigned", "reported", "verified", "answered"])
def test_a_supervisor_finds_it_in_the_list_and_sees_its_course(watched, stage):
    issue_id = issue_in(watched, stage)
    cleo, page = watched.client("cleo"), reverse("issues:issue", args=[issue_id])

    listed = cleo.get(LIST)
    assert page in listed.content.decode()
    [line] = listed.context["lines"]
    assert (line.kind, line.person_id, line.held_on) == ("", None, None)
    assert line.led_by == watched.ada
    assert line.owner_id == (None if stage == "raised" else watched.emil)

    shown = cleo.get(page)
    seen = shown.context["issue"]
    assert (seen.kind, seen.subject_id, seen.talk_id, seen.records) == ("", None, None, [])
    assert seen.moves == frozenset()
    assert seen.path[0].move == "raise"
    said = listed.content.decode() + shown.content.decode()
    assert not any(text in said for text in TEXTS)
    assert "本明" not in said
    assert "工作条件" not in said
    assert not visible_records(watched.actor("cleo")).exists()


def test_nobody_else_has_the_list(watched):
    issue_in(watched, "reported")

    for name in ("ada", "dora", "emil"):
        answer = watched.client(name).get(LIST)
        assert "realm" not in dict(answer.context["tabs"])
        assert answer.context["show"] == "todo"


def test_who_supervises_and_verifies_sees_it_as_verifier(world):
    world.entrust("dora", Role.SUPERVISOR)
    page = world.client("dora").get(reverse("issues:issue", args=[issue_in(world, "reported")]))

    assert EVIDENCE in page.content.decode()
    assert WORDING not in page.content.decode()
    assert [step.move for step in page.context["issue"].path] == ["assign", "report"]


@pytest.mark.parametrize("how", ["talk", "person"])
def test_what_is_kept_from_a_supervisor_is_not_there(watched, how):
    world, talk, now = watched, held_talk(watched), timezone.now()
    world.entrust("dora", Role.SUPERVISOR)
    kept, other = (
        issue_in(world, "reported", talk=talk),
        issue_in(
            world, "raised", talk=held_talk(world, subject="cleo" if how == "person" else "ben")
        ),
    )
    if how == "talk":
        recuse_from_talk(world.actor("ben"), talk.pk, world.dora, because="wish", at=now)
        kept = issue_in(world, "raised", talk=talk)
    else:
        recuse_from_person(world.actor("ben"), world.cleo, world.ben, because="wish", at=now)
    who = "dora" if how == "talk" else "cleo"

    browser = world.client(who)
    assert browser.get(reverse("issues:issue", args=[kept])).status_code == 404
    assert [line.id for line in browser.get(LIST).context["lines"]] == [other]
    assert [one.pk for one in visible_issues(world.actor(who))] == [other]
