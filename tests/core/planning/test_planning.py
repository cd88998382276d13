"""A plan keeps to windows, capacity and absences, and is the same whoever asks in what order."""

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanxin.core.planning import (
    Because,
    Breach,
    Days,
    Limits,
    NoWorkingDay,
    Relaxing,
    Standing,
    Task,
    breaches,
    explain,
    gatherings,
    merged,
    moved,
    propose,
    smallest_relaxation,
)

MONDAY = date(2026, 3, 2)
WORKING = [MONDAY + timedelta(days=week * 7 + day) for week in range(12) for day in range(5)]
DAYS = Days(WORKING)
FRIDAY = MONDAY + timedelta(days=4)
LAST = WORKING[-1]


def talk(key, initiator="ada", subject="ben", opens=MONDAY, due=LAST, **more):
    return Task(key, initiator, (subject,), opens, due, **more)


def standing(tasks, plan, limits):
    at = {key: placed.day for key, placed in plan.placed.items()}
    return Standing({task.key: task for task in tasks}, at, DAYS, limits)


def violations(tasks, at, limits):
    """Everything that is unlawful in a plan, found by looking at every talk with every other."""
    return [
        (task.key, wrong)
        for task in tasks
        if task.key in at
        for wrong, is_so in faults(task, tasks, at, limits).items()
        if is_so
    ]


def faults(task, tasks, at, limits):
    day, week = at[task.key], at[task.key].isocalendar()[:2]
    others = [one for one in tasks if one.key in at and one.key != task.key]
    led = [at[one.key] for one in others if one.initiator == task.initiator]
    same = [at[one.key] for one in others if set(task.subjects) & set(one.subjects)]
    away = [span for person in task.people for span in limits.absent.get(person, ())]
    return {
        "window": not task.opens <= day <= task.due or day not in WORKING,
        "absent": any(first <= day <= last for first, last in away),
        "day": led.count(day) + 1 > limits.per_day,
        "week": sum(one.isocalendar()[:2] == week for one in led) + 1
        > limits.week_of(task.initiator),
        "twice": day in same,
    }


PEOPLE = ("ada", "ben", "cleo", "dora", "emil")


@st.composite
def problems(draw):
    tasks = []
    for number in range(draw(st.integers(0, 25))):
        initiator, subject = draw(st.permutations(PEOPLE))[:2]
        begin = draw(st.integers(0, 70))
        opens = MONDAY + timedelta(days=begin)
        due = opens + timedelta(days=draw(st.integers(0, 30)))
        tasks.append(talk(f"{number:02}", initiator, subject, opens, due))
    absent = {}
    for person in draw(st.sets(st.sampled_from(PEOPLE), max_size=3)):
        away = MONDAY + timedelta(days=draw(st.integers(0, 70)))
        absent[person] = ((away, away + timedelta(days=draw(st.integers(0, 20)))),)
    limits = Limits(
        per_week=draw(st.integers(1, 3)), per_day=draw(st.integers(1, 2)), absent=absent
    )
    return tasks, limits


@given(problems(), st.randoms())
def test_any_plan_is_lawful_complete_in_its_account_and_blind_to_order(problem, chance):
    tasks, limits = problem

    plan = propose(tasks, DAYS, limits)

    at = {key: placed.day for key, placed in plan.placed.items()}
    assert violations(tasks, at, limits) == []
    assert sorted([*at, *plan.unplaced]) == [task.key for task in tasks]
    shuffled = list(tasks)
    chance.shuffle(shuffled)
    assert propose(shuffled, DAYS, limits) == plan


@given(problems())
def test_planning_again_with_what_was_planned_changes_nothing(problem):
    tasks, limits = problem
    plan = propose(tasks, DAYS, limits)
    at = {key: placed.day for key, placed in plan.placed.items()}

    again = propose(tasks, DAYS, limits, kept=at)

    kept = {key: placed.day for key, placed in again.placed.items() if key in at}
    assert kept == at


@given(problems(), st.data())
def test_a_move_disturbs_only_what_clashes_and_leaves_a_lawful_plan(problem, data):
    tasks, limits = problem
    plan = propose(tasks, DAYS, limits)
    if not plan.placed:
        return
    key = data.draw(st.sampled_from(sorted(plan.placed)))
    day = data.draw(st.sampled_from(WORKING))
    now = standing(tasks, plan, limits)

    change = moved(now, key, day)

    after = dict(now.at) | {one: placed.day for one, placed in change.placed.items()}
    for stuck in change.stuck:
        del after[stuck]
    own = {Breach.BEFORE_ITS_WINDOW, Breach.AFTER_ITS_DEADLINE}
    own |= {Breach.INITIATOR_ABSENT, Breach.SUBJECT_ABSENT}
    wrong = [one for one in violations(tasks, after, limits) if one[0] != key]
    assert wrong == []
    left = set(breaches(now, key, day))
    if left <= own | {Breach.TOO_CLOSE}:
        assert change.followed == change.stuck == ()


def test_twelve_talks_of_a_leader_are_spread_and_the_end_stays_free():
    tasks = [talk(f"{n:02}", subject=f"p{n}") for n in range(12)]

    plan = propose(tasks, DAYS, Limits(per_week=1))

    weeks = sorted(placed.day.isocalendar().week for placed in plan.placed.values())
    assert len(set(weeks)) == len(weeks) == 12
    roomy = propose(tasks[:6], DAYS, Limits())
    assert max(placed.day for placed in roomy.placed.values()) < LAST - timedelta(days=7)


