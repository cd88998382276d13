"""An organiser sees that issues go on and nothing else, and does things to many of them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from issue_builders import STATEMENT, WORDING, held_talk, issue_in
from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.issues.following import Following, Reminder
from tanxin.apps.issues.models import Issue
from tanxin.apps.notices.waiting import found, wait
from tanxin.apps.org.services.recusing import recuse_from_person
from tanxin.core.access import Role

LIST = reverse("issues:mine") + "?show=process"
MANY = reverse("issues:many")


@pytest.fixture
def watched(world):
    """Dora is only an organiser here; another one is there to be given something."""
    world.person("fay", "范宜")
    world.account("fay")
    world.entrust("fay", Role.ORGANISER)
    return world


def assigned(world):
    return issue_in(world, "assigned", owner="emil", verifier="cleo")


def lines(world, name="dora", **query):
    return {
        line.id: line
        for line in world.client(name)
        .get(LIST.partition("?")[0], {"show": "process"} | query)
        .context["lines"]
    }


def last_month():
    first = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return first - timedelta(days=1)


def test_he_sees_whose_step_is_next_and_neither_matter_nor_person_nor_day(watched):
    issue = assigned(watched)
    answer = watched.client("dora").get(LIST)
    [line] = answer.context["lines"]
    said = answer.content.decode().partition("<div data-rows>")[2]

    assert (line.id, line.owner_id, str(line.turn)) == (issue, watched.emil, "责任人")
    assert (line.kind, line.person_id, line.led_by, line.raised_on, line.held_on) == (
        "", None, None, None, None,
    )  # fmt: skip
    for hidden in (
        WORDING,
        STATEMENT,
        "本明",
        "安雅",
        "工作条件",
        f"{timezone.localdate():%Y-%m-%d} 提出",
    ):
        assert hidden not in said
    assert "kind" not in answer.context["form"].fields
    page = watched.client("dora").get(reverse("issues:issue", args=[issue]))
    assert page.status_code == 404


def test_what_has_no_measure_is_told_when_its_month_is_over(watched):
    issue = issue_in(watched, "raised")
    assert lines(watched) == {}
    Issue.objects.filter(pk=issue).update(raised_at=last_month())

    assert str(lines(watched)[issue].turn) == "谈话人"
    assert lines(watched, kind="condition", stage="to_plan").keys() == {issue}


def test_what_is_kept_from_him_is_not_there_and_nobody_else_has_the_list(watched):
    issue = assigned(watched)
    recuse_from_person(
        watched.actor("ben"), watched.dora, watched.ben, because="wish", at=timezone.now()
    )

    assert lines(watched) == {}
    assert lines(watched, "fay").keys() == {issue}
    for name in ("ada", "cleo"):
        assert "process" not in dict(watched.client(name).get(LIST).context["tabs"])
        posted = watched.client(name).post(MANY, {"issue": [issue], "act": "remind"})
        assert posted.status_code in {403, 404}
    posted = watched.client("dora").post(MANY, {"issue": [issue], "act": "remind"})
    assert posted.status_code == 303
    assert not Reminder.objects.exists()


def test_reminding_reaches_whose_turn_it_is_once_a_day_and_ends_with_his_step(watched):
    issue = assigned(watched)
    dora, now = watched.client("dora"), timezone.now()

    def told(name):
        reminders = Reminder.objects.values_list("pk", flat=True)
        marks = {wait(f"reminder {pk}", late=True): pk for pk in reminders}
        waits = found(watched.actor(name), now, timezone.localdate())
        return [marks[mark] for mark in waits if mark in marks]

    for _ in range(2):
        dora.post(MANY, {"issue": [issue], "act": "remind"})
    [reminder] = Reminder.objects.all()
    assert reminder.person_id == watched.emil
    assert told("emil") == [reminder.pk]
    assert told("ada") == []
    assert lines(watched)[issue].reminded_on == timezone.localdate()
    dora.post(reverse("issues:unremind", args=[reminder.act]))
    assert told("emil") == []
    assert dora.post(reverse("issues:unremind", args=[reminder.act])).status_code == 404
    dora.post(MANY, {"issue": [issue], "act": "remind"})
    Issue.objects.filter(pk=issue).update(steps=3)
    assert told("emil") == []
    assert AuditLeaf.objects.filter(event="issue.reminded").count() == 3


def test_issues_are_given_to_an_organiser_and_taken_back(watched):
    one, two = assigned(watched), assigned(watched)
    dora, fay = watched.client("dora"), watched.people["fay"]
    dora.post(MANY, {"issue": [one], "act": "follow", "follower": watched.dora})
    dora.post(MANY, {"issue": [one, two], "act": "follow", "follower": fay})
    assert {line.follower_id for line in lines(watched).values()} == {fay}
    assert lines(watched, "fay", mine="1").keys() == {one, two}
    assert lines(watched, mine="1") == {}

    act = Following.objects.filter(person=fay).first().given_in
    dora.post(reverse("issues:unfollow", args=[act]))
    followers = {key: line.follower_id for key, line in lines(watched).items()}
    assert followers == {one: watched.dora, two: None}
    assert dora.post(reverse("issues:unfollow", args=[act])).status_code == 404
    dora.post(MANY, {"issue": [one], "act": "follow", "follower": watched.ada})
    assert lines(watched)[one].follower_id == watched.dora
    dora.post(MANY, {"issue": [one], "act": "follow", "follower": ""})
    assert lines(watched)[one].follower_id is None


def test_a_list_on_paper_holds_what_the_page_holds_and_is_noted(watched):
    one, two = assigned(watched), assigned(watched)
    page = watched.client("dora").post(
        MANY, {"issue": [one, held_talk(watched).pk], "act": "print"}
    )

    said = page.content.decode()
    assert str(one)[:6].upper() in said
    assert str(two)[:6].upper() not in said
    assert "安雅" not in said
    assert AuditLeaf.objects.filter(event="issue.listed").count() == 1
    empty = watched.client("dora").post(MANY, {"act": "print"})
    assert empty.status_code == 303
