"""Rules that could never yield a duty are faults; what is merely suspicious is noted."""

import pytest

from packs import UPPER, changed, only_fault
from tanxin.core.policy import load_packs, notes_on
from tanxin.core.policy.holding import stands_as
from tanxin.core.policy.schema import Holder, Holding
from tanxin.core.policy.snapshot import Snapshot

WHO = "who: {seat: chief, of: leadership}"
WHOM = "whom: {seat: [deputy, member], of: leadership}"
TIME = "time: {at_least: often, each: year}"
TYPE = """\
types:
  tixing: {title: {zh: 提醒谈话, en: Reminder}, kind: warning, %s}
"""


def with_type(said):
    return changed(UPPER, "citations:\n", TYPE % said + "citations:\n")


def rule(who, whom, relation):
    return changed(UPPER, WHO, who, WHOM, whom, "relation: team", relation)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (rule("who: {branch: secretary}", "whom: {post: staff}", "relation: unit"), "never-unit"),
        (rule("who: {head: yes}", "whom: {branch: member}", "relation: unit"), "never-unit"),
        (
            rule("who: {branch: secretary}", "whom: {anyone: yes, state: ill}", "relation: branch"),
            "never-anyone",
        ),
    ],
)
def test_what_means_nobody_is_a_fault_with_an_example_of_the_relation(text, code):
    fault = only_fault(text)

    assert fault.code == f"relation.{code}"
    assert "relation: " in fault.example


def test_whom_an_event_is_about_may_be_anyone_of_a_branch():
    whom = "whom: {anyone: yes, state: ill}"
    text = rule("who: {branch: secretary}", whom, "relation: branch")
    text = changed(text, TIME, "time: {within: {weeks: 1}, after: {event: illness}}")

    assert load_packs({"a": text}).faults == ()


def test_a_head_who_is_secretary_as_well_meets_the_staff_of_his_department():
    who = "who: {head: yes, also: {branch: secretary}}"

    assert load_packs({"a": rule(who, "whom: {post: staff}", "relation: unit")}).faults == ()


@pytest.mark.parametrize(
    ("who", "whom", "side"),
    [("who: {head: yes}", WHOM, "who"), (WHO, "whom: {post: staff}", "whom")],
)
def test_the_side_that_does_not_fit_is_named(who, whom, side):
    fault = only_fault(rule(who, whom, "relation: team"))

    assert fault.code == f"relation.{side}"
    assert "relation: team" in fault.example


@pytest.mark.parametrize(
    "said",
    ["approval: subject", "parts: [party_secretary]", "parts: subject", "endorsement: subject"],
)
def test_nobody_approves_his_own_talk_and_leaders_are_no_helpers(said):
    fault = only_fault(with_type(said))

    assert fault.code == "value.unknown"
    assert fault.example.startswith(said.partition(":")[0])


def test_the_discipline_secretary_may_hold_a_type():
    (pack,) = load_packs({"a": with_type("held_by: discipline")}).packs

    held = pack.own.types["tixing"].held_by
    assert held == (Holder(Holding.DISCIPLINE),)
    day = pack.start
    assert not stands_as(Snapshot(), held, "p", day)
    assert stands_as(Snapshot(), held, "p", day, {Holding.DISCIPLINE})


def test_discipline_is_no_side_of_a_rule():
    text = changed(UPPER, WHO, "who: {discipline: yes}")

    assert "key.unknown" in {fault.code for fault in load_packs({"a": text}).faults}


def test_who_may_hold_a_type_takes_no_state_and_suggests_no_other_word():
    fault = only_fault(with_type("held_by: {head: yes, state: ill}"))

    assert (fault.code, fault.hint) == ("people.plain", "")
    assert fault.example.startswith("held_by:")


def test_an_unknown_type_is_named_with_the_nearest():
    text = changed(with_type("grade: limited"), "kind: routine", "type: tixin")

    fault = only_fault(text)

    assert (fault.code, fault.params["value"], fault.hint) == ("value.unknown", "tixin", "tixing")


def test_how_long_it_is_kept_has_an_example():
    assert (
        load_packs({"a": with_type("retention: 15")}).faults[0].example == "retention: {years: 15}"
    )


def test_words_that_nothing_uses_are_noted():
    own = "words: {states: {resident: {zh: 规培, en: Residency}}}\n"
    (pack,) = load_packs({"a": changed(UPPER, "citations:\n", own + "citations:\n")}).packs

    assert [(note.code, note.params["value"]) for note in notes_on([pack])] == [
        ("note.unused", "resident")
    ]


def test_a_branch_that_talks_with_anyone_of_its_unit_is_noted():
    text = rule("who: {branch: secretary}", "whom: {anyone: yes}", "relation: unit")
    (pack,) = load_packs({"a": text}).packs

    assert [note.code for note in notes_on([pack])] == ["note.only-in-branch"]
