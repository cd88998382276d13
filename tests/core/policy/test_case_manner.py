"""A case may say how a talk is to be held: its channels, and who approves it before."""

import pytest

from tanxin.core.policy.case_faults import case_faults
from tanxin.core.policy.cases import cases_in, misses
from tanxin.core.policy.load import load_packs

PACK = """
pack: own
title: {zh: 例, en: Own}
version: 2026.1
level: unit
organisations: any
valid: {from: 2026-01-01}
types:
  warned: {title: {zh: 约谈, en: Warned}, kind: warning, approval: [chief, discipline]}
citations:
  c: {document: 办法, year: 2026, article: 第一条, issued: unit, clause: 每年约谈一次。}
rules:
  - id: yearly
    title: {zh: 每年约谈, en: Yearly}
    who: {branch: secretary}
    whom: {branch: member}
    relation: branch
    time: {at_least: 1, each: year}
    count: pair
    mutual: no
    type: warned
    kind: warning
    channel: [face, phone]
    cites: c
"""
CASE = """
packs: [own]
today: 2026-05-20
year: 2026
cases:
  - case: any
    given: {branch: {first: {ada: secretary, ben: member}}}
    expect: [{rule: yearly, %s}]
"""


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("channel: [phone, face]", True),
        ("channel: face", False),
        ("approval: [discipline, chief]", True),
        ("approval: chief", False),
        ("approval: ", False),
    ],
)
def test_all_the_words_count_in_any_order(said, right):
    packs = load_packs({"own": PACK}).packs
    [case] = cases_in(CASE % said)

    assert packs
    assert case_faults("c", CASE % said, packs) == []
    assert (misses(case, packs) == []) is right


def test_a_word_that_there_is_not_is_a_fault():
    packs = load_packs({"own": PACK}).packs

    [fault] = case_faults("c", CASE % "channel: [face, fone]", packs)

    assert (fault.code, fault.hint) == ("case.word", "phone")
