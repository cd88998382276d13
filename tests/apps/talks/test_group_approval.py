"""A talk with several whose type wants approval for each of them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from group_steps import AWAY, talk_with
from talk_kinds import adopt
from tanxin.apps.talks import services
from tanxin.apps.talks.models import GroupTalk
from tanxin.apps.talks.refusals import TooFewTogether
from tanxin.core.lifecycle import IllegalMove, TalkState

EITHER = ("form: individual\n    approval: chief", "form: either\n    approval: chief")


@pytest.fixture
def group(world):
    """Emil asks three to be admonished together; nothing is approved yet."""
    adopt(world, change=EITHER)
    people, now = [world.ben, world.cleo, world.dora], timezone.now()
    return services.propose_group(
        world.actor("emil"), with_people=people, kind="warning", type_id="admonishing",
        planned_for=now + timedelta(days=2), at=now,
    )  # fmt: skip


def approve(world, group, *names):
    for name in names:
        talk = talk_with(world, group, name)
        services.approve_talk(world.actor("ada"), talk.pk, at=timezone.now())
        services.prepare(world.actor("emil"), talk.pk, at=timezone.now())


def hold(world, group, *names):
    at = timezone.now()
    return services.hold_group(
        world.actor("emil"), group.pk, held_at=at, at=at, absence=AWAY,
        present=[world.people[name] for name in names],
    )  # fmt: skip


def shown(client, group):
    return client.get(reverse("talks:group", args=[group.pk])).content.decode()


def test_who_was_not_told_is_not_named_to_the_others(world, group, client_of):
    approve(world, group, "ben")
    cleo = talk_with(world, group, "cleo")
    services.deny_talk(world.actor("ada"), cleo.pk, reason="不宜", at=timezone.now())

    page = shown(client_of("ben"), group).partition('id="main"')[2]

    assert "本明" in page
    assert "单可" not in page  # denied
    assert "杜若" not in page  # waits
    assert "单可" in shown(client_of("emil"), group)


def test_who_still_waits_for_approval_is_called_off_when_it_is_held(world, group):
    approve(world, group, "ben", "cleo")
    hold(world, group, "ben", "cleo")

    dora = talk_with(world, group, "dora")

    assert dora.state == TalkState.NOT_APPROVED
    with pytest.raises(IllegalMove):
        services.approve_talk(world.actor("ada"), dora.pk, at=timezone.now())


def test_who_still_waits_for_approval_cannot_have_been_there(world, group):
    approve(world, group, "ben", "cleo")

    with pytest.raises(TooFewTogether):
        hold(world, group, "ben", "cleo", "dora")

    assert GroupTalk.objects.get(pk=group.pk).held_at is None


def test_the_page_asks_why_another_was_not_there_though_all_who_were_told_were(
    world, group, client_of
):
    approve(world, group, "ben", "cleo")
    emil, page = client_of("emil"), reverse("talks:group_hold", args=[group.pk])
    there = [str(world.ben), str(world.cleo)]
    moment = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    typed = {"hold-held_at": moment, "hold-present": there, "hold-absence": ""}

    assert emil.post(page, typed).status_code == 422
    assert emil.post(page, typed | {"hold-absence": AWAY}).status_code == 303
