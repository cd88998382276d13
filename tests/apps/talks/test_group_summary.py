"""The summary of a talk with several, where something changes beside it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from group_steps import PART, SUMMARY, held_together, part_of, summed_up, talk_with
from talk_kinds import adopt
from tanxin.apps.archive.access import visible_records
from tanxin.apps.archive.services import search_texts
from tanxin.apps.org.actors import actor_of
from tanxin.apps.org.models import Charge, Seat
from tanxin.apps.talks import services
from tanxin.apps.talks.groups import standing_of
from tanxin.apps.talks.models import Signature
from tanxin.apps.talks.refusals import NothingRecorded
from tanxin.core.lifecycle import TalkState


@pytest.fixture
def led_by_emil(world):
    """Emil, who is in charge of the planning unit, talked with two of it together."""
    world.post("规划处科员", "planning")
    for name in ("pam", "pit"):
        world.person(name)
        world.account(name)
        world.holds(name, "规划处科员")
    emil, now = world.actor("emil"), timezone.now()
    people = [world.people[name] for name in ("pam", "pit")]
    group = services.propose_group(
        emil, with_people=people, kind="routine", planned_for=now + timedelta(days=1), at=now
    )
    services.hold_group(emil, group.pk, held_at=now, present=people, absence="", at=timezone.now())
    services.write_summary(emil, group.pk, text=SUMMARY, at=timezone.now())
    services.write_record(emil, talk_with(world, group, "pam").pk, text=PART, at=timezone.now())
    return group


def later(world, name):
    """The actor three days on, at his keyboard."""
    on = timezone.localdate() + timedelta(days=3)
    actor = actor_of(world.accounts[name], on=on, realm_id=world.realm_id)
    return replace(actor, session=world.session(name))


def kinds_seen(actor):
    return sorted(row.about_kind for row in visible_records(actor))


def test_the_summary_goes_with_the_charge_on_which_it_was_led(world, led_by_emil):
    assert kinds_seen(later(world, "emil")) == ["group", "talk"]
    ends = timezone.localdate() + timedelta(days=1)
    for ground in (Charge, Seat):
        ground.objects.filter(person=world.emil).update(end=ends)

    emil = later(world, "emil")

    assert kinds_seen(emil) == []
    assert list(search_texts(emil, [SUMMARY[4:8]])) == []
    assert kinds_seen(later(world, "pam")) == ["group", "talk"]
    assert kinds_seen(later(world, "pit")) == ["group"]


@pytest.fixture
def signed_once(world):
    """Ben has signed his part together with the first version of the summary."""
    adopt(world)
    group = held_together(world, kind="counsel")
    written(world, group, 0)
    part_of(world, group, "ben")
    sign(world, group)
    return group


def written(world, group, before):
    services.write_summary(
        world.actor("ada"), group.pk, text=f"第{before + 1}版", answers={"course": "好"},
        expected_version=before, at=timezone.now(),
    )  # fmt: skip


def sign(world, group):
    talk = talk_with(world, group, "ben")
    return services.confirm_record(
        world.actor("ben"), talk.pk, digest=standing_of(talk).digest, at=timezone.now(),
        means="relogin",
    )  # fmt: skip


def test_a_new_summary_is_signed_anew_beside_the_same_part(world, signed_once):
    written(world, signed_once, 1)

    assert sign(world, signed_once).state == TalkState.CONFIRMED

    one, two = Signature.objects.order_by("signed_at")
    assert one.version == two.version
    assert (one.summary.number, two.summary.number) == (1, 2)


def test_who_has_only_the_summary_adds_a_remark_to_it(world):
    group = summed_up(world)
    talk = talk_with(world, group, "ben")

    remark = services.add_remark(world.actor("ben"), talk.pk, text="补充一句", at=timezone.now())

    assert remark.about_id == talk.pk
    assert remark not in visible_records(world.actor("cleo"))


def test_nothing_is_added_before_the_summary(world):
    talk = talk_with(world, held_together(world), "ben")

    with pytest.raises(NothingRecorded):
        services.add_remark(world.actor("ben"), talk.pk, text="补充", at=timezone.now())
