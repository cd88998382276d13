"""A case that says what no case can say is a fault, and never passes without testing anything."""

import random
from importlib.resources import files

import pytest
import yaml

from tanxin.core.policy import case_given, load_packs
from tanxin.core.policy.case_facts import GIVEN
from tanxin.core.policy.case_faults import case_faults
from tanxin.core.policy.cases import cases_in, misses
from tanxin.core.policy.facts import (
    AuthorityFact,
    ContactFact,
    DelegateFact,
    EventFact,
    LapseFact,
    TalkFact,
)
from tanxin.packs import LIBRARY, shipped_sources

PACKS = load_packs(shipped_sources(*LIBRARY)).packs
SOUND = """\
packs: [national, university]
today: 2026-05-20
year: 2026
given:
  unit: {school: organ, office: department under school}
  branch: {first: {ada: secretary, ben: member}}
  team: {leaders: {ada: chief, cleo: member}}
  post: {office: {dora: staff}}
  state: {ben: ill 2026-03-01..2026-05-01}
  politics: {ben: '01'}
  event: [{day: 2026-05-14, kind: illness, person: ben}]
  contact: [{kind: liaison, person: ada, unit: office}]
cases:
  - case: one
    expect: [{rule: branch-committee-member, who: ada, whom: ben, times: 1}]
    absent: [branch-committee-among]
"""


def faults(text, unsound=()):
    return case_faults("cases/a.yaml", text, PACKS, unsound)


def test_a_sound_file_has_no_fault():
    assert faults(SOUND) == []


WRONG = [
    ("    absent:", "    bogus: 3\n    absent:", "bogus", 16, ""),
    ("year: 2026", "yaer: 2026", "yaer", 3, "year"),
    ("[national, university]", "[nationl]", "nationl", 1, "national"),
    ("absent: [branch-committee-among]", "absent: [branch-comittee-among]",
     "branch-comittee-among", 16, "branch-committee-among"),
    ("rule: branch-committee-member", "rule: branch-comittee-member",
     "branch-comittee-member", 15, "branch-committee-member"),
    ("times: 1", "tmies: 1", "tmies", 15, "times"),
    ("whom: ben", "whom: bne", "bne", 15, "ben"),
    ("who: ada", "pack: nationl", "nationl", 15, "national"),
    ("  unit:", "  units:", "units", 5, "unit"),
    ("organ, office", "orgn, office", "orgn", 5, "organ"),
    ("department under school", "department under shool", "shool", 5, "school"),
    ("department under school", "school", "school", 5, "department under school"),
    ("ada: secretary", "ada: secretry", "secretry", 6, "secretary"),
    ("ada: chief", "ada: cheif", "cheif", 7, "chief"),
    ("leaders: {", "leaders (party_grup): {", "party_grup", 7, "party_group"),
    ("dora: staff", "dora: staf", "staf", 8, "staff"),
    ("ben: ill 2026", "ben: hardshp 2026", "hardshp", 9, "hardship"),
    ("{ben: ill 2026", "{bne: ill 2026", "bne", 9, "ben"),
    ("{ben: '01'}", "{ben: '14'}", "14", 10, ""),
    ("kind: illness", "kind: ilness", "ilness", 11, "illness"),
    ("14, kind: illness", "14, knd: illness", "knd", 11, "kind"),
    ("kind: liaison", "kind: liason", "liason", 12, "liaison"),
    ("liaison, person: ada", "liaison, who: ada", "who", 12, ""),
    ("unit: office}", "unit: ofice}", "ofice", 12, "office"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "instead", "value", "line", "hint"), WRONG, ids=[str(each[2]) for each in WRONG]
)
def test_a_wrong_word_is_a_fault_with_its_line_and_what_was_meant(said, instead, value, line, hint):
    assert said in SOUND

    found = [each for each in faults(SOUND.replace(said, instead, 1))
             if each.params.get("value") == value]  # fmt: skip

    assert [(each.file, each.line) for each in found] == [("cases/a.yaml", line)]
    assert found[0].params["known"]
    if hint:
        assert found[0].hint == hint


def test_a_rule_with_rows_is_named_with_its_row():
    text = SOUND.replace("[branch-committee-among]", "[s3-students]").replace(
        "[national, university]", "[court]"
    )
    row = next(
        rule.id for pack in PACKS if pack.id == "court" for rule in pack.rules if "." in rule.id
    )

    found = [
        each
        for each in faults(text.replace("s3-students", row.partition(".")[0]))
        if each.code == "case.rows"
    ]

    assert row in found[0].params["known"]


