import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanxin.core.issue_kinds import (
    Kind,
    KindNameTaken,
    KindRetired,
    KindUnknown,
    KindUnnamed,
    LastKind,
    may_be_chosen,
    may_be_named,
    may_be_retired,
    moved,
    offered,
)

OWN = Kind("k1", zh="安全生产", en="Safety")
OLD = Kind("k2", zh="作风", is_retired=True)
SHIPPED = Kind("work")


def test_a_retired_kind_stays_with_what_has_it_and_is_offered_to_nothing_else():
    assert offered([OWN, OLD]) == [OWN]
    assert offered([OWN, OLD], beside="k2") == [OWN, OLD]
    may_be_chosen([OWN, OLD], "k2", beside="k2")
    with pytest.raises(KindRetired):
        may_be_chosen([OWN, OLD], "k2")
    with pytest.raises(KindUnknown):
        may_be_chosen([OWN, OLD], "k3")


def test_a_name_is_given_once_but_a_kind_keeps_its_own():
    may_be_named([OWN, SHIPPED], "安全生产", "Safety at work", key="k1")
    may_be_named([OWN, SHIPPED], "住房", "")
    for zh, en in (("安全生产", ""), ("安全", "SAFETY")):
        with pytest.raises(KindNameTaken):
            may_be_named([OWN], zh, en)
    with pytest.raises(KindUnnamed):
        may_be_named([OWN], "  ", "Housing")


def test_the_last_kind_in_use_cannot_be_retired():
    may_be_retired([OWN, SHIPPED], "k1")
    with pytest.raises(LastKind):
        may_be_retired([OWN, OLD], "k1")


def test_a_name_is_shown_in_the_readers_language_or_in_the_other():
    assert (OWN.name("zh-hans"), OWN.name("en"), OLD.name("en")) == ("安全生产", "Safety", "作风")
    assert SHIPPED.name("zh-hans") == ""


@given(st.lists(st.integers(), min_size=1, unique=True), st.data())
def test_moving_keeps_all_and_turns_back(keys, data):
    keys = [str(key) for key in keys]
    key, by = data.draw(st.sampled_from(keys)), data.draw(st.sampled_from([-1, 1]))
    after = moved(keys, key, by)

    assert sorted(after) == sorted(keys)
    assert [one for one in after if one != key] == [one for one in keys if one != key]
    assert after.index(key) == min(max(keys.index(key) + by, 0), len(keys) - 1)
