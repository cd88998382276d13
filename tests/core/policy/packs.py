"""Packs as text for tests: one that is right, and what a test wants changed."""

from tanxin.core.policy import load_packs

UPPER = """\
pack: upper
title: {zh: 上级制度, en: Upper}
version: 1
level: national
valid: {from: 2020-01-01}
parameters:
  often: [{from: 2020-01-01, value: 2}]
citations:
  clause-3:
    document: 上级文件
    year: 2020
    article: 第三条
    issued: national
    clause: 每年两次。
    verified: no
rules:
  - id: chief-member
    title: {zh: 一把手与成员, en: Chief with member}
    who: {seat: chief, of: leadership}
    whom: {seat: [deputy, member], of: leadership}
    relation: team
    time: {at_least: often, each: year}
    count: pair
    mutual: yes
    kind: routine
    cites: clause-3
"""


def changed(text, *changes):
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def local(*changes):
    """A pack of a unit below ``UPPER`` with the same rule, changed."""
    return changed(
        UPPER,
        "pack: upper",
        "pack: own",
        "level: national",
        "level: unit\nextends: upper",
        *changes,
    )


def only_fault(text, **others):
    """Load ``text`` as ``own/pack.yaml`` and return the one fault it has."""
    checked = load_packs({"own/pack.yaml": text, **others})
    assert len(checked.faults) == 1, checked.faults
    return checked.faults[0]


def pack_of(text):
    checked = load_packs({"own/pack.yaml": text})
    assert checked.faults == ()
    return checked.packs[0]
