import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from talk_steps import SAID, agreed, confirmed, duty_of, events_about, held, proposed, recorded
from tanxin.apps.sealing import client as keeper_client
from tanxin.apps.talks import services
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.selectors import record_of


def url(talk, verb="talk"):
    return reverse(f"talks:{verb}", args=[talk.pk])


def page(world, name, talk):
    return world.client(name).get(url(talk)).content.decode()


def test_the_page_tells_the_facts_and_the_course_and_no_text(world):
    duty = duty_of(world)
    talk = confirmed(world, duty_ids=[duty.pk], place="三楼会议室")

    for name in ("ada", "ben", "dora"):
        shown = page(world, name, talk)
        assert "安雅" in shown
        assert ("三楼会议室" in shown) == (name != "dora")
        assert duty.rule.title in shown
        assert "金丝雀" not in shown
    assert keeper_client.releases(world.realm_id, record_of(talk).pk) == []


def test_the_course_speaks_to_the_subject_and_names_once_what_was_entered_as_held(world):
    talk = confirmed(world)
    assert "您已确认" in page(world, "ben", talk)
    assert "您已确认" not in page(world, "ada", talk)

    now = timezone.now()
    when = now - timedelta(hours=2)
    entered = proposed(world, planned_for=when)
    services.hold(world.actor("ada"), entered.pk, held_at=when, at=now)
    course = page(world, "ada", entered)

    assert "补记：已谈" in course
    assert "提出时间" not in course


def test_the_two_see_who_opened_the_record_and_the_organiser_does_not(world):
    talk = recorded(world)
    world.client("ben").get(url(talk, "record"))

    assert "谁打开过记录" in page(world, "ada", talk)
    assert "本明" in page(world, "ada", talk).split("谁打开过记录")[1]
    assert "谁打开过记录" not in page(world, "dora", talk)


def test_the_organiser_sees_the_course_and_may_do_nothing(world):
    talk = proposed(world)

    shown = page(world, "dora", talk)

    assert '<form method="post" action="/talks/' not in shown
    assert url(talk, "record") not in shown


def test_each_side_is_offered_what_it_may_do_now(world):
    talk = proposed(world)
    ada, ben = page(world, "ada", talk), page(world, "ben", talk)

    assert url(talk, "agree") in ben
    assert url(talk, "refuse") in ben
    assert url(talk, "hold") not in ben
    assert url(talk, "agree") not in ada
    assert url(talk, "hold") in ada
    assert url(talk, "cancel") in ada
    assert url(talk, "cancel") in ben


def test_the_subject_agrees_on_the_page(world):
    talk = proposed(world)

    answer = world.client("ben").post(url(talk, "agree"), {"seen": talk.steps})

    assert answer.status_code == 303
    assert answer["Location"] == url(talk)
    assert Talk.objects.get().state == "agreed"


def test_an_old_page_is_answered_with_how_it_stands_now(world):
    talk = agreed(world)

    answer = world.client("ben").post(url(talk, "agree"), {"seen": 0})

    assert answer.status_code == 422
    assert "已有变化" in answer.content.decode()
    assert events_about(talk)[-1] == "talk.agreed"


def test_agreeing_to_ones_own_time_is_explained(world):
    answer = world.client("ada").post(url(proposed(world), "agree"), {})

    assert answer.status_code == 422
    assert Talk.objects.get().state == "proposed"


def test_another_time_is_proposed_on_the_page(world):
    talk = agreed(world)
    when = timezone.localtime() + timedelta(days=4)

    answer = world.client("ben").post(
        url(talk, "move"),
        {"move-planned_for": when.strftime("%Y-%m-%dT%H:%M"), "move-seen": talk.steps},
    )

    assert answer.status_code == 303
    assert Talk.objects.get().proposed_by_id == world.ben


@pytest.mark.parametrize("verb", ["cancel", "refuse"])
def test_an_end_needs_a_reason_that_only_the_two_read(world, verb):
    talk, client = proposed(world), world.client("ben")

    empty = client.post(url(talk, verb), {f"{verb}-reason": ""})
    assert empty.status_code == 422
    assert Talk.objects.get().state == "proposed"

    done = client.post(url(talk, verb), {f"{verb}-reason": "家里有急事"})
    assert done.status_code == 303
    assert "家里有急事" not in page(world, "ben", talk)
    assert "家里有急事" in world.client("ada").get(url(talk, "record")).content.decode()


def test_it_was_held_and_not_tomorrow(world):
    talk, client = agreed(world), world.client("ada")
    tomorrow = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    earlier = (timezone.localtime() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")

    assert client.post(url(talk, "hold"), {"hold-held_at": tomorrow}).status_code == 422
    assert client.post(url(talk, "hold"), {"hold-held_at": earlier}).status_code == 303
    assert Talk.objects.get().state == "held"


def test_the_subject_is_told_that_there_is_a_memo(world):
    talk = held(world)
    assert "私人备忘" not in page(world, "ben", talk)

    world.client("ada").post(url(talk, "memo"), {"text": "留意身体"})

    assert "私人备忘" in page(world, "ben", talk)
    assert "留意身体" not in page(world, "ben", talk)
    assert "留意身体" in world.client("ada").get(url(talk, "memo")).content.decode()
    assert world.client("ben").get(url(talk, "memo")).status_code == 403
    assert world.client("ada").post(url(talk, "memo"), {"text": ""}).status_code == 422


def test_a_stranger_cannot_tell_that_there_is_a_talk(world):
    talk = recorded(world)

    for name in ("talk", "record", "write", "memo"):
        assert world.client("cleo").get(url(talk, name)).status_code == 404
    assert SAID not in world.client("cleo").get(reverse("talks:mine")).content.decode()


def test_saying_that_it_was_held_begins_with_a_sensible_time_within_limits(world):
    now = timezone.localtime()
    agreed_for = now - timedelta(hours=3)
    early = agreed(world)
    Talk.objects.filter(pk=early.pk).update(planned_for=agreed_for)
    later = agreed(world)

    begun, ahead = held_field(world, early), held_field(world, later)

    assert begun["value"][:-1] == agreed_for.strftime("%Y-%m-%dT%H:%M")[:-1]
    assert ahead["value"] <= now.strftime("%Y-%m-%dT%H:%M")
    assert int(ahead["value"][-2:]) % 15 == 0
    for field in (begun, ahead):
        assert field["min"] < field["value"] <= field["max"]
        assert int(field["value"][-2:]) % 5 == 0
    assert "不晚于现在" in page(world, "ada", early)
    assert 'value="20' in world.client("ada").get(url(early, "write")).content.decode()


def held_field(world, talk):
    shown = page(world, "ada", talk)
    [field] = [tag for tag in re.findall(r"<input[^>]+>", shown) if 'name="hold-held_at"' in tag]
    return dict(re.findall(r'(\w+)="([^"]*)"', field))
