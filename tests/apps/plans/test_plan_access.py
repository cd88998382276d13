"""Who finds which plan and which planned talk; list and door cannot disagree."""

from datetime import date

import pytest
from django.utils import timezone

from tanxin.apps.org.services.recusing import recuse_from_person
from tanxin.apps.plans import access
from tanxin.apps.plans.models import Plan, PlannedTalk
from tanxin.apps.plans.reading.overview import leaders, plan_lines, talks_of
from tanxin.apps.plans.selectors import my_planned, weeks_with
from tanxin.core.access import Permission
from world import NAMES

TODAY = date(2026, 12, 14)
MARCH = {"opens": date(2027, 3, 1), "due": date(2027, 3, 31)}
YEAR = {"first": date(2027, 1, 1), "last": date(2027, 12, 31)}


@pytest.fixture
def plan(owed, propose):
    owed(**MARCH)
    owed("emil", "cleo", unit="centre", **MARCH)
    owed("ben", "cleo", unit="planning", sensitive=True, kind="care", **MARCH)
    return propose()


def finds(door, actor, row, not_found):
    try:
        return door(actor, row.pk, Permission.PLAN_VIEW, on=TODAY) == row
    except not_found:
        return False


@pytest.mark.parametrize("who", NAMES)
def test_the_list_holds_just_what_the_door_opens(world, plan, who):
    actor = world.actor(who)

    plans = set(access.visible_plans(actor, on=TODAY))
    talks = set(access.visible_planned(actor, on=TODAY))

    assert plans == {
        row for row in Plan.objects.all()
        if finds(access.plan_for, actor, row, access.PlanNotFound)
    }  # fmt: skip
    assert talks == {
        row for row in PlannedTalk.objects.all()
        if finds(access.planned_for, actor, row, access.PlannedNotFound)
    }  # fmt: skip


def test_leaders_see_below_them_initiators_their_own_and_others_nothing(world, plan):
    seen = {who: access.visible_planned(world.actor(who), on=TODAY).count() for who in NAMES}

    assert seen == {"ada": 3, "dora": 3, "emil": 3, "ben": 1, "cleo": 0}


def test_who_is_recused_finds_neither_talk_nor_number(world, plan):
    recuse_from_person(
        world.actor("cleo"), world.dora, world.cleo, because="dispute", at=timezone.now()
    )
    actor = world.actor("dora")

    assert access.visible_planned(actor, on=TODAY).count() == 1
    [line] = plan_lines(actor, [plan], on=TODAY)
    assert line.talks == 1
    assert [one.person_id for one in leaders(talks_of(actor, plan, on=TODAY))] == [world.ada]


def test_a_private_reason_is_for_those_with_need(world, plan):
    planned = PlannedTalk.objects.get(sensitive=True)
    knows = {who: access.may_know_reason(world.actor(who), planned) for who in NAMES}

    assert knows == {"ada": False, "emil": False, "cleo": False, "ben": True, "dora": True}


def test_the_other_side_is_told_the_week_and_only_of_what_is_followed(world, plan, approve):
    cleo = world.actor("cleo")
    assert weeks_with(cleo, today=TODAY) == []

    approve(plan)

    weeks = weeks_with(cleo, today=TODAY)
    assert {who for _, who in weeks} == {world.emil, world.ben}
    assert {monday.weekday() for monday, _ in weeks} == {0}
    assert weeks_with(world.actor("ada"), today=TODAY) == []


def test_what_one_is_to_lead_comes_from_plans_that_are_followed(world, plan, approve):
    ada = world.actor("ada")
    assert list(my_planned(ada, **YEAR)) == []

    approve(plan)

    [line] = my_planned(ada, **YEAR)
    assert (line.duty.subject_id, line.planned.initiator_id) == (world.ben, world.ada)
