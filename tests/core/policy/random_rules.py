"""Every relation with every way of counting and every kind of time, in short periods."""

from itertools import product

from tanxin.core.policy import load_packs

HEAD = """\
pack: random
title: {zh: 随机, en: Random}
version: 1
level: unit
valid: {from: 2000-01-01}
parameters:
  newcomer-days: [{from: 2000-01-01, value: 12}, {from: 2026-02-01, value: 20}]
  rising: [{from: 2000-01-01, value: 1}, {from: 2026-02-01, value: 2}]
citations:
  c: {document: d, year: 2026, article: 1, issued: unit, clause: c}
rules:
"""
RULE = """\
- id: r{n}
  title: {{zh: 规则, en: Rule}}
  kind: routine
  cites: c
  who: {who}
  whom: {whom}
  relation: {relation}
  time: {time}
  count: {count}
  mutual: {mutual}
  except: {exceptions}
"""
JOINS = [
    ("{seat: chief, of: leadership}", "{seat: [deputy, member], of: leadership}", "team"),
    ("{seat: [chief, member], of: [leadership, party_group]}",) * 2 + ("team",),
    (
        "{seat: [chief, deputy], of: [leadership, party_group]}",
        "{seat: [deputy, member], of: [leadership, party_group], not_state: abroad}",
        "team",
    ),
    ("{branch: [secretary, committee]}",) * 2 + ("branch",),
    (
        "{branch: [secretary, deputy, committee]}",
        "{branch: member, state: [ill, abroad]}",
        "branch",
    ),
    ("{branch: [secretary, committee]}", "{branch: [committee, member]}", "branch"),
    ("{branch: member}",) * 2 + ("branch",),
    ("{seat: [chief, deputy, member], of: leadership}", "{head: yes}", "charge"),
    ("{anyone: yes}", "{post: [head, staff]}", "charge"),
    ("{anyone: yes}", "{branch: [secretary, member]}", "charge"),
    ("{anyone: yes}", "{anyone: yes}", "{contact: [pair, mentor]}"),
]
APPLICANTS = ("{branch: [secretary, committee]}", "{anyone: yes}", "branch")
EACH = ["{at_least: rising, each: month}", "{at_least: 2, each: quarter}"]
EVENTS = [
    "{within: {working_days: 5}, after: {event: [illness, key_meeting], state: ill}}",
    "{before: {event: key_meeting}, by: {days: 2}, from: {weeks: 3}}",
]
EXCEPTIONS = [
    "[]",
    "[{{id: r{n}.away, title: {{zh: 外出, en: Away}}, state: [leave], of: either}}]",
    "[{{id: r{n}.away, title: {{zh: 外出, en: Away}}, state: [leave], of: subject}}]",
]
_ALL = [
    *product(JOINS, EACH + EVENTS, ["pair", "subject", "initiator", "partners"], ["yes", "no"]),
    *product([APPLICANTS], EVENTS[:1], ["pair", "subject"], ["yes", "no"]),
]


def rule_text(n, choice):
    (who, whom, relation), time, count, mutual = choice
    exceptions = EXCEPTIONS[n % 3].format(n=n)
    return RULE.format(
        n=n, who=who, whom=whom, relation=relation, time=time, count=count, mutual=mutual,
        exceptions=exceptions,
    )  # fmt: skip


def _one_rule_packs():
    for n, choice in enumerate(_ALL):
        checked = load_packs({"random.yaml": HEAD + rule_text(n, choice)})
        assert not checked.faults, (choice, checked.faults)
        yield checked.packs[0]


PACKS = tuple(_one_rule_packs())
