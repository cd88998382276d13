from hypothesis import given
from hypothesis import strategies as st
from naive import talks_that_count

from tanxin.core.policy.meeting import meets_another
from tanxin.core.policy.schema import Count

OPEN_SIDE = (Count.PARTNERS, Count.INITIATOR)


def met(count, wanted, partners):
    """Hold the talks one after another, each meeting at most one of the wanted."""
    with_whom = []
    for partner in partners:
        if len(with_whom) < wanted and meets_another(count, partner, with_whom):
            with_whom.append(partner)
    return len(with_whom)


@given(st.sampled_from(OPEN_SIDE), st.integers(1, 4), st.lists(st.sampled_from("abcd"), max_size=8))
def test_talks_count_as_the_naive_reading_says(count, wanted, partners):
    assert met(count, wanted, partners) == talks_that_count(count, wanted, partners)


def test_the_same_partner_counts_once_where_partners_are_wanted_and_else_each_time():
    assert met(Count.PARTNERS, 2, ["ben", "ben", "ben"]) == 1
    assert met(Count.PARTNERS, 2, ["ben", "ben", "cleo"]) == 2
    assert met(Count.INITIATOR, 2, ["ben", "ben"]) == 2
