"""Talks of one leader with people of one unit become a collective talk, if he wants it."""

from datetime import date

import pytest
from django.utils import timezone

from talk_steps import events_about
from tanxin.apps.duties.models import Duty
from tanxin.apps.plans import services
from tanxin.apps.plans.models import PlannedDuty, PlannedTalk
from tanxin.apps.plans.reading.detail import proposed_gatherings
from tanxin.apps.plans.refusals import CannotGather

TODAY = date(2026, 12, 14)
MARCH = {"opens": date(2027, 3, 1), "due": date(2027, 3, 31)}


@pytest.fixture
def four(world, owed, propose, rows):
    for number in range(4):
        world.person(f"p{number}")
        owed("ada", f"p{number}", **MARCH)
    Duty.objects.update(form="either")
    return rows(propose())


def gather(world, ids, by="ada"):
    return services.accept_gathering(world.actor(by), ids, today=TODAY, at=timezone.now())


def test_it_is_proposed_and_one_talk_takes_the_place_of_all(world, four):
    [proposed] = proposed_gatherings(four, today=TODAY)

    made = gather(world, [row.pk for row in four])

    assert set(proposed.keys) == {str(row.pk) for row in four}
    assert PlannedTalk.objects.get().pk == made.pk
    assert made.day is not None
    assert PlannedDuty.objects.filter(planned=made).count() == 4
    assert events_about(made) == ["plan.gathered"]


def test_what_must_be_told_to_one_alone_is_not_gathered(world, four):
    PlannedTalk.objects.filter(pk=four[0].pk).update(sensitive=True)
    PlannedTalk.objects.filter(pk=four[1].pk).update(can_gather=False)
    rows = list(PlannedTalk.objects.all())

    assert proposed_gatherings(rows, today=TODAY) == []
    with pytest.raises(CannotGather):
        gather(world, [row.pk for row in four])
    assert PlannedTalk.objects.count() == 4


@pytest.mark.parametrize("count", [0, 2])
def test_two_are_no_gathering(world, four, count):
    with pytest.raises(CannotGather):
        gather(world, [row.pk for row in four[:count]])


def test_what_was_held_is_not_gathered_again(world, four):
    Duty.objects.filter(subject=world.people["p0"]).update(state="met")

    with pytest.raises(CannotGather):
        gather(world, [row.pk for row in four])
