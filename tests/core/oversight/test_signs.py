"""Signs are questions from facts: the same facts give the same ones, in whatever order they come."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanxin.core.oversight.facts import IssueFact, Sign, TalkFact, TextFact, Year
from tanxin.core.oversight.looking import look_at
from tanxin.core.oversight.measured import MEASURED
from tanxin.demo.trial.making import Trial
from tanxin.demo.trial.measuring import facts_of, measure, trial_year
from tanxin.demo.trial.planting import copies

MAY = datetime(2026, 5, 4, 9)
LEADER = UUID(int=1)
DAY = timedelta(days=1)


def talks(count, step=DAY, **more):
    return tuple(
        TalkFact(UUID(int=100 + at), LEADER, UUID(int=200 + at), MAY + at * step, **more)
        for at in range(count)
    )


def signs(year):
    return {(found.sign, found.person) for found in look_at(year)}


def test_the_figures_on_the_pages_are_those_of_todays_signs():
    found = measure(trial_year())

    assert found == MEASURED
    assert all(one.found >= 0.9 * one.planted for one in found.values())
    assert all(one.of_a_hundred <= 50 for one in found.values())


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_the_order_of_facts_changes_nothing_and_looking_twice_gives_the_same(seed):
    trial = Trial(Random(seed))
    copies(trial, trial.person())
    trial.honest(trial.person(), 6)
    year = facts_of(trial)
    turned = replace(year, talks=year.talks[::-1], issues=year.issues[::-1])

    assert look_at(year) == look_at(year) == look_at(turned)
    assert {found.sign for found in look_at(year)} & {Sign.COPY, Sign.LAST_YEAR}


def test_texts_under_different_keys_and_parts_of_one_group_are_not_compared():
    text = TextFact(sketch=bytes(range(256)))
    same = Year(talks(2, text=text))
    assert [found.sign for found in look_at(same)] == [Sign.COPY]

    first, second = same.talks
    renewed = replace(second, text=replace(text, key_version=2))
    assert look_at(Year((first, renewed))) == []
    together = tuple(replace(talk, group=LEADER) for talk in same.talks)
    assert look_at(Year(together)) == []


@pytest.mark.parametrize(("minutes", "clash"), [(0, True), (20, True), (21, False), (30, False)])
def test_two_talks_at_one_time_are_asked_about_and_a_few_minutes_are_not(minutes, clash):
    year = Year(talks(2, timedelta(minutes=minutes)))
    found = look_at(year)
    assert bool(found) == clash
    assert all((one.sign, one.told) == (Sign.OVERLAP, {"minutes": 30 - minutes}) for one in found)


def test_who_was_away_and_on_the_telephone_is_not_asked():
    away = {LEADER: ((date(2026, 5, 1), date(2026, 5, 9)),)}
    [talk] = talks(1)
    assert signs(Year((talk,), away=away)) == {(Sign.ABSENT, LEADER)}
    assert not signs(Year((replace(talk, by_distance=True),), away=away))


def test_a_single_late_record_is_nobodys_business():
    assert not signs(Year(talks(2, late=True)))
    some_of_many = tuple(replace(talk, late=at < 3) for at, talk in enumerate(talks(7)))
    assert not signs(Year(some_of_many))
    assert signs(Year(talks(3, late=True))) == {(Sign.LATE, LEADER)}


def test_one_issue_is_enough_to_have_had_one():
    many = talks(10, entered=MAY)
    raised = IssueFact(UUID(int=9), many[0].id, LEADER, many[0].subject, "work", MAY)
    assert (Sign.NO_ISSUE, LEADER) in signs(Year(many))
    assert (Sign.NO_ISSUE, LEADER) not in signs(Year(many, (raised,)))


def test_nothing_is_found_in_nothing():
    assert look_at(Year(())) == []
