"""A clerk who reads Chinese meets no code: own words by their titles, types and rows in words."""

import re
from datetime import date

import pytest
from django.utils import translation

from tanxin.core.policy import load_packs
from tanxin.web.rules.told import apart, manner, told
from tanxin.web.rules.wording import wording

DAY = date(2026, 11, 23)
PACK = """\
pack: hospital
title: {zh: 医院办法, en: Hospital}
version: 1
level: unit
valid: {from: 2025-01-01}
words:
  states:
    residency: {zh: 规培在外, en: Residency}
    exempt_year: {zh: 当年免谈, en: Exempt}
  events: {complaint: {zh: 被投诉, en: Complaint}}
  contacts: {looks_after: {zh: 联系离退休职工, en: Looks after}}
kinds: {counsel: {title: {zh: 学业谈话, en: Counsel}}}
types:
  tixing:
    title: {zh: 提醒谈话, en: Reminder}
    kind: warning
    held_by: [{seat: [deputy, member], of: party_group}]
    approval: party_secretary
    signature: [subject]
    grade: limited
    retention: {years: 15}
    clock: {working_days: 15}
citations:
  c: {document: 办法, year: 2025, article: 3, issued: unit, clause: 每年一次。}
rules:
  - id: staff
    title: {zh: 科室主任与职工, en: Head with staff}
    who: {head: yes}
    relation: unit
    count: pair
    channel: [face, visit]
    ways: {residency: [phone, video]}
    cites: c
    except: [{id: staff.year, title: {zh: 组织部批准, en: By approval}, state: exempt_year, of: subject}]
    rows:
      - {row: yearly, kind: routine, whom: {post: staff, not_state: newcomer}, time: {at_least: 1, each: year}}
      - {row: newcomers, kind: counsel, whom: {post: staff, state: newcomer}, time: {at_least: 1, each: quarter}}
      - {row: told, type: tixing, whom: {post: staff, politics: ['03', '13']}, time: {within: {days: 5}, after: {event: complaint}}}
  - id: retired
    title: {zh: 走访离退休职工, en: Retired}
    who: {anyone: yes}
    whom: {anyone: yes, talked: {talk: tixing, within: {months: 3}}}
    relation: {contact: looks_after}
    time: {at_least: 1, each: year}
    count: subject
    kind: care
    cites: c
"""


@pytest.fixture
def pack():
    checked = load_packs({"own/pack.yaml": PACK})
    assert checked.faults == ()
    return checked.packs[0]


@pytest.fixture(autouse=True)
def in_chinese():
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def said(pack):
    return {rule.id: told(rule, DAY, wording(pack.own)) for rule in pack.rules}


def test_no_sentence_holds_a_code(said, pack):
    said["type"] = manner(pack.own.types["tixing"], DAY, wording(pack.own))

    assert {name: re.findall(r"[A-Za-z_]+|\b0\d\b", text) for name, text in said.items()} == {
        name: [] for name in said
    }


def test_own_events_contacts_types_and_codes_of_politics_are_named(said):
    assert "被投诉" in said["staff.told"]
    assert "共青团员、群众" in said["staff.told"]
    assert "提醒谈话" in said["staff.told"]
    assert "联系离退休职工" in said["retired"]
    assert "谈过「提醒谈话」" in said["retired"]
    assert "学业谈话" in said["staff.newcomers"]


def test_channels_ways_and_exemptions_are_told(said):
    assert "方式：当面、走访" in said["staff.yearly"].replace("面谈", "当面")
    assert "「规培在外」状态时也可用：电话、视频" in said["staff.yearly"]
    assert "免谈「组织部批准」" in said["staff.yearly"]
    assert "当年免谈" in said["staff.yearly"]


def test_a_type_is_told_in_words(pack):
    text = manner(pack.own.types["tixing"], DAY, wording(pack.own))

    for word in ("提醒谈话", "警示督促", "党组", "书记", "谈话对象", "15 年", "15 个工作日"):
        assert word in text, text


def test_rows_of_one_title_are_told_apart_by_what_differs(pack):
    found = apart(pack.rules, DAY, wording(pack.own))

    assert found["retired"] == ""
    assert "每年" in found["staff.yearly"]
    assert "每季度" in found["staff.newcomers"]
    assert len({found[name] for name in ("staff.yearly", "staff.newcomers", "staff.told")}) == 3
