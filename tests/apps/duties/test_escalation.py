"""Escalation: whoever lets a talk lapse is called in by who stands above, and what recurs weighs more."""

from datetime import date, timedelta

import pytest

from tanxin.apps.duties.models import Derivation, Duty
from tanxin.apps.duties.reading.mine import owed
from tanxin.apps.duties.reading.why import why
from world import TODAY

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2026, 9, 1)
FIRST, AGAIN = "s25-1-chief-with-lower-chief.first", "s25-1-chief-with-lower-chief.again"
CALLED_IN = "s25-1-chief-who-does-not-talk"


@pytest.fixture
def court(world, adopt):
    """Ada leads the house, Ben a department, Cleo a section below it; each has a team."""
    world.team("规划处班子", "planning")
    world.sits("ben", "规划处班子", "chief")
    world.unit("综合科", "section", "planning", key="section")
    world.team("综合科班子", "section")
    world.sits("cleo", "综合科班子", "chief")
    adopt("court")


def open_ones(rule):
    rows = Duty.objects.filter(rule__rule=rule, state="open").order_by("due")
    return [(row.initiator_id, row.subject_id) for row in rows]


def test_one_derivation_finds_the_lapse_and_what_follows_from_it(world, court, derive):
    world.event("poor_review", SEPTEMBER, person="cleo", sensitive=True)

    difference = derive()

    assert open_ones(FIRST) == [(world.ben, world.cleo)]
    assert open_ones(CALLED_IN) == [(world.ada, world.ben)]
    assert difference.appeared == Duty.objects.count()
    assert Derivation.objects.count() == 1
    assert derive().count == 0


def test_it_stands_among_what_the_superior_owes_with_its_clause(world, court, derive):
    world.event("poor_review", SEPTEMBER, person="cleo", sensitive=True)
    derive()

    duty = owed(world.actor("ada"), today=TODAY).get(rule__rule=CALLED_IN)

    assert duty.kind == "warning"
    assert duty.sensitive
    assert [cite.place for cite in why(duty).rule.cites] == ["约谈"]
    assert not owed(world.actor("emil"), today=TODAY).filter(rule__rule=CALLED_IN).exists()


def test_who_talks_in_time_is_not_called_in(world, court, derive):
    world.event("poor_review", TODAY - timedelta(days=2), person="cleo", sensitive=True)

    derive()

    assert open_ones(FIRST) == [(world.ben, world.cleo)]
    assert open_ones(CALLED_IN) == []


def test_once_the_talk_is_held_late_nobody_is_called_in_any_more(world, court, derive):
    world.event("poor_review", SEPTEMBER, person="cleo", sensitive=True)
    derive()
    Duty.objects.filter(rule__rule=FIRST).update(state="met", met_on=TODAY)

    derive()

    assert open_ones(CALLED_IN) == []


def test_what_recurs_asks_for_the_heavier_talk(world, court, derive):
    world.event("poor_review", SEPTEMBER, person="cleo", sensitive=True)
    derive()
    Duty.objects.filter(rule__rule=FIRST).update(state="met", met_on=SEPTEMBER)
    world.event("minor_breach", TODAY, person="cleo", sensitive=True)

    derive()

    assert open_ones(AGAIN) == [(world.ben, world.cleo)]
    assert open_ones(FIRST) == []
