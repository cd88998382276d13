"""Words, calendars, kinds and types of an organisation's own, and rows of a rule."""

import pytest

from packs import UPPER, changed, only_fault, pack_of
from tanxin.core.policy import load_packs, rule_from_data, rule_to_data
from tanxin.core.policy.manner import Grade, Part
from tanxin.core.policy.settle import channels_for, manner_of, meets

TIME = "time: {at_least: often, each: year}"
WHO = "who: {seat: chief, of: leadership}"
WHOM = "whom: {seat: [deputy, member], of: leadership}"
BEGIN = "rules:\n"
OWN = """\
words:
  states: {ranked_last: {zh: 排名末三位, en: Among the last three}}
  events: {petitions_told: {zh: 信访月报, en: Petitions of the month}}
  contacts: {room: {zh: 包寝室, en: Looks after a room}}
kinds:
  counsel: {title: {zh: 学业谈话, en: Counsel}, form: either, channel: [face, video]}
  care:
    title: {zh: 关心关爱, en: Care}
    ways: {floating: [phone, message]}
types:
  encouragement:
    title: {zh: 勉励谈话, en: Encouragement}
    kind: care
    fields: [{id: attitude, title: {zh: 对象表态, en: What he undertakes}, needed: yes}]
    approval: chief
    signature: [subject, recorder]
    grade: limited
    counts: no
    effect: {months: 6}
    retention: {years: 10}
    clock: {working_days: 15}
    preparation: [{zh: 听取意见, en: Ask around}]
    held_by: [{head: yes}]
    parts: [recorder, accompanist]
    follow_up: feedback
calendars:
  rounds:
    - {code: 2026-R1, from: 2026-01-01, to: 2026-01-31}
    - {code: 2026-R2, from: 2026-07-01, to: 2026-07-31}
"""


def own_pack(*changes):
    return pack_of(changed(UPPER, BEGIN, OWN + BEGIN, *changes))


def test_own_words_are_known_in_the_rules_of_every_pack_checked_together():
    by_list = changed(
        UPPER, "pack: upper", "pack: other", "level: national", "level: unit",
        WHOM, "whom: {seat: member, of: leadership, state: ranked_last}",
        TIME, "time: {within: {days: 3}, after: {event: petitions_told}}",
    )  # fmt: skip

    checked = load_packs({"a": changed(UPPER, BEGIN, OWN + BEGIN), "b": by_list})

    assert checked.faults == ()
    assert checked.packs[1].rules[0].terms.whom.states == ("ranked_last",)


def test_a_type_brings_its_kind_and_says_how_its_talks_are_held():
    pack = own_pack("kind: routine", "type: encouragement\n    channel: [phone]")
    rule = pack.rules[0]
    manner = manner_of(rule.kind, rule.type, pack.own)

    assert (rule.kind, rule.type) == ("care", "encouragement")
    assert [each.value for each in rule.channels] == ["phone"]
    assert manner.fields[0].needed
    assert (manner.grade, manner.approval) == (Grade.LIMITED, (Part.CHIEF,))
    assert [way.state for way in manner.ways] == ["floating"]
    assert manner.clock.amount.numbers == (15,)


def test_where_somebody_is_away_other_channels_will_do():
    rule = own_pack("kind: routine", "kind: care").rules[0]

    assert channels_for(rule, ()) == ("face",)
    assert channels_for(rule, ("floating",)) == ("face", "phone", "message")


def test_a_talk_of_a_type_that_does_not_count_meets_only_rules_that_name_it():
    pack = own_pack("kind: routine", "kind: care")
    named = own_pack("kind: routine", "type: encouragement")

    assert meets(pack.rules[0], "care", "", pack.own)
    assert not meets(pack.rules[0], "care", "encouragement", pack.own)
    assert not meets(pack.rules[0], "routine", "", pack.own)
    assert meets(named.rules[0], "care", "encouragement", named.own)


def test_a_fifth_kind_is_a_line_in_a_pack():
    rule = own_pack("kind: routine", "kind: counsel").rules[0]

    assert (rule.kind, rule.form.value) == ("counsel", "either")
    assert [each.value for each in rule.channels] == ["face", "video"]
    assert rule_from_data(rule_to_data(rule)) == rule


def test_rows_make_several_rules_of_one():
    rows = """\
    rows:
      - {row: deputies, whom: {seat: deputy, of: leadership}, time: {at_least: 4, each: year}}
      - {row: members, whom: {seat: member, of: leadership}, channel: [face, video]}
"""
    pack = pack_of(changed(UPPER, "    cites: clause-3\n", "    cites: clause-3\n" + rows))

    assert [rule.id for rule in pack.rules] == ["chief-member.deputies", "chief-member.members"]
    assert [rule.terms.whom.holder.roles for rule in pack.rules] == [("deputy",), ("member",)]
    assert [rule.terms.time.at_least.numbers for rule in pack.rules] == [(4,), (2,)]
    assert [len(rule.channels) for rule in pack.rules] == [1, 2]


SAYS_MORE = """\
    size: {at_least: 3, at_most: 10}
    report: [{each: quarter, to: 党组}, {each: half, to: 全体职工, reply: yes}]
    assessed: yes
    sample: {percent: 30, rest: {years: 1}}
    share: spread
    pro_rata: yes
    delegable: yes
"""


def test_a_rule_says_more_and_can_be_kept_as_data():
    rule = pack_of(changed(UPPER, "    kind: routine\n", SAYS_MORE + "    kind: routine\n")).rules[
        0
    ]

    assert (rule.size.least, rule.size.most) == (3, 10)
    assert [(each.each.value, each.reply) for each in rule.report] == [
        ("quarter", False),
        ("half", True),
    ]
    assert rule.assessed
    assert rule.terms.sample.percent
    assert rule_from_data(rule_to_data(rule)) == rule


