"""Guessed, swapped and borrowed ids open nothing; what is denied looks like what is not there."""

import pytest

from web.policy.cast import cast_all
from web.policy.pairs import Walk


@pytest.mark.parametrize("seed", [1])
def test_random_people_at_random_addresses_get_only_what_is_theirs(db, keeper, seed):
    assert list(Walk(cast_all(), seed).leaks(250)) == []
