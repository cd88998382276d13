"""What may be told of how many, so that no two reports together are about a few."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tanxin.core.deidentify import band_of, banded, best_guess, is_crowd, is_told_apart


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40)))
def test_too_few_look_just_like_nobody(people):
    nobody = {kind: number if number >= 5 else 0 for kind, number in people.items()}

    assert banded(people) == banded(nobody)
    assert all(people[kind] >= 5 for kind in banded(people))


@given(st.integers(5, 200))
def test_no_band_is_left_by_one_person_alone(people):
    """Whatever band stands there, fewer and more people would stand there too."""
    alike = [number for number in range(5, 400) if band_of(number) == band_of(people)]

    assert len(alike) >= 5


@given(
    st.integers(1, 40).flatmap(
        lambda size: st.tuples(
            st.just(size), st.lists(st.integers(0, 3), min_size=size, max_size=size)
        )
    )
)
def test_what_remains_beside_the_units_told_of_is_nobody_or_a_crowd(case):
    size, unit_of = case
    whole = range(size)
    units = [{one for one in whole if unit_of[one] == unit} for unit in range(4)]
    told = []
    for unit in units:
        if is_told_apart(whole, unit, told):
            told.append(unit)

    rest = set(whole).difference(*told) if told else set()
    assert not rest or len(rest) >= 5
    assert all(len(unit) >= 5 for unit in told)


def test_a_crowd_begins_with_five():
    assert [is_crowd(range(number)) for number in (0, 4, 5)] == [False, False, True]
    assert [best_guess(range(number)) for number in (0, 5)] == [Fraction(0), Fraction(1, 5)]
