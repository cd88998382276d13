"""Next year is planned from September on; nothing of it is owed before its time."""

from datetime import date

import pytest
from django.utils import timezone

from tanxin.apps.duties.horizon import horizon_for, horizon_of, look_ahead, reaches
from tanxin.apps.duties.models import Duty, Outlook
from tanxin.apps.duties.reading import coverage, mine
from tanxin.apps.duties.reading.lists import Asked, listed
from tanxin.apps.duties.reading.teams import duties_via_team
from tanxin.apps.duties.selectors import duties_met_by_talk_of
from tanxin.apps.duties.services import derive_realm, put_shipped_in_force
from tanxin.apps.plans import services
from tanxin.apps.plans.models import PlannedDuty
from tanxin.apps.plans.refusals import NothingToPlan
from tanxin.packs import NATIONAL, THREE_MUSTS

SEPTEMBER = date(2026, 9, 3)
FIRST, LAST = date(2027, 1, 1), date(2027, 12, 31)


@pytest.fixture
def adopted(world):
    put_shipped_in_force(
        world.founder, (NATIONAL, THREE_MUSTS), start=date(2026, 1, 1), at=timezone.now()
    )


def propose(world, today=SEPTEMBER):
    return services.propose_plan(
        world.actor("dora"), world.units["commission"], first=FIRST, last=LAST, today=today,
        at=timezone.now(),
    )  # fmt: skip


def derive(world, today=SEPTEMBER):
    return derive_realm(None, world.realm_id, today=today, at=timezone.now(), reason="daily")


def test_from_september_on_next_year_is_planned_whole(world, adopted):
    derive(world)
    assert not Duty.objects.filter(opens__gte=FIRST).exclude(state="withdrawn").exists()

    plan = propose(world)

    days = [talk.day for talk in plan.talks.all() if talk.day]
    assert days
    assert all(FIRST <= day <= LAST for day in days)
    periods = set(PlannedDuty.objects.filter(plan=plan).values_list("duty__period", flat=True))
    assert any(period.startswith("2027-H2") or period == "2027" for period in periods)


def test_what_is_derived_for_planning_is_owed_nowhere(world, adopted):
    derive(world)
    ada, today = world.actor("ada"), SEPTEMBER

    def seen():
        unit, team = world.units["commission"], world.teams["leaders"]
        return (
            [
                sorted(rows.values_list("pk", flat=True))
                for rows in (
                    mine.owed(ada, today=today),
                    mine.coming(ada, today=today),
                    mine.owed_to(ada, today=today),
                    listed(ada, Asked(year=2027), today=today),
                    listed(ada, Asked(year=2027, unit_id=unit), today=today),
                    duties_via_team(ada, team, on=today, year=2027),
                )
            ]
            + [coverage.coverage_of(ada, unit, on=today, year=year).whole for year in (2026, 2027)]
            + [mine.counts(ada, today=today), mine.due_days(ada, 2027, today=today)]
        )

    before = seen()
    propose(world)

    assert Duty.objects.filter(opens__gte=FIRST, state="open").count() >= 3
    assert seen() == before
    met = duties_met_by_talk_of(
        world.realm_id, world.ada, world.emil, kind="routine", form="individual", channel="face",
        on=today,
    )  # fmt: skip
    assert all(duty.opens <= today for duty in met)


def test_it_stays_derived_day_by_day_and_becomes_due_when_its_time_comes(world, adopted):
    derive(world)
    propose(world)
    before = Duty.objects.filter(opens__gte=FIRST, state="open").count()

    derive(world, date(2026, 9, 4))
    assert Duty.objects.filter(opens__gte=FIRST, state="open").count() == before

    january = date(2027, 1, 4)
    derive(world, january)
    owed_now = mine.owed(world.actor("ada"), today=january)
    assert any(duty.period.startswith("2027") for duty in owed_now)
    assert propose(world, january).talks.exists()


def test_before_september_there_is_nothing_of_next_year_to_plan(world, adopted):
    august = date(2026, 8, 31)
    derive(world, august)

    with pytest.raises(NothingToPlan):
        propose(world, august)

    assert reaches(august) == date(2026, 12, 31)
    assert not Duty.objects.filter(opens__gte=FIRST).exclude(state="withdrawn").exists()


def test_a_realm_looks_as_far_as_it_plans(world, adopted):
    assert horizon_for(world.realm_id, SEPTEMBER) == horizon_of(SEPTEMBER)
    assert look_ahead(world.realm_id, SEPTEMBER, date(2029, 5, 1))
    assert horizon_for(world.realm_id, SEPTEMBER) == (date(2026, 1, 1), date(2028, 1, 1))
    assert not look_ahead(world.realm_id, SEPTEMBER, LAST)
    assert Outlook.objects.count() == 1
    assert horizon_for(world.realm_id, date(2028, 1, 5))[1] == date(2028, 2, 5)
