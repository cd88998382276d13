import pytest

from packs import UPPER, changed, local, only_fault
from tanxin.core.policy import load_packs

TIME = "time: {at_least: often, each: year}"
WHOM = "whom: {seat: [deputy, member], of: leadership}"
REPLACES = ("    cites: clause-3\n", "    cites: clause-3\n    replaces: upper/chief-member\n")


def faults_of(own, upper=UPPER):
    return load_packs({"upper/pack.yaml": upper, "own/pack.yaml": own}).faults


@pytest.mark.parametrize(
    ("old", "new", "less"),
    [
        (TIME, "time: {at_least: 1, each: year}", "time"),
        (TIME, "time: {at_least: 5, each: term}", ""),
        (TIME, "time: {at_least: 1, each: half}", ""),
        (TIME, "time: {at_least: 2, each: year, spread: half}", ""),
        (TIME, "time: {at_least: 1, each: month}", ""),
        (TIME, "time: {at_least: 1, each: week}", ""),
        (TIME, "time: {at_least: 9, each: custom}", "time"),
        (TIME, "time: {within: {days: 1}, after: {event: award}}", "time"),
        (TIME, "time: {at_least: [{from: 2020-01-01, value: 2}, {from: 2027-01-01, value: 1}], each: year}", "time"),
        (WHOM, "whom: {seat: member, of: leadership}", "people"),
        (WHOM, "whom: {seat: [deputy, member], of: leadership, state: ill}", "people"),
        (WHOM, "whom: {seat: [deputy, member], of: leadership, not_state: ill}", "people"),
        (WHOM, "whom: {seat: [deputy, member], of: party_group}", "people"),
        (WHOM, "whom: {seat: [chief, deputy, member], of: [leadership, party_group]}", ""),
        ("who: {seat: chief", "who: {seat: deputy", "people"),
        ("count: pair", "count: subject", "count"),
        ("count: pair", "count: pair\n    form: either", "form"),
        (
            "count: pair",
            "count: pair\n    except: [{id: chief-member.ill, title: {zh: 病, en: Ill}, state: ill, of: either}]",
            "exceptions",
        ),
        ("relation: team", "relation: team", ""),
        (WHOM, "whom: {seat: [deputy, member], of: leadership, rank: chu-zheng}", "people"),
        (WHOM, "whom: {seat: [deputy, member], of: leadership, years: {post: {at_least: 5}}}", "people"),
        (WHOM, "whom: {any: [{seat: deputy, of: leadership}, {seat: member, of: leadership}]}", "people"),
        (WHOM, "whom: {any: [{seat: [deputy, member], of: leadership}, {seat: chief, of: party_group}]}", ""),
        ("who: {seat: chief, of: leadership}", "who: {seat: chief, of: leadership, state: ill}", "people"),
        ("count: pair", "count: pair\n    pro_rata: yes", "pro_rata"),
        ("count: pair", "count: pair\n    sample: {percent: 90}", "sample"),
        (TIME, "time: {at_least: 2, each: month, only: odd}", "time"),
        (TIME, "time: {at_least: 9, each: year, before: {event: election}, by: {days: 1}}", ""),
    ],
)  # fmt: skip
def test_a_rule_that_replaces_an_upper_one_may_not_ask_for_less(old, new, less):
    faults = faults_of(local(old, new, *REPLACES))

    assert [fault.params["less"] for fault in faults] == ([less] if less else [])


def test_the_fault_names_the_clause_and_the_place():
    (fault,) = faults_of(local(TIME, "time: {at_least: 1, each: year}"))

    assert (fault.code, fault.file, fault.line) == ("rule.lax", "own/pack.yaml", 18)
    assert fault.params["document"] == "上级文件"
    assert fault.params["place"] == "第三条"
    assert fault.params["clause"] == "每年两次。"
    assert fault.params["upper"] == "upper/chief-member"


def test_a_rule_about_other_people_is_no_business_of_the_floor():
    assert faults_of(local(WHOM, "whom: {seat: member, of: leadership}")) == ()
    assert faults_of(local("count: pair", "count: subject")) == ()


def test_words_cannot_replace_a_number():
    own = local(*REPLACES)
    terms = own[own.index("    who:") : own.index("    mutual:")]

    (fault,) = faults_of(changed(own, terms, "    text_only: unmeasurable\n"))

    assert fault.params["less"] == "text"


def test_what_it_replaces_must_be_there():
    own = local(REPLACES[0], REPLACES[1].replace("chief-member", "chef-member"))

    (fault,) = faults_of(own)

    assert (fault.code, fault.hint) == ("rule.replaces-unknown", "upper/chief-member")


