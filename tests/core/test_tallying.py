from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from tanxin.core.tallying import (
    FEWEST,
    FEWEST_POSSIBLE,
    NONE,
    Figures,
    Reached,
    Share,
    Told,
    figures_of,
    follow_up,
    summed,
    told,
    told_together,
)

NUMBERS = st.integers(min_value=0, max_value=60)


def test_what_an_issue_has_come_to_is_counted_once_each():
    assert figures_of(Reached.RAISED | Reached.VERIFIED) == Figures(1, 0, 1, 0)
    assert figures_of(0) == NONE
    assert summed([Figures(1, 1), Figures(2, 0, 1, 1)]) == Figures(3, 1, 1, 1)
    assert Figures(1, 1) + -Figures(1, 1) == NONE


@given(NUMBERS)
def test_outside_the_unit_every_number_could_be_five_others(number):
    seen = told(number)
    alike = [other for other in range(70) if told(other) == seen]

    assert number in alike
    assert len(alike) == FEWEST
    assert seen.is_small is (number < FEWEST)
    assert told(number, exactly=True).number == number


@st.composite
def two_cuts(draw):
    """The same issues by unit and by kind."""
    issues = draw(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1)), max_size=14))
    return [
        [sum(one[0] == unit for one in issues) for unit in range(3)],
        [sum(one[1] == kind for one in issues) for kind in range(2)],
    ]


@given(two_cuts())
def test_what_is_told_together_leaves_three_values_for_every_number(cuts):
    """By trying all wholes that could be behind what is shown."""
    shown = [cut for cut in told_together(cuts) if cut is not None]
    wholes = [
        {sum(cells) for cells in product(*(range(one.number, one.most + 1) for one in cut))}
        for cut in shown
    ]
    possible = set.intersection(*wholes)

    assert shown
    for cut in shown:
        for at, one in enumerate(cut):
            others = [range(two.number, two.most + 1) for two in (*cut[:at], *cut[at + 1 :])]
            rest = {sum(cells) for cells in product(*others)}
            values = {
                value
                for value in range(one.number, one.most + 1)
                if any(whole - value in rest for whole in possible)
            }
            assert len(values) >= FEWEST_POSSIBLE


def test_a_cut_that_would_give_numbers_away_is_left_out():
    assert told_together([[4, 4, 4, 4, 4], [10, 10]])[1] is None
    assert told_together([[7, 3], [4, 6]])[1] is not None


@given(NUMBERS, NUMBERS)
def test_the_share_that_has_helped_lies_between_what_is_told(raised, helped):
    helped = min(raised, helped)
    seen = follow_up(told(raised), told(helped))

    assert seen is None if raised < FEWEST else seen or raised < 30
    if seen:
        assert 0 <= seen.least <= helped * 100 // raised <= seen.most <= 100


def test_who_knows_the_numbers_is_told_the_very_share_and_of_few_nothing():
    assert follow_up(Told(24), Told(9)) == Share(37, 37)
    assert follow_up(Told(4), Told(4)) is None
