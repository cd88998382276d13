import re
import time

import pytest

from core.markings.made import marked, ordinary, plain_marks
from tanxin.core.markings import screen
from tanxin.core.markings.rules import rules

BARE = ("保守秘密", "商业秘密", "机密文件柜", "绝密档案室", "这是秘密", "涉密人员")


def test_every_mark_in_every_writing_stops():
    made = marked()
    passed = [text for text in made if not screen(text).stops]

    print(f"marked texts: {len(made)}, passed: {len(passed)}")
    assert len(made) >= 500
    assert passed == []


def test_ordinary_talk_is_not_disturbed():
    made = ordinary(5_000)
    stopped = [text for text in made if screen(text).stops]

    print(f"ordinary texts: {len(made)}, stopped: {len(stopped)}")
    assert len(stopped) <= len(made) * 0.005


@pytest.mark.parametrize("text", BARE)
def test_a_bare_word_gives_a_hint_and_passes(text):
    verdict = screen(f"谈话中要求{text}，并作了提醒")

    assert not verdict.stops
    assert verdict.hint


@pytest.mark.parametrize(
    "text",
    [
        "谈了工作和家庭",
        "时机密切相关",
        "",
        "★★★★☆ 10年",
        "评分 ★ 5 分",
        "保密期3年",
        "机要保密10年",
    ],
)
def test_what_has_neither_mark_nor_word_passes_without_a_hint(text):
    assert screen(text) == screen("")


@pytest.mark.parametrize(
    "text",
    [
        "任务清单\n* 保守秘密\n* 3年内完成轮岗",
        "1. 严守机密\n★ 年底前完成整改\n★ 长期坚持学习",
        "自评：保守秘密★★★★★ 10年无差错",
        "讲解了“密级”“机密”等概念",
        "不清楚密级、机密与秘密的区别",
    ],
)
def test_lists_and_ratings_beside_a_bare_word_pass(text):
    assert not screen(text).stops


def test_the_verdict_holds_nothing_of_the_text():
    verdict = screen("金丝雀 机密★10年")

    assert repr(verdict) == "Verdict(rule='M1', hint=False)"


@pytest.mark.parametrize(
    "piece",
    ["机", "机密★", "机密★-1-", "密级:", "机-密-★", "份号0", "机密-保密期限", "密\n", "绝密★在"],
)
def test_a_long_text_made_to_slow_the_screen_takes_no_time(piece):
    text = (piece * 20_000)[:20_000]
    started = time.perf_counter()

    screen(text)

    assert time.perf_counter() - started < 1


def test_each_rule_is_needed_by_some_mark():
    assert {screen(mark).rule for mark in plain_marks()} == {s["rule"] for s in rules()["stops"]}


def test_patterns_use_only_what_both_engines_read_alike():
    """Classes such as \\s and \\w, inline flags and named groups differ between the two."""
    parts = [
        *rules()["pieces"].values(),
        *(s["pattern"] for s in rules()["stops"]),
        rules()["hint"],
    ]

    for part in parts:
        assert not re.search(r"\\[swdbSWDBA-Z]|\(\?[^:!]", part), part
