"""A request that is taken up with a talk which must be approved before anybody is told of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from talk_kinds import adopt
from tanxin.apps.talks import services
from tanxin.apps.talks.selectors import requests_to_answer
from tanxin.core.lifecycle import IllegalMove, TalkState


@pytest.fixture
def asked_of_emil(world):
    adopt(world)
    return services.ask_for_talk(
        world.actor("ben"), asked=world.emil, topic="想谈", at=timezone.now()
    )


@pytest.fixture
def awaited(world, asked_of_emil):
    return take_up(world, asked_of_emil)


def take_up(world, request):
    now = timezone.now()
    return services.accept_request(
        world.actor("emil"), request.pk, planned_for=now + timedelta(days=2), at=now,
        kind="warning", type_id="admonishing",
    )  # fmt: skip


def page(client, request):
    return client.get(reverse("talks:request", args=[request.pk])).content.decode()


def link(talk):
    return reverse("talks:talk", args=[talk.pk])


def state(request):
    request.refresh_from_db()
    return request.state


def test_who_asked_sees_it_waiting_until_the_talk_is_approved(
    world, asked_of_emil, awaited, client_of
):
    assert state(asked_of_emil) == "waiting"
    assert link(awaited) not in page(client_of("ben"), asked_of_emil)

    services.approve_talk(world.actor("ada"), awaited.pk, at=timezone.now())

    assert state(asked_of_emil) == "accepted"
    assert asked_of_emil.answered_at is not None
    assert link(awaited) in page(client_of("ben"), asked_of_emil)
    assert client_of("ben").get(link(awaited)).status_code == 200


def test_who_was_asked_answers_once_and_finds_the_talk(world, asked_of_emil, awaited, client_of):
    shown = page(client_of("emil"), asked_of_emil)

    assert link(awaited) in shown
    assert reverse("talks:accept", args=[asked_of_emil.pk]) not in shown
    assert not requests_to_answer(world.actor("emil")).exists()
    with pytest.raises(IllegalMove):
        take_up(world, asked_of_emil)
    with pytest.raises(IllegalMove):
        services.refuse_request(
            world.actor("emil"), asked_of_emil.pk, reason="不便", at=timezone.now()
        )


@pytest.mark.parametrize("by", ["ada", "emil"])
def test_not_approved_or_called_off_it_waits_for_another_answer(
    world, asked_of_emil, awaited, client_of, by
):
    verb = services.deny_talk if by == "ada" else services.cancel
    verb(world.actor(by), awaited.pk, reason="不宜", at=timezone.now())

    assert link(awaited) not in page(client_of("ben"), asked_of_emil)
    assert reverse("talks:accept", args=[asked_of_emil.pk]) in page(
        client_of("emil"), asked_of_emil
    )
    services.refuse_request(world.actor("emil"), asked_of_emil.pk, reason="不便", at=timezone.now())
    assert state(asked_of_emil) == "refused"


def test_taken_back_meanwhile_no_talk_is_proposed(world, asked_of_emil, awaited, client_of):
    services.withdraw_request(world.actor("ben"), asked_of_emil.pk, at=timezone.now())

    with pytest.raises(IllegalMove):
        services.approve_talk(world.actor("ada"), awaited.pk, at=timezone.now())

    awaited.refresh_from_db()
    assert (state(asked_of_emil), awaited.state) == ("withdrawn", TalkState.NOT_APPROVED)
    assert link(awaited) not in page(client_of("ben"), asked_of_emil)
    assert client_of("ben").get(link(awaited)).status_code == 404
    why = client_of("emil").get(reverse("talks:record", args=[awaited.pk])).content.decode()
    assert "申请人已撤回约谈申请" in why
