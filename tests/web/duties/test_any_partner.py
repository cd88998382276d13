"""A duty whose rule leaves open with whom: who is meant, and who is not."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from tanxin.apps.duties.models import Duty
from tanxin.apps.org.models import BranchMember
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.selectors import duties_of

NEW = reverse("talks:new")


@pytest.fixture
def duty(world, derived):
    """Emil owes a talk to any other member of his branch: Faye and Gus, not Cleo."""
    for key, name in (("faye", "费一"), ("gus", "顾二")):
        world.person(key, name, politics="01")
        world.in_branch(key, "branch")
    world.in_branch("emil", "branch")
    derived()
    return Duty.objects.filter(rule__rule="branch-member-member", initiator=world.emil).first()


def proposal():
    tomorrow = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    fields = {"planned_for": tomorrow, "channel": "face", "kind": "routine", "place": ""}
    return {"form": str(uuid4())} | fields


def test_it_names_the_duty_and_lists_whom_the_rule_means(world, client_of, duty):
    html = client_of("emil").get(NEW, {"duty": duty.pk}).content.decode()

    assert "党员" in html
    assert f"{duty.due.year}年{duty.due.month}月{duty.due.day}日" in html
    for key in ("faye", "gus"):
        assert f"?with={world.people[key]}&amp;duty={duty.pk}" in html
    for key in ("cleo", "emil"):
        assert str(world.people[key]) not in html.split("<main", 1)[1]


def test_who_is_found_besides_is_offered_without_the_duty(world, client_of, duty):
    html = client_of("emil").get(NEW, {"duty": duty.pk, "q": "单可"}).content.decode()

    assert f'?with={world.cleo}"' in html
    assert f"?with={world.cleo}&amp;duty" not in html
    assert "不属于" in html
    assert "没有找到" in client_of("emil").get(NEW, {"duty": duty.pk, "q": "查无"}).content.decode()


@pytest.mark.parametrize("verb", ["get", "post"])
def test_with_somebody_not_meant_the_duty_is_refused_before_anything_is_proposed(
    world, client_of, duty, verb
):
    url = f"{NEW}?with={world.cleo}&duty={duty.pk}"
    answer = getattr(client_of("emil"), verb)(url, proposal() if verb == "post" else None)

    assert answer.status_code == 422
    assert "单可" in answer.content.decode()
    assert "不能完成" in answer.content.decode()
    assert not Talk.objects.exists()


def test_with_somebody_meant_the_talk_is_for_the_duty(world, client_of, duty):
    client_of("emil").post(f"{NEW}?with={world.people['faye']}&duty={duty.pk}", proposal())

    talk = Talk.objects.get()
    assert talk.subject_id == world.people["faye"]
    assert duties_of(talk) == [duty.pk]


def test_where_nobody_else_is_there_the_page_says_so(world, client_of, duty):
    Duty.objects.filter(pk=duty.pk).update(via=uuid4())

    html = client_of("emil").get(NEW, {"duty": duty.pk}).content.decode()

    assert "empty-state" in html


def test_a_person_who_leaves_before_that_day_is_refused_for_it(world, client_of, duty):
    membership = BranchMember.objects.filter(person=world.people["faye"])
    membership.update(end=timezone.localdate())
    answer = client_of("emil").post(f"{NEW}?with={world.people['faye']}&duty={duty.pk}", proposal())

    assert answer.status_code == 422
    assert not Talk.objects.exists()
