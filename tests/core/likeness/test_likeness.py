"""Sketches tell how alike texts are, and nothing else; measures keep no word."""

from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanxin.core.likeness import near_copies, order_kept, resemblance, seams, shingles, sketch
from tanxin.core.likeness.measures import Around, measure
from tanxin.core.likeness.residue import Residue, residue
from tanxin.core.likeness.sketch import SKETCH_BYTES
from tanxin.core.likeness.stock import PHRASES, share_of_stock
from tanxin.core.written import Answer, Written

KEY, OTHER_KEY = bytes(range(32)), bytes(32)
RECORD = (
    "本明说处里今年走了两个人，报表全压在三个年轻人身上，周末都在加班。"
    "他自己的孩子上小学三年级，爱人在外地，接送一直是老人在帮忙，最近老人住了院。"
    "对规划编制的分工他有意见，认为信息中心的数据应当由信息中心自己核。"
    "我答应这个月内和人事处商量借调一名同志，并请信息中心负责人一起开个短会。"
    "他还提到食堂晚饭供应太早，加班的人吃不上。"
)
SIGNS = st.text(alphabet="谈心话工作问题意见建议同志处室领导困难", min_size=40, max_size=300)


def unlike(seed):
    signs = Random(seed)
    return "".join(chr(signs.randrange(0x4E00, 0x9000)) for _ in range(120))


def jaccard(one, other):
    first, second = shingles(one), shingles(other)
    return len(first & second) / len(first | second)


@settings(max_examples=60, deadline=None)
@given(SIGNS, SIGNS)
def test_a_sketch_tells_how_much_two_texts_share(one, other):
    mixed = one[: len(one) // 2] + other
    first, second = sketch(one, KEY), sketch(mixed, KEY)
    if first and second and len(shingles(one)) > 120 and len(shingles(mixed)) > 120:
        assert abs(resemblance(first, second) - jaccard(one, mixed)) < 0.2


def test_the_same_text_has_the_same_sketch_and_another_key_gives_another():
    assert sketch(RECORD, KEY) == sketch(RECORD, KEY)
    assert len(sketch(RECORD, KEY)) == SKETCH_BYTES
    assert resemblance(sketch(RECORD, KEY), sketch(RECORD, KEY)) == 1
    assert resemblance(sketch(RECORD, KEY), sketch(RECORD, OTHER_KEY)) < 0.05


def test_dates_numbers_and_punctuation_do_not_make_a_text_another():
    one = RECORD + "谈话时间：2025年11月3日，共2人。"
    other = RECORD.replace("，", " ") + "谈话时间: 2026年9月12日 共3人."
    assert resemblance(sketch(one, KEY), sketch(other, KEY)) > 0.85


def test_a_text_too_short_to_be_compared_is_like_nothing():
    assert sketch("无。", KEY) == b""
    assert resemblance(b"", sketch(RECORD, KEY)) == resemblance(b"", b"") == 0


def test_sentences_in_another_order_share_runs_and_not_seams():
    parts = RECORD.split("。")[:-1]
    moved = "。".join([parts[3], parts[0], parts[4], parts[2], parts[1]]) + "。"
    assert resemblance(sketch(RECORD, KEY), sketch(moved, KEY)) == 1
    assert order_kept(seams(RECORD, KEY), seams(moved, KEY)) == 0
    assert order_kept(seams(RECORD, KEY), seams(RECORD, KEY)) == 1
    assert order_kept(seams("一句。两句。", KEY), seams(RECORD, KEY)) is None


def test_copies_are_found_among_many_and_stand_together():
    others = [unlike(at) for at in range(200)]
    texts = [*others, RECORD, RECORD.replace("本明", "单可"), RECORD.replace("周末", "晚上")]
    groups = near_copies([sketch(text, KEY) for text in texts] + [b"", b""])
    assert [group.members for group in groups] == [(200, 201, 202)]
    assert groups[0].least > 0.8
    assert near_copies([]) == []


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from([b"", bytes(256), bytes(range(256)), bytes(255) + b"\1"]), max_size=9)
)
def test_groups_are_apart_and_hold_all_that_are_equal(sketches):
    groups = near_copies(sketches)
    members = [at for group in groups for at in group.members]
    assert len(members) == len(set(members))
    for at, one in enumerate(sketches):
        for other in range(at):
            if one and one == sketches[other]:
                assert any({at, other} <= set(group.members) for group in groups)


def test_what_everybody_may_say_counts_as_stock():
    assert share_of_stock("。".join(PHRASES[3:9])) == 100
    assert share_of_stock(RECORD) < 10
    assert (
        share_of_stock("问身体，问家里，问工作上的难处", ["问身体，问家里，问工作上的难处"]) == 100
    )
    assert share_of_stock("") == 0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("与XX同志谈话", {Residue.GAPS}),
        ("姓名：＿＿＿＿", {Residue.GAPS}),
        ("时间：  年  月  日", {Residue.GAPS}),
        ("【填写谈话内容】", {Residue.GAPS}),
        ("与单可同志进行了谈心谈话", {Residue.OTHER_NAME}),
        ("2025年11月3日下午在会议室谈话", {Residue.OTHER_DAY}),
        ("与本明同志谈话，2026年11月21日", set()),
        ("单可的意见他也同意；他2024年3月1日调来本处", set()),
        ("房子面积 80 平米（两居），XL 号工作服发错了", set()),
        ("2026年13月41日谈话", set()),
    ],
)
def test_what_a_template_left_behind_is_seen(text, found):
    seen = residue(
        text, held_on=date(2026, 11, 20), in_it=["本明", "安雅"], others=["单可", "本明"]
    )
    assert seen == found


def test_measures_hold_no_word_of_the_text():
    written = Written(RECORD, (Answer("worries", "困难", "Worries", "孩子没人接"),))
    made = measure(written, KEY, Around(others=["单可"]), fields=3)
    assert (made.size, made.fields, made.empty, made.stock < 20) == (2, 3, 2, True)
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in repr(made))
