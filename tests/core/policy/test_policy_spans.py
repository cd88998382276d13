from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tanxin.core.policy.identity import id_bytes
from tanxin.core.policy.spans import common, merged, without

spans = st.lists(st.tuples(st.integers(1, 20), st.integers(1, 20)), max_size=4)


def days(spans):
    return {day for first, last in spans for day in range(first, last + 1)}


def is_neat(spans):
    return all(one[1] + 1 < other[0] for one, other in pairwise(spans))


@given(spans, spans)
def test_spans_are_sets_of_days(some, others):
    assert days(merged(some)) == days(some)
    assert days(common(some, others)) == days(some) & days(others)
    assert days(without(some, others)) == days(some) - days(others)
    assert is_neat(merged(some))
    assert is_neat(common(some, others))


def test_ids_of_any_kind_have_sixteen_bytes():
    assert {len(id_bytes(each)) for each in ("ada", b"short", b"x" * 16, -1, 1 << 200)} == {16}
    assert id_bytes("ada") != id_bytes("ben")
