"""The summary of a talk with several, where something changes beside it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from group_steps import PART, SUMMARY, talk_with
from tanxin.apps.archive.access import visible_records
from tanxin.apps.archive.services import search_texts
from tanxin.apps.org.actors import actor_of
from tanxin.apps.org.models import Charge, Seat
from tanxin.apps.talks import services


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
