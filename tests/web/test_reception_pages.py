"""Two clicks to a time; who booked is on nobody else's page."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tanxin.apps.org.services.secretaries import name_secretary
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.receiving.models import ChangedDay, Reception
from tanxin.apps.talks.receiving.setting import Hours, set_reception
from tanxin.core.calendar import Weeks

ALL = reverse("reception:all")


@pytest.fixture
def hours(world):
    row = Hours(2, Weeks.EVERY, time(9), time(10), 30, "一楼接待室", timezone.localdate())
    return set_reception(world.actor("ada"), world.ada, row, at=timezone.now())


def offered(answer):
    page = answer.content.decode()
    return [part.split('"')[0] for part in page.split('name="slot" value="')[1:]]


def book(world, name, slot, **more):
    url = reverse("reception:leader", args=[world.ada])
    return world.client(name).post(url, {"slot": slot, "topic": "", **more})


def send(world, name, slot, topic=""):
    url = reverse("reception:leader", args=[world.ada])
    page = world.client(name).get(url).content.decode()
    form = page.split('name="form" value="')[1].split('"')[0]
    return world.client(name).post(url, {"slot": slot, "topic": topic, "form": form})


def day_page(hours):
    on = timezone.localtime(Talk.objects.get().planned_for).date()
    return reverse("reception:day", args=[hours.pk, on.isoformat()])


def test_two_clicks_from_asking_to_a_time_that_is_agreed(world, hours):
    client = world.client("cleo")
    assert f'href="{ALL}"' in client.get(reverse("talks:ask")).content.decode()
    url = reverse("reception:leader", args=[world.ada])
    overview = client.get(ALL).content.decode()
    assert f'href="{url}"' in overview
    assert "每星期三 09:00–10:00 · 一楼接待室" in overview

    answer = send(world, "cleo", offered(client.get(url))[0], topic="金丝雀：想换岗")

    talk = Talk.objects.get()
    assert answer["Location"] == reverse("talks:talk", args=[talk.pk])
    assert talk.state == "agreed"
    later = client.get(url).content.decode()
    assert "已约" in later
    assert "金丝雀" not in later
    assert send(world, "cleo", offered(client.get(url))[0]).status_code == 422
    assert "此时段" not in later


def test_who_comes_too_late_reads_so_and_what_is_made_up_books_nothing(world, hours):
    slot = offered(world.client("ben").get(reverse("reception:leader", args=[world.ada])))[0]
    send(world, "cleo", slot)

    refused = send(world, "ben", slot)

    assert refused.status_code == 422
    assert "该时段刚被约走" in refused.content.decode()
    for wrong in ("x", f"{hours.pk}|2026-13-45T00:00", f"{hours.pk}|2026-12-02T09:07:00+08:00"):
        assert send(world, "ben", wrong).status_code == 422
    assert send(world, "ada", slot).status_code == 422
    assert Talk.objects.count() == 1


def test_who_receives_and_his_secretary_read_who_comes_and_an_organiser_does_not(world, hours):
    slot = offered(world.client("ben").get(reverse("reception:leader", args=[world.ada])))[0]
    send(world, "ben", slot, topic="金丝雀：住房")
    today = timezone.localdate()
    name_secretary(world.actor("ada"), world.ada, world.cleo, start=today, at=timezone.now())

    seen = {
        name: world.client(name).get(day_page(hours)) for name in ("ada", "cleo", "dora", "emil")
    }

    pages = {name: one.content.decode() for name, one in seen.items()}
    lists = {name: page.partition('class="todo"')[2] for name, page in pages.items()}
    assert [name for name, one in lists.items() if "本明" in one.partition("</ul>")[0]] == [
        "ada",
        "cleo",
    ]
    assert seen["emil"].status_code == 403
    assert not any("金丝雀" in page for page in pages.values())
    for name in ("ada", "cleo", "dora"):
        url = reverse("reception:hours", args=[hours.pk])
        assert day_page(hours) in world.client(name).get(url).content.decode()


def test_a_stand_in_receives_for_a_day_and_nobody_on_another(world, hours):
    url = reverse("reception:leader", args=[world.ada])
    send(world, "ben", offered(world.client("ben").get(url))[0])
    page, ada = day_page(hours), world.client("ada")
    someone = {"person": str(world.emil), "find": ""}

    assert ada.post(page, {**someone, "looking": "1"}).status_code == 200
    assert ada.post(page, {**someone, "reason": ""}).status_code == 422
    assert ada.post(page, {"person": str(world.ada), "reason": "会议"}).status_code == 422
    assert world.client("emil").post(page, {**someone, "reason": "会议"}).status_code == 403
    assert ada.post(page, {**someone, "reason": "会议"}).status_code == 303

    assert "尉迟明代为接待" in world.client("ben").get(url).content.decode()
    assert world.client("emil").get(page).status_code == 200
    assert ada.post(page, {"person": "", "reason": "停电"}).status_code == 303
    assert ChangedDay.objects.get().stand_in is None
    assert "当日不接待" in world.client("ben").get(url).content.decode()
    wrong = reverse("reception:day", args=[hours.pk, "2026-99-99"])
    assert ada.get(wrong).status_code == 404


def test_hours_are_set_and_ended_on_their_pages(world):
    new, today = reverse("reception:new"), timezone.localdate()
    fields = {
        "leader": str(world.ada), "weekday": "0", "weeks": "first", "begins": "14:00",
        "ends": "16:00", "minutes": "30", "place": "一楼", "start": today.isoformat(), "last": "",
    }  # fmt: skip

    assert world.client("cleo").get(new).status_code == 403
    assert "还没有设置接待日" in world.client("cleo").get(ALL).content.decode()
    assert world.client("dora").get(new).status_code == 200
    assert world.client("ada").post(new, fields | {"ends": "14:10"}).status_code == 422
    assert world.client("dora").post(new, fields).status_code == 303

    row = Reception.objects.get()
    url = reverse("reception:hours", args=[row.pk])
    assert "每月第一个星期一" in world.client("ada").get(url).content.decode()
    send(
        world,
        "ben",
        offered(world.client("ben").get(reverse("reception:leader", args=[world.ada])))[0],
    )
    end = {"last": (today - timedelta(days=1)).isoformat(), "reason": ""}
    assert world.client("ada").post(url, end).status_code == 422
    assert world.client("ada").post(url, end | {"reason": "调整"}).status_code == 303
    assert Talk.objects.get().state == "cancelled"
    page = world.client("ben").get(reverse("reception:leader", args=[world.ada]))
    assert "近期没有接待安排" in page.content.decode()
