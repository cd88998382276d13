"""Which words of a text lead back to somebody, however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanxin.core.deidentify import Known, MarkKind, find_marks, unkept

KNOWN = Known(
    names=frozenset({"安雅", "尉迟明", "欧阳建华", "N0001"}),
    surnames=frozenset({"安", "王", "欧阳"}),
    posts=frozenset({"规划处处长"}),
    units=frozenset({"规划处", "信息中心"}),
    own=frozenset({"本明"}),
    said=("宿舍楼的天花板掉了一块，处里缺两个人，孩子上学的事也一直拖着没有人管",),
)


def kinds(text, known=KNOWN):
    return [(mark.kind.value, text[mark.start : mark.end]) for mark in find_marks(text, known)]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("请安雅同志看看", [("name", "安雅")]),
        ("请 安 \u200b雅 看看", [("name", "安 \u200b雅")]),
        ("尉·迟明提的", [("name", "尉·迟明")]),
        ("工号 ｎ0001 的事", [("name", "ｎ0001")]),
        ("老王和欧阳处长都说", [("name", "老王"), ("name", "欧阳处长")]),
        ("王某反映", [("name", "王某")]),
        ("规划处处长反映", [("post", "规划处处长")]),
        ("规划处反映", [("unit", "规划处")]),
        ("电话 138-0000 0001 打不通", [("number", "138-0000 0001")]),
        ("电话一三八零零零零零零零一", [("number", "一三八零零零零零零零一")]),
        ("写信到 a.b@example.cn", [("number", "a.b@example.cn")]),
        ("11月5日谈的", [("date", "11月5日")]),
        ("上周三说起", [("date", "上周三")]),
        ("三号楼三层漏雨", [("place", "三号楼"), ("place", "三层")]),
        ("退休同志不便上楼", [("group", "退休")]),
        ("本 明说过", [("own", "本 明")]),
        ("食堂晚餐收得早", []),
    ],
)
def test_what_points_at_somebody_is_marked_as_it_stands(text, marked):
    assert kinds(text) == marked


def test_the_sources_own_words_are_marked_and_long_ones_may_not_stay():
    short, long = "反映天花板掉了一块的情况", "反映孩子上学的事也一直拖着没有人管的情况"

    assert [(m.kind, m.may_stay) for m in find_marks(short, KNOWN)] == [(MarkKind.QUOTE, True)]
    assert [(m.kind, m.may_stay) for m in find_marks(long, KNOWN)] == [(MarkKind.QUOTE, False)]


def test_the_directory_is_folded_once_and_a_unit_of_it_may_be_left_out():
    known = Known(base=KNOWN, own=frozenset({"林一"}), left_out=frozenset({"规划处"}))
    text = "规划处的林一和信息中心的安雅、老王"

    assert kinds(text, known) == [
        ("own", "林一"), ("unit", "信息中心"), ("name", "安雅"), ("name", "老王"),
    ]  # fmt: skip
    assert known.words[MarkKind.NAME] is KNOWN.words[MarkKind.NAME]


def test_a_group_is_named_by_what_it_is():
    assert [mark.word for mark in find_marks("产假和病假都难批", KNOWN)] == ["leave", "ill"]


def test_what_is_kept_no_longer_stands_in_the_way_but_own_names_and_numbers_do():
    marks = find_marks("规划处的本明，电话13800000001，规划处", KNOWN)
    every = {mark.key for mark in marks}

    assert [mark.kind.value for mark in unkept(marks, every)] == ["own", "number"]
    assert len(unkept(marks, set())) == len(marks) == 4


PIECES = st.sampled_from(
    [*"安雅本明处规划一三八月日 ·，老王\u200b", "规划处", "13800000001", "退休"]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_marks_lie_within_the_text_and_show_what_they_mean(text):
    for mark in find_marks(text, KNOWN):
        assert 0 <= mark.start < mark.end <= len(text)


@given(st.lists(PIECES, max_size=25).map("".join), st.lists(PIECES, max_size=25).map("".join))
def test_a_name_is_found_wherever_it_stands(before, after):
    text = f"{before}尉迟明{after}"
    covered = set()
    for mark in find_marks(text, KNOWN):
        covered |= set(range(mark.start, mark.end))

    assert set(range(len(before), len(before) + 3)) <= covered


@given(st.text(max_size=300))
def test_any_text_can_be_looked_at(text):
    assert isinstance(find_marks(text, KNOWN), tuple)
