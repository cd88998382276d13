"""Putting a planned talk on another day: what it breaks, what follows, and the way back."""

from datetime import date

import pytest
from django.utils import timezone

from talk_steps import events_about
from tanxin.apps.duties.models import Duty
from tanxin.apps.plans import services
from tanxin.apps.plans.access import PlannedForbidden, PlannedNotFound
from tanxin.apps.plans.models import Plan, PlannedTalk
from tanxin.apps.plans.refusals import (
    ChangedMeanwhile,
    OutsideItsTime,
    PlanIsClosed,
    PlannedIsOver,
)
from tanxin.apps.plans.services import moving
from tanxin.core.planning import Breach

TODAY = date(2026, 12, 14)
MARCH = {"opens": date(2027, 3, 1), "due": date(2027, 3, 31)}
TUESDAY, WEDNESDAY, SATURDAY = date(2027, 3, 9), date(2027, 3, 10), date(2027, 3, 13)


@pytest.fixture
def planned(owed, propose, rows):
    owed(**MARCH)
    [row] = rows(propose())
    return row


@pytest.fixture
def two(owed, propose, rows, move):
    """Ada's and Emil's talks with Ben, on the Tuesday and on the Wednesday."""
    owed(**MARCH)
    owed("emil", **MARCH)
    plan = propose()
    one, other = sorted(rows(plan), key=lambda row: row.initiator_id)
    move(one, TUESDAY)
    other.refresh_from_db()
    move(other, WEDNESDAY)
    one.refresh_from_db()
    other.refresh_from_db()
    return one, other


def test_it_moves_one_talk_and_logs_it(planned, move):
    change = move(planned, TUESDAY, by="ada")

    planned.refresh_from_db()
    assert (planned.day, planned.because) == (TUESDAY, "chosen")
    assert change.is_harmless
    assert events_about(planned) == ["plan.moved"]


def test_a_talk_with_the_same_person_that_day_makes_room_and_is_named(two, move):
    one, other = two

    change = move(one, WEDNESDAY)

    assert set(change.breaches) == {Breach.SUBJECT_HAS_ANOTHER, Breach.TOO_CLOSE} or (
        Breach.SUBJECT_HAS_ANOTHER in change.breaches
    )
    assert list(change.followed) == [other.pk]
    other.refresh_from_db()
    assert other.day not in (WEDNESDAY, None)
    assert other.because == "made_room"


def test_looking_at_what_a_move_breaks_changes_nothing(world, two):
    one, other = two

    change = services.what_moving_breaks(
        world.actor("ada" if one.initiator_id == world.ada else "emil"),
        one.pk,
        WEDNESDAY,
        today=TODAY,
    )

    assert not change.is_harmless
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.day, other.day) == (TUESDAY, WEDNESDAY)


def test_it_is_taken_back_with_all_that_followed(world, two, move):
    one, other = two
    before = move(one, WEDNESDAY).before

    services.put_back(world.actor("dora"), one.pk, before, today=TODAY, at=timezone.now())

    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.day, other.day) == (TUESDAY, WEDNESDAY)


def test_nothing_is_put_back_outside_its_time(world, planned):
    with pytest.raises(OutsideItsTime):
        services.put_back(
            world.actor("dora"), planned.pk, {planned.pk: date(2027, 5, 4)},
            today=TODAY, at=timezone.now(),
        )  # fmt: skip


def test_what_is_absent_is_said_and_may_be_overruled(world, planned, move):
    world.state("ben", "leave", start=date(2027, 3, 8), end=date(2027, 3, 12))

    change = move(planned, TUESDAY)

    assert change.breaches == [Breach.SUBJECT_ABSENT]
    planned.refresh_from_db()
    assert planned.day == TUESDAY


@pytest.mark.parametrize("day", [SATURDAY, date(2027, 2, 26), date(2027, 4, 1)])
def test_by_hand_too_it_stays_on_working_days_in_its_time(planned, move, day):
    before = planned.day

    with pytest.raises(OutsideItsTime):
        move(planned, day)
    planned.refresh_from_db()
    assert planned.day == before
    assert events_about(planned) == []


def test_not_before_today(planned, move):
    with pytest.raises(OutsideItsTime):
        move(planned, TUESDAY, today=date(2027, 3, 20))


def test_what_was_held_stands_where_it_stood(planned, move):
    Duty.objects.update(state="met")

    with pytest.raises(PlannedIsOver):
        move(planned, TUESDAY)


def test_a_plan_that_was_replaced_is_not_changed(planned, move):
    Plan.objects.update(state="superseded")

    with pytest.raises(PlanIsClosed):
        move(planned, TUESDAY)


def test_of_two_who_move_it_the_second_is_told(planned):
    PlannedTalk.objects.update(day=WEDNESDAY)
    planned.day = TUESDAY

    with pytest.raises(ChangedMeanwhile):
        moving.put(planned, date(2027, 3, 11), "chosen")


def test_others_may_not_and_strangers_do_not_find_it(planned, move):
    with pytest.raises(PlannedForbidden):
        move(planned, TUESDAY, by="emil")
    for stranger in ("ben", "cleo"):
        with pytest.raises(PlannedNotFound):
            move(planned, TUESDAY, by=stranger)


def test_moving_one_of_many_asks_few_questions(
    world, owed, propose, rows, move, django_assert_max_num_queries
):
    owed(**MARCH)
    for number in range(12):
        world.person(f"p{number}")
        owed("ada", f"p{number}", **MARCH)
    planned = rows(propose())[0]

    with django_assert_max_num_queries(30):
        move(planned, TUESDAY)
