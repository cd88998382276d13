from itertools import product

import pytest

from tanxin.core.lifecycle import (
    ISSUE_MOVES,
    REQUEST_MOVES,
    TALK_MOVES,
    IllegalMove,
    IssueMove,
    IssueState,
    RequestMove,
    RequestState,
    TalkMove,
    TalkState,
    next_state,
)

MACHINES = [
    pytest.param(TALK_MOVES, TalkState, TalkMove, id="talk"),
    pytest.param(REQUEST_MOVES, RequestState, RequestMove, id="request"),
    pytest.param(ISSUE_MOVES, IssueState, IssueMove, id="issue"),
]


@pytest.mark.parametrize(("moves", "states", "verbs"), MACHINES)
def test_every_state_and_move_either_leads_somewhere_or_is_refused(moves, states, verbs):
    for state, verb in product(states, verbs):
        if (state, verb) in moves:
            assert next_state(moves, state, verb) in states
        else:
            with pytest.raises(IllegalMove, match=state.value):
                next_state(moves, state, verb)


@pytest.mark.parametrize(("moves", "states", "verbs"), MACHINES)
def test_no_state_is_out_of_reach_and_no_move_is_never_used(moves, states, verbs):
    first = next(iter(states))
    reached, frontier = {first}, [first]
    while frontier:
        state = frontier.pop()
        for (before, _), after in moves.items():
            if before == state and after not in reached:
                reached.add(after)
                frontier.append(after)

    assert reached == set(states)
    assert {verb for _, verb in moves} == set(verbs)


def test_only_the_subject_saying_so_leads_to_confirmed():
    assert {verb for (_, verb), after in TALK_MOVES.items() if after is TalkState.CONFIRMED} == {
        TalkMove.CONFIRM
    }


def test_writing_again_always_asks_again():
    written = {after for (_, verb), after in TALK_MOVES.items() if verb is TalkMove.RECORD}

    assert written == {TalkState.RECORDED}


def test_silence_never_becomes_consent():
    lapsed = {after for (_, verb), after in TALK_MOVES.items() if verb is TalkMove.LAPSE}

    assert lapsed == {TalkState.UNCONFIRMED}


def test_an_issue_is_answered_only_after_somebody_verified_it():
    assert [
        before
        for (before, _), after in ISSUE_MOVES.items()
        if after is IssueState.ANSWERED and before is not after
    ] == [IssueState.VERIFIED]


def test_it_is_verified_only_after_a_report_or_in_the_issue_it_was_merged_in():
    assert {
        (before, verb)
        for (before, verb), after in ISSUE_MOVES.items()
        if after is IssueState.VERIFIED
    } == {
        (IssueState.REPORTED, IssueMove.VERIFY),
        (IssueState.MERGED, IssueMove.FOLLOW),
    }


@pytest.mark.parametrize("state", sorted(set(IssueState) - {IssueState.VERIFIED}))
def test_whoever_leads_it_can_always_go_on_without_those_who_help(state):
    """Should the owner, the verifier or who looks into the facts be gone, nothing is stuck."""
    by_the_leader = {
        IssueMove.ASSIGN, IssueMove.EXPLAIN, IssueMove.TAKE_UP, IssueMove.RELEASE,
    }  # fmt: skip

    assert any((state, move) in ISSUE_MOVES for move in by_the_leader)
