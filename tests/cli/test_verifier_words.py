import re
from pathlib import Path

from tanxin import verifier
from tanxin.verifier import IN_CHINESE, RELEASES, Problem

REASON = re.compile(r'(?:return|fault =|else) "([a-zA-Z][^"]* [^"]*)"')


def test_no_english_reason_stands_in_a_chinese_sentence():
    reasons = set(REASON.findall(Path(verifier.__file__).read_text(encoding="utf-8")))

    assert len(reasons) > 8
    assert reasons - set(IN_CHINESE) == set()


def test_a_problem_is_said_in_either_language():
    said = Problem("RECEIPT", facts={"source": "a.txt", "reason": "it is not whole"})
    changed = Problem("ALTERED", RELEASES, 4)

    assert [said.said(), said.said(1)] == ["a.txt: it is not whole", "a.txt：内容不完整"]
    assert changed.said(1) == "查阅日志第 4 条被改动"
