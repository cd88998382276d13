"""Names are spelled as their owners say them."""

import pytest

from tanxin.apps.org.pinyin import folded, spell


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("单雄信", "shanxiongxin"), ("仇英", "qiuying"), ("曾国", "zengguo"), ("区明", "ouming"),
        ("解珍", "xiezhen"), ("查良", "zhaliang"), ("任远", "renyuan"), ("华佗", "huatuo"),
        ("朴正", "piaozheng"), ("尉迟恭", "yuchigong"), ("万俟卨", "moqixie"), ("欧阳修", "ouyangxiu"),
        ("张伟", "zhangwei"), ("吕布", "lvbu"), ("阿不都·热西提", "abudourexiti"),
        ("O'Neil", "oneil"), ("Li Wei", "liwei"), ("", ""),
    ],
)  # fmt: skip
def test_a_name_is_spelled(name, spelled):
    assert "".join(spell(name).syllables) == spelled


def test_a_surname_with_two_readings_is_found_by_both():
    assert {"gejun", "gaijun"} <= set(spell("盖军").lines)
    assert "lyubu" in spell("吕布").lines


def test_initials_are_of_syllables():
    assert spell("万俟卨").initials == "mqx"
    assert spell("").initials == ""


def test_case_width_spaces_and_dots_do_not_count():
    assert folded("Ｏ'Neil · Ü　ｌｉ") == "oneilvli"
