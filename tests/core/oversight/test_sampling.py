"""A sample is drawn again from seed and list, and what is more at risk is drawn more often."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tanxin.core.oversight.sampling import Candidate, Risk, draw, pool_of

POOLS = st.dictionaries(st.text("abcdef", min_size=1, max_size=6), st.integers(1, 9), max_size=30)


@given(POOLS, st.text(max_size=10), st.integers(0, 40))
def test_a_sample_is_of_its_pool_without_doubles_and_the_same_each_time(pool, seed, size):
    listed = sorted(pool.items())
    drawn = draw(seed, listed, size)

    assert drawn == draw(seed, listed[::-1], size)
    assert len(drawn) == len(set(drawn)) == min(size, len(pool))
    assert set(drawn) <= set(pool)
    assert draw(seed, listed, size + 1)[:size] == drawn


def test_who_weighs_more_is_drawn_more_often():
    pool = [("light", 1), ("heavy", 4)]
    first = [draw(str(seed), pool, 1)[0] for seed in range(1000)]

    assert 770 < first.count("heavy") < 830


def test_risks_add_up():
    plain, risky = Candidate(UUID(int=2)), Candidate(UUID(int=1), frozenset(Risk))

    assert pool_of([plain, risky]) == [(str(UUID(int=1)), 9), (str(UUID(int=2)), 1)]
