import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packs import UPPER, changed, only_fault
from tanxin.core.policy import load_packs
from tanxin.core.policy.read import MAX_CHARACTERS
from tanxin.packs import shipped_sources

TIME = "time: {at_least: often, each: year}"
WHO = "who: {seat: chief, of: leadership}"
WHOM = "whom: {seat: [deputy, member], of: leadership}"
RULE_LINE, TIME_LINE, WHO_LINE, WHOM_LINE = 17, 22, 19, 20

#   change, code, line, hint
FAULTS = [
    ("kind: routine", "kind: rutine", "value.unknown", 25, "routine"),
    ("kind: routine", "kind: [routine]", "type.wrong", 25, ""),
    ("    kind: routine\n", "", "key.missing", RULE_LINE, ""),
    ("kind: routine", "kind:", "key.missing", RULE_LINE, ""),
    ("    mutual: yes", "    mutal: yes", "key.unknown", 24, "mutual"),
    ("    mutual: yes", "    mutual: 3", "type.wrong", 24, ""),
    ("mutual: yes", "mutual: yes\n    mutual: no", "key.twice", 25, ""),
    ("id: chief-member", "id: Chief Member", "rule.id", RULE_LINE, ""),
    ("id: chief-member", "id: [a]", "type.wrong", RULE_LINE, ""),
    ("cites: clause-3", "cites: {a: b}", "type.wrong", 26, ""),
    ("cites: clause-3", "cites: clause-4", "rule.cites-unknown", 26, "clause-3"),
    ("    cites: clause-3\n", "", "key.missing", RULE_LINE, ""),
    ("zh: 一把手与成员, ", "", "key.missing", 18, ""),
    ("    title: {zh: 一把手与成员, en: Chief with member}\n", "", "key.missing", RULE_LINE, ""),
    ("    " + TIME + "\n", "", "key.missing", RULE_LINE, ""),
    (WHO, "who: {seat: cheif, of: leadership}", "value.unknown", WHO_LINE, "chief"),
    (WHO, "who: {seat: chief}", "key.missing", WHO_LINE, ""),
    (WHO, "who: {of: leadership}", "people.one-of", WHO_LINE, ""),
    (WHO, "who: {branch: secretary}", "relation.who", WHO_LINE, ""),
    (WHOM, "whom: {branch: member, of: leadership}", "people.of-without-seat", WHOM_LINE, ""),
    (WHOM, "whom: {head: no}", "people.yes", WHOM_LINE, ""),
    ("relation: team", "relation: teams", "value.unknown", 21, "team"),
    ("relation: team", "relation: {contact: friend}", "value.unknown", 21, ""),
    (TIME, "time: {at_least: oftn, each: year}", "value.unknown", TIME_LINE, "often"),
    (TIME, "time: {at_least: 0, each: year}", "number.too-small", TIME_LINE, ""),
    (TIME, "time: {at_least: 1, each: jear}", "value.unknown", TIME_LINE, "year"),
    (TIME, "time: {at_least: 1}", "key.missing", TIME_LINE, ""),
    (TIME, "time: {at_least: 1, each: year, by: {days: 1}}", "time.mixed", TIME_LINE, ""),
    (TIME, "time: {at_least: 1, each: year, from: {days: 1}}", "time.mixed", TIME_LINE, ""),
    (TIME, "time: {at_least: 3, each: year, spread: half}", "time.spread-uneven", TIME_LINE, ""),
    (TIME, "time: {at_least: 1, each: half, spread: year}", "time.spread-longer", TIME_LINE, ""),
    (TIME, "time: {at_least: 1, each: term, spread: week}", "time.spread-longer", TIME_LINE, ""),
    (TIME, "time: {within: {days: 3}, after: {event: []}}", "time.after-what", TIME_LINE, ""),
    (TIME, "time: {within: {}, after: {event: award}}", "time.one-unit", TIME_LINE, ""),
    (TIME, "time: {after: {event: award}}", "key.missing", TIME_LINE, ""),
    (
        TIME,
        "time: {within: {days: 3}, after: {event: awards}}",
        "value.unknown",
        TIME_LINE,
        "award",
    ),
    (
        TIME,
        "time: {before: {event: election}, by: {days: 9}, from: {weeks: 1}}",
        "time.opens-late",
        TIME_LINE,
        "",
    ),
    ("level: national", "level: nation", "value.unknown", 4, "national"),
    ("pack: upper", "pack: 上级", "pack.id", 1, ""),
    ("version: 1\n", "", "key.missing", 1, ""),
    ("valid: {from: 2020-01-01}\n", "", "key.missing", 1, ""),
    ("valid: {from: 2020-01-01}", "valid: {from: 2020}", "type.wrong", 5, ""),
    ("from: 2020-01-01}", "from: 2020-02-30}", "value.unreadable", 5, ""),
    ("valid: {from: 2020-01-01}", "valid: 2020-01-01", "type.wrong", 5, ""),
    (
        "valid: {from: 2020-01-01}",
        "valid: {from: 2020-01-01, to: 2020-01-01}",
        "pack.valid-backwards",
        5,
        "",
    ),
    ("value: 2}]", "value: 2}, {from: 2019-01-01, value: 3}]", "dated.order", 7, ""),
    ("value: 2}]", "value: yes}]", "type.wrong", 7, ""),
    ("    article: 第三条\n", "", "citation.place", 10, ""),
    ("verified: no", "verified: yes", "citation.verified", 15, ""),
    ("year: 2020", "year: 1020", "number.too-small", 11, ""),
    (
        "    cites: clause-3\n",
        "    cites: clause-3\n    text_only: unmeasurable\n",
        "rule.text-only",
        None,
        "",
    ),
    ("    document: 上级文件", "    document: {a: b}", "type.wrong", 10, ""),
    ("kind: routine", "kind: !!python/name:os.system", "yaml.tag", 25, ""),
    ("kind: routine", "kind: &k routine", "yaml.anchor", 25, ""),
    ("kind: routine", "kind: *k", "yaml.anchor", 25, ""),
    ("kind: routine", "kind: " + "[" * 20 + "]" * 20, "yaml.too-deep", 25, ""),
    ("kind: routine", "kind: [", "yaml.syntax", None, ""),
    ("kind: routine", "kind: \0", "yaml.syntax", 1, ""),
]


