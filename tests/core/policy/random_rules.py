"""Every relation with every way of counting and every kind of time, in short periods."""

from functools import cache
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
calendars:
  rounds:
    - {code: 2026-R1, from: 2026-01-20, to: 2026-02-11}
    - {code: 2026-R2, from: 2026-02-16, to: 2026-04-10}
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
{more}"""
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


# One rule for each new word: whom and who, time, counting, and what else it says.
BRANCH = ("{branch: [secretary, committee]}", "{branch: [committee, member]}", "branch")
UNIT = ("{head: yes}", "{post: [head, staff]}", "unit")
MEETS = "{at_least: 2, each: month, before: {event: key_meeting}, by: {working_days: 2}}"
MONTH = "{at_least: 1, each: month}"
COUNTS = ["pair", "subject", "initiator", "partners"]
_TREES = [
    ("{any: [{seat: chief, of: leadership}, {head: yes}]}", "{anyone: yes}", "{below: any}"),
    ("{seat: [chief, deputy], of: leadership}", "{head: yes}", "{below: direct}"),
    ("{head: yes}", "{branch: secretary}", "{below: 2}"),
    ("{branch: [secretary, member]}", "{seat: chief, of: leadership}", "{above: any}"),
    ("{post: [head, staff]}", "{any: [{post: chief}, {seat: chief, of: party_group}]}", "above"),
    UNIT,
    ("{seat: [chief, member], of: leadership}", "{anyone: yes}", "authority"),
]
_NARROWED = [
    ("{branch: [secretary, committee], rank: [chu-zheng, ke-zheng]}", "{branch: member}", "branch"),
    ("{branch: secretary}", "{branch: [committee, member], rank: chu-zheng}", "branch"),
    ("{branch: secretary}", "{branch: member, years: {birthday: {at_least: 22}}}", "branch"),
    ("{branch: secretary}", "{branch: member, years: {birthday: {below: 22}, party: {at_least: 4}}}",
     "branch"),
    ("{head: yes}", "{post: staff, years: {post: {at_least: 0, below: 1}}}", "unit"),
    ("{branch: secretary}", "{branch: member, talked: {talk: warning, within: {months: 2}}}",
     "branch"),
    ("{branch: secretary}", "{branch: member, not_talked: {talk: routine, within: {weeks: 6}}}",
     "branch"),
    ("{branch: [secretary, committee], also: {seat: [chief, deputy, member], of: leadership}}",
     "{branch: member, also: {any: [{post: [staff, head]}, {branch: committee}]}}", "branch"),
    ("{branch: committee, state: [ill, hardship]}", "{branch: [secretary, member]}", "branch"),
    ("{branch: member, state: abroad}",) * 2 + ("branch",),
]  # fmt: skip
_TIMES = [
    "{at_least: 1, each: week, only: odd}",
    "{at_least: 1, each: month, only: [1, 3]}",
    "{at_least: 1, each: month, only: even, during: rounds}",
    "{at_least: 1, each: week, only: odd, during: rounds}",
    "{at_least: 2, each: rounds}",
    MEETS,
    "{within: {weeks: 2}, after: {ended: [ill, abroad]}}",
    "{at_least: 2, within: {months: 2}, from: {weeks: 2}, after: {talk: [warning]}}",
    "{within: {working_days: 5}, after: {lapsed: any}}",
    "{within: {weeks: 3}, after: {event: key_meeting, below: yes}}",
    "{before: {node: [spring-festival, qingming]}, by: {days: 1}, from: {weeks: 2}}",
    "{around: [birthday, party], from: {weeks: 1}, within: {weeks: 1}}",
    "{around: post, from: {days: 3}, within: {months: 1}}",
]
_SAID = [
    "  sample: {percent: 40, rest: {months: 1}}\n",
    "  sample: {people: 1}\n",
    "  pro_rata: yes\n",
    "  share: spread\n",
    "  delegable: yes\n",
]
SHARE = ["{at_least: {percent: 40}, each: month}", "{at_least: {percent: 100}, each: rounds}"]
AREA = ("{anyone: yes}", "{anyone: yes}", "{contact: [pair, mentor]}")
COME = ("{any: [{head: yes}, {seat: chief, of: leadership}]}", "{anyone: yes}", "reception")
_MORE = [
    *product(_TREES, [MONTH, EVENTS[0], MEETS], COUNTS, ["no"], [""]),
    *product(_NARROWED, [MONTH, EVENTS[0]], ["pair", "subject", "partners"], ["yes", "no"], [""]),
    *product([BRANCH, UNIT, JOINS[0], AREA], _TIMES, ["pair", "subject"], ["no"], [""]),
    *product([BRANCH, UNIT, AREA], ["{at_least: 3, each: month}"], COUNTS, ["no"], _SAID),
    *product(
        [BRANCH, JOINS[1], AREA], ["{at_least: 1, each: quarter}"], ["pair"], ["yes"], _SAID[:3]
    ),
    *product([BRANCH, UNIT, AREA], SHARE, ["initiator", "partners"], ["no"], ["", _SAID[2]]),
    *product([COME], EVENTS[:1], ["pair", "subject"], ["no"], [""]),
]


def rule_text(n, choice, more=""):
    (who, whom, relation), time, count, mutual = choice
    exceptions = EXCEPTIONS[n % 3].format(n=n)
    return RULE.format(
        n=n, who=who, whom=whom, relation=relation, time=time, count=count, mutual=mutual,
        exceptions=exceptions, more=more,
    )  # fmt: skip


def _one_rule_packs(choices):
    for n, choice in enumerate(choices):
        checked = load_packs({"random.yaml": HEAD + rule_text(n % 2, choice[:4], *choice[4:])})
        assert not checked.faults, (choice, checked.faults)
        yield checked.packs[0]


@cache
def packs():
    """Read when a test asks for them: whoever only collects tests need not wait."""
    return tuple(_one_rule_packs(_ALL))


@cache
def new_packs():
    return tuple(_one_rule_packs(_MORE))
