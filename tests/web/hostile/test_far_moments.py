"""A moment at the end of time, once stored, would break every page that shows it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from talk_steps import agreed, asked, proposed
from tanxin.apps.talks.models import Talk

FAR = [
    "9999-12-31T23:59+00:00", "9999-12-31T23:59-12:00", "9999-12-31T23:59",
    "0001-01-01T00:00", "0001-01-01T00:00+14:00", "1800-01-01T00:00",
]  # fmt: skip
PAGES = ["home:home", "talks:mine"]


def form(**more):
    return {"form": str(uuid4()), "channel": "face", "kind": "routine", "place": "", **more}


@pytest.mark.parametrize("far", FAR)
def test_nobody_can_propose_it_to_another(world, far):
    to_ben = f"{reverse('talks:new')}?with={world.ben}"

    answer = world.client("ada").post(to_ben, form(planned_for=far))

    assert answer.status_code == 422
    assert not Talk.objects.exists()
    for page in PAGES:
        assert world.client("ben").get(reverse(page)).status_code == 200


@pytest.mark.parametrize("far", FAR)
def test_nobody_can_move_hold_or_write_a_talk_there(world, far):
    talk = agreed(world)
    before = Talk.objects.values().get()
    sent = {
        "talks:move": {"move-planned_for": far},
        "talks:hold": {"hold-held_at": far},
        "talks:write": form(
            expected_version="0", text="谈了", held_at=far, late_reason="忙", unclassified="on"
        ),
    }

    for name, fields in sent.items():
        answer = world.client("ada").post(reverse(name, args=[talk.pk]), fields)
        assert answer.status_code == 422

    assert Talk.objects.values().get() == before


def test_nobody_can_accept_a_request_for_then(world):
    request = asked(world)
    fields = {"accept-planned_for": FAR[0], "accept-kind": "routine"}

    answer = world.client("ada").post(reverse("talks:accept", args=[request.pk]), fields)

    assert answer.status_code == 422
    assert not Talk.objects.exists()


def test_a_talk_of_some_years_ago_can_still_be_written_down(world):
    talk = proposed(world)
    fields = form(
        expected_version="0",
        text="谈了",
        held_at="2024-05-01T10:00",
        late_reason="忙",
        unclassified="on",
    )

    world.client("ada").post(reverse("talks:write", args=[talk.pk]), fields)

    assert Talk.objects.get().state == "recorded"