def test_the_floor_reaches_through_the_packs_between():
    middle = changed(
        local(TIME, "time: {at_least: 3, each: year}"), "pack: own", "pack: middle",
        "level: unit", "level: local",
    )  # fmt: skip
    own = local("extends: upper", "extends: middle", TIME, "time: {at_least: 1, each: year}")
    sources = {"u/pack.yaml": UPPER, "m/pack.yaml": middle, "own/pack.yaml": own}

    faults = load_packs(sources).faults

    assert {fault.params["upper"] for fault in faults} == {
        "middle/chief-member",
        "upper/chief-member",
    }


def test_a_pack_extends_only_what_is_there_and_stands_above():
    fault = only_fault(local())
    assert (fault.code, fault.params["value"]) == ("pack.extends-unknown", "upper")

    below = changed(UPPER, "level: national", "level: national\nextends: own")
    faults = load_packs({"a/pack.yaml": below, "own/pack.yaml": local("extends: upper", "")}).faults
    assert [fault.code for fault in faults] == ["pack.extends-lower"]


def test_versions_of_a_pack_do_not_hold_at_the_same_time():
    newer = changed(
        UPPER, "version: 1", "version: 2", "valid: {from: 2020-01-01}", "valid: {from: 2021-01-01}"
    )
    fault = only_fault(newer, other=UPPER)
    assert fault.code == "pack.versions-overlap"

    ended = changed(UPPER, "valid: {from: 2020-01-01}", "valid: {from: 2020-01-01, to: 2021-01-01}")
    assert load_packs({"a": ended, "b": newer}).faults == ()


EVENT = "time: {within: {working_days: 5}, after: {event: award, state: ill}}"
AROUND = "time: {around: birthday, from: {weeks: 1}, within: {weeks: 1}}"
MEETING = "time: {at_least: 3, each: year, before: {event: election}, by: {days: 1}}"
BEFORE = "time: {before: {event: election}, by: {days: 3}, from: {weeks: 4}}"


@pytest.mark.parametrize(
    ("upper", "own", "is_lax"),
    [
        (EVENT, EVENT, False),
        (EVENT, EVENT.replace("5", "6"), True),
        (EVENT, EVENT.replace("working_days: 5", "days: 5"), False),
        (EVENT, EVENT.replace("working_days: 5", "weeks: 1"), True),
        (EVENT.replace("working_days: 5", "months: 1"), EVENT, False),
        (EVENT, EVENT.replace(", state: ill", ""), True),
        (BEFORE, BEFORE, False),
        (BEFORE, BEFORE.replace("days: 3", "days: 2"), True),
        (BEFORE, BEFORE.replace("days: 3", "weeks: 1"), False),
        (BEFORE, BEFORE.replace("election", "[election, inspection]"), False),
        (BEFORE, BEFORE.replace("election", "inspection"), True),
        (EVENT, "time: {at_least: 2, " + EVENT[7:], False),
        ("time: {at_least: 2, " + EVENT[7:], EVENT, True),
        (EVENT.replace("state: ill", "state: ill, below: yes"), EVENT, True),
        (EVENT, EVENT.replace("state: ill", "state: ill, ended: ill"), False),
        (EVENT, BEFORE, True),
        (AROUND, AROUND, False),
        (AROUND, AROUND.replace("within: {weeks: 1}", "within: {weeks: 2}"), True),
        (AROUND.replace("}}", "}, every: 10}"), AROUND, False),
        (AROUND, AROUND.replace("}}", "}, every: 10}"), True),
        (MEETING, MEETING, False),
        (MEETING, "time: {at_least: 3, each: year}", True),
        (MEETING, MEETING.replace("days: 1", "days: 5"), False),
        (MEETING.replace("days: 1", "days: 5"), MEETING, True),
    ],
)
def test_deadlines_may_only_come_nearer(upper, own, is_lax):
    faults = faults_of(local(TIME, own, *REPLACES), changed(UPPER, TIME, upper))

    assert [fault.params["less"] for fault in faults] == ["time"] * is_lax


SAMPLE = "count: pair\n    sample: {percent: 30}"


@pytest.mark.parametrize(
    ("own", "is_lax"),
    [
        (SAMPLE, False),
        (SAMPLE.replace("30", "40"), False),
        (SAMPLE.replace("30", "20"), True),
        (SAMPLE.replace("percent: 30", "people: 30"), True),
        ("count: pair", False),
    ],
)
def test_a_sample_may_only_grow(own, is_lax):
    upper = changed(UPPER, "count: pair", SAMPLE)

    faults = faults_of(local("count: pair", own, *REPLACES), upper)

    assert [fault.params["less"] for fault in faults] == ["sample"] * is_lax


@pytest.mark.parametrize(("own", "is_lax"), [("{below: any}", False), ("{below: direct}", True)])
def test_a_relation_may_not_end_higher_up(own, is_lax):
    changes = ("relation: team", "relation: below")
    upper = changed(UPPER, *changes)

    faults = faults_of(local("relation: team", f"relation: {own}", *REPLACES), upper)

    assert [fault.params["less"] for fault in faults] == ["relation"] * is_lax
