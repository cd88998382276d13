"""Duties become talks on days: merged, spread, around absences, and the same each time."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from talk_steps import events_about, rule_of
from tanxin.apps.duties.models import Duty
from tanxin.apps.org.access import UnitForbidden
from tanxin.apps.plans.models import Plan, PlannedDuty, PlannedTalk
from tanxin.apps.plans.refusals import NothingToPlan, SpanNotFit
from tanxin.apps.realms.selectors import work_calendar

MARCH = {"opens": date(2027, 3, 1), "due": date(2027, 3, 31)}


def test_each_open_duty_of_the_unit_and_below_stands_on_a_working_day_in_its_time(
    world, owed, propose, rows
):
    first = owed(**MARCH)
    owed("emil", "cleo", unit="centre", kind="care")
    Duty.objects.filter(pk=owed("emil", "dora").pk).update(state="met")
    elsewhere = owed("emil", "ada", unit="committee")
    Duty.objects.filter(pk=elsewhere.pk).update(unit=None)

    plan = propose(unit="commission")

    found = {planned.initiator_id: planned for planned in rows(plan)}
    assert set(found) == {world.ada, world.emil}
    calendar = work_calendar(world.realm_id)
    assert all(calendar.is_working_day(planned.day) for planned in found.values())
    assert first.opens <= found[world.ada].day <= first.due
    assert not PlannedDuty.objects.filter(duty=elsewhere).exists()
    assert (plan.state, plan.proposed_by_id) == ("proposed", world.dora)
    assert events_about(plan) == ["plan.proposed"]


def test_two_duties_of_the_same_two_are_one_talk(world, owed, propose, rows):
    whole = owed()
    tight = owed(**MARCH)
    Duty.objects.filter(pk=tight.pk).update(rule=rule_of(world, rule="before the meeting"))

    [planned] = rows(propose())

    assert (planned.opens, planned.due) == (MARCH["opens"], MARCH["due"])
    met = set(planned.duties.values_list("duty", flat=True))
    assert met == {whole.pk, tight.pk}


def test_a_duty_with_anybody_is_planned_with_nobody_named(owed, propose, rows):
    owed("ada", "nobody")
    owed("ada", "nobody", kind="routine")

    assert len(rows(propose())) == 2


def test_who_is_on_leave_is_not_planned(world, owed, propose, rows):
    owed(**MARCH)
    world.state("ben", "leave", start=date(2027, 3, 1), end=date(2027, 3, 20))

    [planned] = rows(propose())

    assert planned.day >= date(2027, 3, 20)


def test_what_finds_no_day_is_in_the_plan_without_one(world, owed, propose, rows):
    owed(**MARCH)
    world.state("ada", "study", start=date(2027, 2, 1), end=None)

    [planned] = rows(propose())

    assert (planned.day, planned.because) == (None, "")


def test_talks_in_another_house_are_one_trip(world, owed, propose, rows):
    world.person("finn", "芬恩")
    world.post("信息中心主任", "centre", "head")
    world.holds("finn", "信息中心主任")
    owed("ada", "cleo", unit="centre", **MARCH)
    owed("ada", "finn", unit="centre", **MARCH)

    one, other = rows(propose())

    assert one.day == other.day
    assert {one.because, other.because} == {"spread", "trip"}
    assert one.place_id == other.place_id == world.units["centre"]


def test_the_same_duties_give_the_same_days(owed, propose, rows):
    for kind in ("routine", "care", "office"):
        owed(kind=kind)
        owed("emil", "ben", kind=kind)
    days = [planned.day for planned in rows(propose())]
    PlannedDuty.objects.all().delete()
    PlannedTalk.objects.all().delete()
    Plan.objects.all().delete()

    assert [planned.day for planned in rows(propose())] == days


def test_proposing_again_keeps_the_days_and_replaces_the_proposal(
    owed, propose, move, rows, approve
):
    owed(**MARCH)
    before = propose()
    [planned] = rows(before)
    chosen = next(d for d in (date(2027, 3, 9), date(2027, 3, 10)) if d != planned.day)
    move(planned, chosen)
    owed("emil", "ben", opens=chosen, due=chosen)

    after = propose()

    before.refresh_from_db()
    assert before.state == "superseded"
    assert [each.because for each in rows(after) if each.initiator_id == planned.initiator_id]
    assert chosen in [each.day for each in rows(after)]


def test_what_is_followed_keeps_its_days_in_the_next_plan(owed, propose, approve, rows):
    owed(**MARCH)
    followed = approve(propose())
    [planned] = rows(followed)
    owed("ada", "cleo", **MARCH)

    again = propose()

    kept = [each.day for each in rows(again) if each.because == "kept"]
    assert kept == [planned.day]
    followed.refresh_from_db()
    assert followed.state == "approved"


def test_a_plan_for_days_that_have_begun_leaves_the_past_alone(owed, propose, rows):
    owed(**MARCH)
    middle = date(2027, 3, 20)

    [planned] = rows(propose(today=middle))

    assert planned.day >= middle


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2027, 2, 1), date(2027, 1, 1)),
        (date(2026, 1, 1), date(2026, 6, 30)),
        (date(2027, 1, 1), date(2027, 1, 1) + timedelta(days=800)),
    ],
)
def test_days_that_make_no_plan_are_refused(owed, propose, first, last):
    owed()

    with pytest.raises(SpanNotFit):
        propose(first=first, last=last)
    assert not Plan.objects.exists()


def test_a_plan_of_nothing_is_refused(world, propose):
    with pytest.raises(NothingToPlan):
        propose()


@pytest.mark.parametrize("who", ["ben", "cleo"])
def test_only_the_organiser_and_who_leads_the_unit_propose(owed, propose, who):
    owed()

    with pytest.raises(UnitForbidden):
        propose(by=who)
    assert propose(by="ada").proposed_at <= timezone.now()
    assert propose(by="emil", unit="planning").unit_id