def test_a_right_to_ask_names_its_clock_without_being_counted():
    terms = UPPER[UPPER.index("    who:") : UPPER.index("    mutual:")]
    text = changed(
        UPPER, terms, "    text_only: on_request\n    answer: {weeks: 1}\n", "    mutual: yes\n", ""
    )
    rule = pack_of(text).rules[0]

    assert rule.terms is None
    assert rule.answer.amount.numbers == (1,)


RULE = "    kind: routine\n"
#   change, code, hint
FAULTS = [
    (WHOM, "whom: {any: [{any: [{head: yes}]}]}", "people.any-in-any", ""),
    (WHOM, "whom: {any: [{head: yes}], of: leadership}", "people.of-without-seat", ""),
    (WHOM, "whom: {seat: member, of: leadership, also: {head: yes}}", "people.also", ""),
    (WHOM, "whom: {seat: member, of: leadership, rank: chu-zhen}", "value.unknown", "chu-zheng"),
    (WHOM, "whom: {seat: member, of: leadership, years: {birthday: {}}}", "years.which", ""),
    (
        WHOM,
        "whom: {seat: member, of: leadership, years: {birthday: {at_least: 3, below: 3}}}",
        "years.none",
        "",
    ),
    (
        WHOM,
        "whom: {seat: member, of: leadership, talked: {talk: care, within: {working_days: 3}}}",
        "talked.working-days",
        "",
    ),
    (WHOM, "whom: {seat: member, of: leadership, talked: {talk: care}}", "key.missing", ""),
    ("relation: team", "relation: {below: far}", "value.unknown", ""),
    ("relation: team", "relation: {below: 0}", "number.too-small", ""),
    ("relation: team", "relation: {below: 1, above: 1}", "relation.one-of", ""),
    ("relation: team", "relation: reception", "relation.whom", ""),
    (TIME, "time: {at_least: {percent: 101}, each: year}", "time.percent", ""),
    (TIME, "time: {at_least: {percent: 10}, each: year}", "time.percent-count", ""),
    (TIME, "time: {at_least: 1, each: year, only: odd}", "time.only-of", ""),
    (TIME, "time: {at_least: 1, each: month, only: [13]}", "time.only-number", ""),
    (TIME, "time: {at_least: 1, each: month, only: od}", "value.unknown", "odd"),
    (TIME, "time: {at_least: 1, each: month, during: round}", "value.unknown", ""),
    (
        TIME,
        "time: {at_least: 2, each: year, only: [], during: term, spread: half}",
        "time.spread-with",
        "",
    ),
    (TIME, "time: {within: {days: 3}, after: {talk: routine}}", "time.answers-itself", ""),
    (TIME, "time: {within: {days: 3}, after: {lapsed: Rule}}", "rule.lapsed-unknown", ""),
    (TIME, "time: {within: {days: 3}, after: {lapsed: chief-meber}}", "rule.lapsed-unknown",
     "chief-member"),
    (TIME, "time: {within: {days: 3}, from: {days: 4}, after: {event: award}}", "time.opens-late", ""),
    (TIME, "time: {around: birthdy, from: {days: 4}, within: {days: 4}}", "value.unknown", "birthday"),
    (TIME, "time: {before: {node: qing}, by: {days: 1}, from: {days: 4}}", "value.unknown", "qingming"),
    (RULE, RULE + "    type: praise\n", "value.unknown", ""),
    (RULE, RULE + "    sample: {rest: {days: 1}}\n", "sample.one-of", ""),
    (RULE, RULE + "    answer: {days: 1}\n", "rule.answer", ""),
    (RULE, RULE + "    ways: {flowing: phone}\n", "key.unknown", "floating"),
    (BEGIN, "words: {states: {ill: {zh: 病, en: Ill}}}\n" + BEGIN, "own.known", ""),
    (BEGIN, "words: {states: {Ill-1: {zh: 病, en: Ill}}}\n" + BEGIN, "own.word", ""),
    (BEGIN, "types: [a]\n" + BEGIN, "type.wrong", ""),
    (
        BEGIN,
        "calendars: {r: [{code: R1, from: 2026-01-01, to: 2026-01-02}]}\n" + BEGIN,
        "calendar.code",
        "",
    ),
    (
        BEGIN,
        "calendars: {r: {code: 2026-1, from: 2026-01-03, to: 2026-01-02}}\n" + BEGIN,
        "pack.valid-backwards",
        "",
    ),
    (
        BEGIN,
        "calendars: {r: [{code: 2026-1, from: 2026-01-01, to: 2026-01-02},"
        " {code: 2026-2, from: 2026-01-02, to: 2026-01-03}]}\n" + BEGIN,
        "calendar.overlap",
        "",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "hint"), FAULTS)
def test_a_fault_in_the_newer_words_says_what_was_meant(old, new, code, hint):
    fault = load_packs({"own/pack.yaml": changed(UPPER, old, new)}).faults[0]

    assert (fault.code, fault.hint) == (code, hint)
    assert fault.example


def test_a_type_belongs_to_one_kind():
    text = changed(UPPER, BEGIN, OWN + BEGIN, RULE, "    kind: warning\n    type: encouragement\n")

    fault = only_fault(text)

    assert (fault.code, fault.params["below"]) == ("rule.kind-of-type", "care")


@pytest.mark.parametrize("row", ["{row: Big, mutual: no}", "{row: a, mutal: no}"])
def test_a_row_is_named_and_says_only_what_a_rule_says(row):
    rows = f"    cites: clause-3\n    rows: [{row}]\n"
    checked = load_packs({"own/pack.yaml": changed(UPPER, "    cites: clause-3\n", rows)})

    assert checked.faults[0].code in {"rule.id", "key.unknown"}
