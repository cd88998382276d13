"""A pack of an organisation's own that looks at ranks, dates, history, delegations and the tree."""

HEAD = """\
pack: wider
title: {zh: 更多规则, en: Wider rules}
version: 1
level: unit
valid: {from: 2020-01-01}
words: {contacts: {room: {zh: 包寝室, en: Looks after a room}}}
types: {reminding: {title: {zh: 提醒谈话, en: Reminder}, kind: warning}}
citations: {c: {document: d, year: 2026, article: 1, issued: unit, clause: c}}
rules:
"""
RULE = """\
- id: r{n}
  title: {{zh: 规则, en: Rule}}
  kind: care
  cites: c
  {says}
"""
BRANCH = "who: {branch: [secretary, committee]}\n  relation: branch\n  count: %s\n  "
MEMBER = "whom: {branch: member}\n  "
YEARLY = "time: {at_least: 1, each: year}"
ANYONE = "who: {anyone: yes}\n  whom: {anyone: yes}\n  "
ROOM = ANYONE + "relation: {contact: [pair, room]}\n  count: pair\n  "
HEADS = "who: {head: yes}\n  whom: {head: yes}\n  relation: below\n  count: pair\n  "
UNIT = "who: {any: [{head: yes}, {post: staff}]}\n  whom: {anyone: yes}\n  relation: unit\n  count: %s\n  "
# What a small change can be derived near to.
NEAR = [
    BRANCH % "pair" + "whom: {branch: member, rank: [chu-zheng, ke-zheng]}\n  " + YEARLY,
    BRANCH % "subject" + "whom: {branch: member, years: {birthday: {at_least: 40}}}\n  " + YEARLY,
    BRANCH % "subject" + "whom: {branch: member, also: {post: [head, staff]}}\n  " + YEARLY,
    BRANCH % "pair" + "delegable: yes\n  " + MEMBER + "time: {at_least: 1, each: half}",
    BRANCH % "initiator" + MEMBER + "time: {at_least: {percent: 40}, each: quarter}",
    BRANCH % "subject" + MEMBER + "time: {around: birthday, from: {weeks: 1}, within: {weeks: 1}}",
    BRANCH % "subject" + MEMBER + "time: {within: {weeks: 2}, after: {ended: ill}}",
    BRANCH % "subject" + MEMBER + "time: {within: {weeks: 2}, after: {talk: routine}}",
    BRANCH % "pair" + MEMBER + "time: {at_least: 1, each: year, before: {event: "
    "organisational_life_meeting}, by: {days: 1}}",
    UNIT % "pair" + YEARLY,
    UNIT % "subject" + "share: spread\n  " + YEARLY,
    UNIT % "partners" + YEARLY,
    ROOM + "time: {at_least: 1, each: month, only: odd}",
]
# What is derived whole after any change.
WIDE = [
    BRANCH % "subject" + MEMBER + "sample: {percent: 30, rest: {months: 2}}\n  " + YEARLY,
    "who: {head: yes}\n  whom: {anyone: yes}\n  relation: below\n  count: subject\n  " + YEARLY,
    "who: {head: yes}\n  whom: {anyone: yes}\n  relation: authority\n  count: subject\n  " + YEARLY,
    HEADS + "time: {within: {weeks: 2}, after: {lapsed: any}}",
]


def pack_of(rules):
    return HEAD + "".join(RULE.format(n=n, says=says) for n, says in enumerate(rules))