@pytest.mark.parametrize(
    ("said", "instead", "code"),
    [
        ("expect: [{", "expect: [{who: ben}, {", "key.missing"),
        ("year: 2026", "year: soon", "case.number"),
        ("year: 2026", "year: 1999", "case.pack-not-then"),
        ("[national, university]", "[]", "key.missing"),
        ("today: 2026-05-20", "today: soon", "case.day"),
        ("ill 2026-03-01..2026-05-01", "ill 2026-03-01..2026-13-01", "case.days"),
        ("ill 2026-03-01..2026-05-01", "ill 2026-05-01..2026-03-01", "case.days"),
        ("ill 2026-03-01..2026-05-01", '"ill\\n2026-05-01"', "case.days"),
        ("{ben: '01'}", "{ben: 01}", "case.text"),
        ("[{day: 2026-05-14, kind: illness, person: ben}]", "{ben: illness}", "case.shape"),
        ("{ada: secretary, ben: member}", "[ada]", "case.shape"),
        (", unit: office}]", "}]", "key.missing"),
        ("times: 1", "times: many", "case.number"),
        ("times: 1", "mutual: perhaps", "case.flag"),
        ("    absent: [branch-committee-among]\n", "    absent: branch-committee-among\n",
         "case.shape"),
        ("cases:", "case:", "case.word"),
    ],
)  # fmt: skip
def test_what_is_written_otherwise_than_it_can_be_is_a_fault(said, instead, code):
    assert said in SOUND

    assert code in [each.code for each in faults(SOUND.replace(said, instead, 1))]


def test_a_case_that_asks_nothing_is_a_fault():
    text = SOUND[: SOUND.index("    expect")]

    assert [each.code for each in faults(text)] == ["case.asks-nothing"]


def test_a_pack_with_faults_is_no_unknown_pack():
    found = faults(SOUND.replace("[national, university]", "[own]"), unsound=["own"])

    assert found[0].code == "case.pack-unsound"


@pytest.mark.parametrize("text", ["", "a: [", "cases: 3", "cases: [a]", "- a", "no: cases"])
def test_what_is_no_file_of_cases_is_a_fault(text):
    assert faults(text)


def test_every_word_of_given_is_looked_at():
    assert set(case_given.EXAMPLES) == set(GIVEN)
    kinds = {
        "event": EventFact, "talk": TalkFact, "lapse": LapseFact, "contact": ContactFact,
        "authority": AuthorityFact, "delegate": DelegateFact,
    }  # fmt: skip
    for kind, fact in kinds.items():
        fields = {"day" if name == "on" else name for name in fact._fields} - {"id"}
        assert set(case_given.ROWS[kind]) == fields
        needed = set(fact._fields) - set(fact._field_defaults) - {"id", "on"}
        assert needed <= set(case_given.NEEDED[kind])


NARROWED = """\
pack: narrowed
title: {zh: 示例, en: Example}
version: 1
level: unit
valid: {from: 2026-01-01}
citations:
  c: {document: 本局制度, year: 2026, article: 3, issued: unit, clause: 每年谈心一次。}
rules:
  - id: some
    title: {zh: 规则, en: Rule}
    who: {branch: secretary}
    whom: {branch: member, WHOM}
    relation: branch
    time: {at_least: 1, each: year}
    count: subject
    cites: c
    kind: routine
"""


@pytest.mark.parametrize(
    ("whom", "given"),
    [
        ("politics: ['03']", "politics: {ben: '03', cleo: '01'}"),
        ("gender: f", "gender: {ben: f, cleo: m}"),
        ("state: hardship", "state: {ben: [ill 2026-03-01.., hardship], cleo: ill}"),
        ("rank: chu-fu", "rank: {ben: chu-fu 2026-01-01.., cleo: chu-zheng}"),
    ],
)
def test_a_case_tells_politics_gender_rank_and_several_states(whom, given):
    packs = load_packs({"a": NARROWED.replace("WHOM", whom)})
    text = f"""\
packs: [narrowed]
today: 2026-05-20
year: 2026
given:
  branch: {{first: {{ada: secretary, ben: member, cleo: member}}}}
  {given}
cases:
  - case: one
    expect: [{{rule: some, who: ada, whom: ben}}]
"""

    assert packs.faults == ()
    assert case_faults("a", text, packs.packs) == []
    assert [misses(case, packs.packs) for case in cases_in(text)] == [[]]


def spoiled(tree, lot):
    """Put something else in the place of one value or key somewhere."""
    others = [None, 3, "zzz", True, [], {}, ["a"], {"a": "b"}, "member 2026-01-01..", ""]
    at = tree
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        if not keys:
            return
        key = lot.choice(keys)
        if isinstance(at[key], dict | list) and at[key] and lot.random() < 0.8:
            at = at[key]
        else:
            at[key] = lot.choice(others)
            return


def shipped_cases():
    for pack in LIBRARY:
        for file in sorted((files("tanxin.packs") / pack / "cases").iterdir(), key=str):
            yield file.read_text(encoding="utf-8")


def test_whatever_has_no_fault_can_be_run():
    lot = random.Random(20261123)
    texts = list(shipped_cases())
    for _ in range(300):
        tree = yaml.safe_load(lot.choice(texts))
        spoiled(tree, lot)
        text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)
        if not faults(text):
            for case in cases_in(text):
                misses(case, [pack for pack in PACKS if pack.id in case["packs"]])


def test_the_shipped_cases_have_no_fault():
    for text in shipped_cases():
        assert faults(text) == []
