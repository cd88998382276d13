"""From a common issue to a collective talk, an answer or a rule, on the pages."""

from datetime import timedelta
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from tanxin.apps.issues.common.models import CommonIssue
from tanxin.apps.talks.models import GroupTalk
from telling_rows import common_of, common_to_plan
from telling_steps import crowd

LIST = reverse("common:list")


def url(row, verb="common"):
    return reverse(f"common:{verb}", args=[row.pk])


def wish(people, **more):
    at = timezone.localtime() + timedelta(days=2)
    return {
        "form": str(uuid4()), "people": people, "planned_for": at.strftime("%Y-%m-%dT%H:%M"),
        "minutes": "60", "channel": "face", "kind": "routine", "place": "会议室", "outline": "先说来意",
    } | more  # fmt: skip


def test_an_organiser_asks_a_leader_who_plans_it_with_five_of_the_unit(world):
    people = crowd(world, 6, talked=0)
    row, dora, ada = common_of(world), world.client("dora"), world.client("ada")
    assert "五人以上反映过这类问题" in dora.get(LIST).content.decode()
    assert ada.get(url(row)).status_code == 404
    took = dora.post(url(row, "take_up"), {"way": "talk", "leader": world.ada})
    assert (took.status_code, took["Location"]) == (303, url(row))

    assert url(row, "plan") in ada.get(url(row)).content.decode()
    form = ada.get(url(row, "plan")).content.decode()
    assert "今天不问是谁提的" in form
    few = ada.post(url(row, "plan"), wish(people[:4]))
    assert few.status_code == 422
    assert "至少邀请五人" in few.content.decode()
    sent = ada.post(url(row, "plan"), wish(people[:5]))
    group = GroupTalk.objects.get()
    assert sent["Location"] == reverse("talks:group", args=[group.pk])
    assert ada.get(url(row, "plan"))["Location"] == url(row)
    assert sent["Location"] in ada.get(url(row)).content.decode()


def test_dismissed_with_a_reason_that_organisers_read(world):
    row, dora = common_of(world), world.client("dora")
    assert dora.post(url(row, "dismiss"), {"reason": ""}).status_code == 422
    assert dora.post(url(row, "dismiss"), {"reason": "已列入计划"}).status_code == 303

    assert "已列入计划" in dora.get(url(row)).content.decode()
    assert dora.post(url(row, "dismiss"), {"reason": "再一次"}).status_code == 422


def test_as_a_rule_it_stands_with_the_drafts_and_as_an_answer_it_leads_to_one(world):
    row, other = common_of(world), common_of(world, "centre")
    dora = world.client("dora")
    dora.post(url(row, "take_up"), {"way": "rule"})
    dora.post(url(other, "take_up"), {"way": "reply"})

    assert url(row) in dora.get(reverse("rules:drafts")).content.decode()
    answer = f"{reverse('feedback:reply_new')}?common={other.pk}"
    assert answer in dora.get(url(other)).content.decode()


def test_hostile_ways_people_and_leaders_are_refused(world):
    crowd(world, 6, talked=0)
    row, dora = common_of(world), world.client("dora")
    for wrong in ({"way": "dismiss"}, {"way": "talk", "leader": uuid4()}, {}):
        assert dora.post(url(row, "take_up"), wrong).status_code == 422
    to_plan = common_to_plan(world)
    refused = world.client("ada").post(url(to_plan, "plan"), wish([str(uuid4())] * 5))

    assert refused.status_code == 422
    assert not CommonIssue.objects.filter(state="planned").exists()
