from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tanxin.core.planning import Layer, stacks

FIRST = date(2026, 3, 2)


def talk(key, initiator, subject, days):
    return Layer(key, initiator, subject, FIRST + timedelta(days=days))


def test_three_layers_in_a_month_are_one_stack_and_two_are_none():
    ben = [talk("a", "ada", "ben", 0), talk("b", "emil", "ben", 9), talk("c", "theo", "ben", 30)]
    cleo = [talk("d", "ada", "cleo", 0), talk("e", "ada", "cleo", 3), talk("f", "emil", "cleo", 4)]

    [found] = stacks([*cleo, *ben])

    assert (found.subject, found.talks) == ("ben", tuple(ben))
    assert found.initiators == ("ada", "emil", "theo")
    assert stacks([*ben[:2], talk("c", "theo", "ben", 31)]) == []


rows = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz"), st.integers(0, 200)), max_size=40
)


@given(rows)
def test_a_stack_is_of_one_person_in_one_month_and_shares_no_talk(given_rows):
    placed = [talk(f"{n:02}", *row) for n, row in enumerate(given_rows)]
    found = stacks(placed)

    keys = [one.key for stack in found for one in stack.talks]
    assert len(keys) == len(set(keys))
    for stack in found:
        days = [one.day for one in stack.talks]
        assert max(days) - min(days) <= timedelta(days=30)
        assert {one.subject for one in stack.talks} == {stack.subject}
        assert len(set(stack.initiators)) >= 3
