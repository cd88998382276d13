"""A time that is taken is said so, with others that are free; never with whom or what about."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from talk_steps import agreed, asked, duty_of, proposed
from tanxin.apps.org.services.secretaries import name_secretary
from tanxin.apps.talks import services
from tanxin.apps.talks.models import Talk

MORNING = timezone.localtime().replace(hour=9, minute=30, second=0, microsecond=0)
TAKEN = MORNING + timedelta(days=3)


def typed(moment, **more):
    return {"planned_for": moment.strftime("%Y-%m-%dT%H:%M"), "form": str(uuid4())} | more


def offered(answer):
    page = answer.content.decode()
    return [part.split('"')[0] for part in page.split('name="take" value="')[1:]]


@pytest.fixture
def busy(world):
    """Ben sees Emil at that time, about a thing of their own."""
    return agreed(world, by="emil", planned_for=TAKEN, kind="care")


def test_who_proposes_is_warned_and_offered_free_times_he_takes_with_one_press(world, busy):
    url = f"{reverse('talks:new')}?with={world.ben}"
    client, fields = world.client("ada"), {"channel": "face", "kind": "routine", "place": "308 室"}

    answer = client.post(url, typed(TAKEN + timedelta(minutes=15), **fields))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "该时段对方已有安排" in page
    assert "308 室" in page
    assert "尉迟明" not in page
    assert Talk.objects.get() == busy
    free = offered(answer)
    assert len(free) == 6
    assert page.count("formnovalidate") == 6
    client.post(url, typed(TAKEN, take=free[0], **fields))
    made = Talk.objects.exclude(pk=busy.pk).get()
    assert timezone.localtime(made.planned_for).strftime("%Y-%m-%dT%H:%M") == free[0]
    client.post(url, typed(TAKEN, anyway="on", **fields))
    assert Talk.objects.count() == 3


def test_of_two_who_agree_the_second_reads_why_and_moves_with_one_press(world, busy):
    talk = proposed(world, planned_for=TAKEN)
    client, url = world.client("ben"), reverse("talks:agree", args=[talk.pk])

    answer = client.post(url, {"seen": 0})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "已另行约定" in page
    talk.refresh_from_db()
    assert talk.state == "proposed"
    move = reverse("talks:move", args=[talk.pk])
    sent = typed(TAKEN, take=offered(answer)[0], **{"move-seen": 0})
    assert client.post(move, sent).status_code == 303
    warned = client.post(move, {"move-seen": 1, "move-planned_for": typed(TAKEN)["planned_for"]})
    assert warned.status_code == 422
    assert "您在该时段已有安排" in warned.content.decode()


def test_who_answers_a_request_is_offered_times_at_which_both_are_free(world, busy):
    request = asked(world)
    client = world.client("ada")
    page = client.get(reverse("talks:request", args=[request.pk]))
    accept = reverse("talks:accept", args=[request.pk])
    at_taken = {f"accept-{key}": value for key, value in typed(TAKEN, kind="routine").items()}

    assert client.post(accept, at_taken).status_code == 422
    assert client.post(accept, at_taken | {"take": offered(page)[0]}).status_code == 303


def test_a_group_is_warned_where_one_of_them_is_taken(world, busy):
    url = f"{reverse('talks:group_new')}?with={world.ben}&with={world.cleo}"
    sent = typed(TAKEN, channel="face", kind="routine")

    answer = world.client("ada").post(url, sent)

    assert answer.status_code == 422
    assert "该时段对方已有安排" in answer.content.decode()
    assert world.client("ada").post(url, sent | {"anyway": "on"}).status_code == 303


def test_the_secretary_finds_free_times_of_both_and_reads_neither_kind_nor_matter(world, busy):
    today, now = timezone.localdate(), timezone.now()
    name_secretary(world.actor("ada"), world.ada, world.cleo, start=today, at=now)
    duty = duty_of(world, kind="care")
    client, url = world.client("cleo"), reverse("access:propose", args=[world.ada])

    answer = client.post(url, typed(TAKEN, duty_id=str(duty.pk)))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "该时段其中一方已有安排" in page
    assert not any(word in page for word in ("尉迟明", "关心关爱", "care"))
    sent = typed(TAKEN, duty_id=str(duty.pk), take=offered(answer)[0])
    assert client.post(url, sent).status_code == 303
    talk = Talk.objects.get(initiator=world.ada)
    one = reverse("access:arranged", args=[talk.pk])
    moved = {"act": "move", "move-planned_for": typed(TAKEN)["planned_for"], "move-seen": 0}
    assert "该时段其中一方已有安排" in client.post(one, moved).content.decode()
    free = offered(client.get(one))
    assert client.post(one, moved | {"take": free[1], "act": ""}).status_code == 303
    services.agree(world.actor("ben"), talk.pk, at=now)
    at_that_time = {"initiator": world.ben, "planned_for": datetime.fromisoformat(free[1])}
    other = proposed(
        world, "emil", "ada", planned_for=timezone.make_aware(at_that_time["planned_for"])
    )
    answer = client.post(reverse("access:arranged", args=[other.pk]), {"act": "agree", "seen": 0})
    assert "已另行约定" in answer.content.decode()


def test_two_talks_in_one_room_at_once_are_warned_of_and_not_forbidden(world):
    duty_of(world, "ada")
    proposed(world, "emil", "cleo", planned_for=TAKEN, place="五楼 谈心室")
    url = f"{reverse('talks:new')}?with={world.ben}"
    sent = typed(TAKEN, channel="face", kind="routine", place="五楼谈心室")
    client = world.client("ada")

    answer = client.post(url, sent)

    assert answer.status_code == 422
    assert "该地点同一时段已有其他谈话安排" in answer.content.decode()
    later = TAKEN + timedelta(minutes=30)
    assert client.post(url, sent | typed(later)).status_code == 303
    assert client.post(url, sent | typed(TAKEN, place="对方办公室")).status_code == 303
    assert client.post(url, sent | {"anyway": "on"}).status_code == 303


def test_who_leads_no_talks_does_not_learn_which_rooms_are_taken(world):
    proposed(world, "emil", "cleo", planned_for=TAKEN, place="院长办公室")
    url = f"{reverse('talks:new')}?with={world.ben}"
    sent = typed(TAKEN, channel="face", kind="routine", place="院长办公室")

    assert world.client("dora").post(url, sent).status_code == 422
    assert world.client("ada").post(url, sent).status_code == 303


def test_that_others_talk_with_him_is_told_to_who_leads_him_only_and_of_owed_talks_only(world):
    now, days = timezone.now(), 3
    url = f"{reverse('talks:new')}?with={world.ben}"

    def told(name):
        return "前后30天内已有其他谈话安排" in world.client(name).get(url).content.decode()

    agreed(world, by="emil", days=days)
    request = asked(world, of="emil")
    made = services.accept_request(
        world.actor("emil"), request.pk, planned_for=now + timedelta(days=5), at=now
    )
    services.agree(world.actor("ben"), made.pk, at=now)
    assert not told("ada")
    owed = duty_of(world, "emil")
    agreed(world, by="emil", days=days, duty_ids=[owed.pk])

    assert told("ada")
    assert not told("cleo")
    assert not told("emil")