@pytest.mark.parametrize(("old", "new", "code", "line", "hint"), FAULTS)
def test_a_fault_says_where_it_is_and_what_was_meant(old, new, code, line, hint):
    checked = load_packs({"own/pack.yaml": changed(UPPER, old, new)})

    assert checked.packs == ()
    fault = checked.faults[0]
    assert (fault.code, fault.file, fault.hint) == (code, "own/pack.yaml", hint)
    assert line in (None, fault.line)


EXEMPT = "    except: [{id: %s, title: {zh: 假, en: Leave}, state: %s, of: either}]\n"


@pytest.mark.parametrize(
    ("name", "state", "code", "hint"),
    [
        ("leave", "leave", "rule.exception-id", "chief-member.leave"),
        ("other.leave", "leave", "rule.exception-id", "chief-member.leave"),
        ("chief-member.leave", "leaf", "value.unknown", "leave"),
    ],
)
def test_an_exception_is_named_after_its_rule(name, state, code, hint):
    fault = only_fault(UPPER + EXEMPT % (name, state))

    assert (fault.code, fault.hint) == (code, hint)


def test_a_rule_id_is_used_once():
    rule = UPPER[UPPER.index("  - id:") :]

    fault = only_fault(UPPER + rule)

    assert (fault.code, fault.params["line"]) == ("rule.id-twice", str(RULE_LINE))


def test_an_example_goes_with_every_fault_of_a_rule():
    fault = only_fault(changed(UPPER, "each: year", "each: jear"))

    assert fault.example == "time: {at_least: 1, each: year}"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "file.empty"),
        ("- a", "type.wrong"),
        ("3", "type.wrong"),
        ("x" * (MAX_CHARACTERS + 1), "file.too-long"),
        ("citations: 3", "type.wrong"),
        ("parameters: [1]", "type.wrong"),
    ],
)
def test_what_is_no_pack_is_said_to_be_none(text, code):
    checked = load_packs({"own/pack.yaml": text})

    assert code in {fault.code for fault in checked.faults}
    assert checked.packs == ()


SHIPPED = list(shipped_sources().values())


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SHIPPED), st.data())
def test_no_text_makes_reading_fall_over(text, data):
    lines = text.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    other = data.draw(
        st.sampled_from([*lines, "", "x", "  - ", "a: {b: [1, {c: 2019-01-01}]}", "~"])
    )
    lines[at : at + data.draw(st.integers(0, 3))] = [other]
    words = "\n".join(lines)

    for fault in load_packs({"own/pack.yaml": words}).faults:
        assert fault.file == "own/pack.yaml"
        assert 1 <= fault.line <= len(lines) + 1
