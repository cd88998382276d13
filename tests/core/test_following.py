"""Marks, replies and words of the effect; and lives of an issue that nobody planned."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tanxin.core.calendar import WorkCalendar
from tanxin.core.following import (
    EFFECT_WITHIN,
    NEAR_WORKING_DAYS,
    Effect,
    Mark,
    Reply,
    mark_of,
    reply_of,
    worst,
)
from tanxin.core.lifecycle import ISSUE_MOVES, SETTLED, IssueMove, IssueState

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
WORDS = st.sampled_from(["", *Effect])
CALENDAR = WorkCalendar()
FROM_EACH = {
    state: [(move, after) for (before, move), after in ISSUE_MOVES.items() if before is state]
    for state in IssueState
}


def test_without_a_day_nothing_is_marked():
    assert mark_of(None, date(2026, 3, 2), CALENDAR) is Mark.NONE


@given(DAYS, DAYS)
def test_red_is_what_is_over_and_yellow_what_is_a_few_working_days_away(due, today):
    mark = mark_of(due, today, CALENDAR)

    assert (mark is Mark.LATE) == (due < today)
    if mark is Mark.NEAR:
        assert CALENDAR.working_days(today, due) <= NEAR_WORKING_DAYS
    if mark is Mark.NONE:
        assert due > today + timedelta(days=NEAR_WORKING_DAYS)


@given(DAYS, DAYS)
def test_marks_only_get_worse_while_nothing_happens(due, today):
    order = [Mark.NONE, Mark.NEAR, Mark.LATE]
    before = mark_of(due, today, CALENDAR)
    after = mark_of(due, today + timedelta(days=1), CALENDAR)

    assert order.index(after) >= order.index(before)


@given(WORDS, DAYS, st.integers(-60, 90))
def test_silence_is_never_a_word(word, asked_on, days):
    reply = reply_of(word, asked_on, asked_on + timedelta(days=days))

    assert (reply is Reply.SAID) == bool(word)
    assert (reply is Reply.SILENT) == (not word and days > EFFECT_WITHIN.days)


@given(st.lists(WORDS))
def test_who_says_that_it_did_not_help_is_not_outvoted(words):
    said = worst(words)

    assert (said == Effect.NOT) == (Effect.NOT in words)
    assert bool(said) == any(words)
    assert said != Effect.SOLVED or set(words) <= {"", Effect.SOLVED}


@given(st.data())
def test_no_issue_is_answered_that_nobody_verified_since_it_was_last_opened(data):
    state, verified = IssueState.RAISED, False
    for _ in range(data.draw(st.integers(0, 40))):
        move, after = data.draw(st.sampled_from(FROM_EACH[state]))
        if after is IssueState.ANSWERED and state is not after:
            assert verified
        if move in {IssueMove.VERIFY, IssueMove.FOLLOW}:
            verified = True
        elif after not in {IssueState.VERIFIED, IssueState.ANSWERED}:
            verified = False
        state = after


@given(st.data())
def test_from_wherever_an_issue_is_it_can_still_be_settled(data):
    state = IssueState.RAISED
    for _ in range(data.draw(st.integers(0, 40))):
        _, state = data.draw(st.sampled_from(FROM_EACH[state]))
    reached, frontier = {state}, [state]
    while frontier:
        for _, after in FROM_EACH[frontier.pop()]:
            if after not in reached:
                reached.add(after)
                frontier.append(after)

    assert reached >= SETTLED