def test_two_talks_with_one_person_lie_apart_where_they_can():
    tasks = [talk("a", "ada", "ben"), talk("b", "cleo", "ben"), talk("c", "dora", "ben")]

    plan = propose(tasks, DAYS, Limits(apart=5))

    days = sorted(WORKING.index(placed.day) for placed in plan.placed.values())
    assert all(later - earlier >= 5 for earlier, later in pairwise(days))


def test_where_they_cannot_lie_apart_they_are_close_rather_than_left_out():
    tasks = [talk("a", "ada", "ben", due=FRIDAY), talk("b", "cleo", "ben", due=FRIDAY)]

    plan = propose(tasks, DAYS, Limits(apart=5))

    assert {placed.because for placed in plan.placed.values()} == {Because.SPREAD, Because.CLOSE}


def test_one_trip_serves_all_talks_at_a_place():
    tasks = [talk(f"{n}", subject=f"p{n}", place="乙地") for n in range(3)]

    plan = propose(tasks, DAYS, Limits(per_day=3))

    assert len({placed.day for placed in plan.placed.values()}) == 1
    assert Because.TRIP in {placed.because for placed in plan.placed.values()}


def test_a_talk_makes_room_for_one_that_has_but_one_day():
    tight = talk("tight", subject="cleo", opens=FRIDAY, due=FRIDAY)
    loose = talk("loose", opens=MONDAY, due=FRIDAY)

    plan = propose([loose, tight], DAYS, Limits(), kept={"loose": FRIDAY})

    assert plan.placed["tight"].day == FRIDAY
    assert plan.placed["loose"].day != FRIDAY
    assert plan.placed["tight"].because == Because.ROOM_MADE
    assert plan.placed["loose"].because == Because.MADE_ROOM


@pytest.mark.parametrize(
    ("tasks", "limits", "what", "by"),
    [
        (
            [talk(str(n), subject=f"p{n}", due=FRIDAY) for n in range(3)],
            Limits(per_week=2), Relaxing.WEEK, 1,
        ),
        (
            [talk(str(n), subject=f"p{n}", due=MONDAY) for n in range(2)],
            Limits(), Relaxing.DAY, 1,
        ),
        (
            [talk("0", "ada", due=MONDAY), talk("1", "cleo", due=MONDAY)],
            Limits(), Relaxing.SAME_DAY, 1,
        ),
        (
            [talk("0", due=FRIDAY)],
            Limits(absent={"ben": ((MONDAY, FRIDAY),)}), Relaxing.DEADLINE, 1,
        ),
        (
            [talk("0", due=FRIDAY)],
            Limits(absent={"ben": ((MONDAY, LAST),)}), Relaxing.ABSENCE, 1,
        ),
        (
            [talk("0", opens=LAST + timedelta(days=1), due=LAST + timedelta(days=2))],
            Limits(absent={"ben": ((MONDAY, LAST),)}), Relaxing.NOTHING, 0,
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_placed_names_the_least_that_would_help(tasks, limits, what, by):
    plan = propose(tasks, DAYS, limits)
    (missing,) = plan.unplaced
    now = standing(tasks, plan, limits)

    relaxation = smallest_relaxation(now.board(tasks), now.tasks[missing])

    assert (relaxation.what, relaxation.by) == (what, by)


def test_it_says_what_stood_between_the_wanted_and_the_chosen_day():
    tasks = [talk("0", opens=MONDAY, due=LAST)]
    away = ((WORKING[20], WORKING[40]),)
    limits = Limits(absent={"ada": away})
    plan = propose(tasks, DAYS, limits)

    why = explain(standing(tasks, plan, limits), "0")

    assert WORKING[20] <= why.wanted <= WORKING[40]
    (obstacle,) = why.passed
    assert obstacle.reasons == (Breach.INITIATOR_ABSENT,)
    assert obstacle.first == WORKING[20] or obstacle.last == WORKING[40]


def test_a_day_nobody_works_on_is_refused():
    tasks = [talk("0")]
    plan = propose(tasks, DAYS, Limits())

    with pytest.raises(NoWorkingDay):
        moved(standing(tasks, plan, Limits()), "0", MONDAY + timedelta(days=5))


def test_duties_of_different_rules_with_the_same_person_become_one_talk():
    tasks = [
        talk("a", rule="yearly", meets=("a",)),
        talk("b", rule="before the meeting", due=FRIDAY, meets=("b",)),
        talk("c", rule="quarter", opens=LAST, due=LAST, meets=("c",)),
        talk("d", rule="yearly", meets=("d",), opens=LAST),
    ]

    together = merged(tasks)

    assert sorted(task.meets for task in together) == [("b", "a"), ("c", "d")]
    assert {(task.opens, task.due) for task in together} == {(MONDAY, FRIDAY), (LAST, LAST)}


def test_a_rule_that_wants_two_talks_gets_two():
    assert len(merged([talk("a", rule="r"), talk("b", rule="r")])) == 2


def test_three_of_a_unit_may_be_gathered_and_two_may_not():
    tasks = [
        talk(str(n), subject=f"p{n}", unit="规划处", can_gather=True, due=FRIDAY) for n in range(3)
    ]

    (gathering,) = gatherings(tasks)

    assert (gathering.keys, gathering.saved, gathering.due) == (("0", "1", "2"), 2, FRIDAY)
    assert gatherings(tasks[:2]) == []
    assert gatherings([talk(str(n), subject=f"p{n}") for n in range(3)]) == []


def test_thirty_thousand_talks_are_all_placed():
    chance = random.Random(7)
    days = Days(MONDAY + timedelta(days=7 * w + d) for w in range(24) for d in range(5))
    tasks = [
        Task(f"{n:05}", n % 2_000, (2_000 + chance.randrange(20_000),), days.days[0], days.days[-1])
        for n in range(30_000)
    ]

    assert propose(tasks, days, Limits()).unplaced == ()
