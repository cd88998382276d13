import json
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from packs import UPPER, changed, pack_of
from tanxin.core.calendar import CustomPeriod, WorkCalendar
from tanxin.core.policy import (
    BranchMemberFact,
    ChargeFact,
    ContactFact,
    EventFact,
    PersonFact,
    PostFact,
    Scope,
    SeatFact,
    Snapshot,
    StateFact,
    TeamFact,
    TenureFact,
    UnitFact,
    derive,
    explain,
    load_packs,
    reach,
    rule_from_data,
    rule_to_data,
    sides_on,
)
from tanxin.packs import shipped_sources

TODAY = date(2026, 11, 23)
YEAR = (date(2026, 1, 1), date(2027, 1, 1))
TIME = "time: {at_least: often, each: year}"
ONCE = "time: {at_least: 1, each: year}"
TEAMS = [TeamFact("team", "bureau", "leadership")]
CHIEF = SeatFact("team", "ada", "chief")
SHIPPED = load_packs(shipped_sources()).packs


def duties(packs, horizon=YEAR, today=TODAY, terms=(), scope=None, **facts):
    snapshot = Snapshot(**{"teams": TEAMS, **facts})
    near = None if scope is None else reach(snapshot, scope)
    found = derive(snapshot, packs, horizon, WorkCalendar(), near=near, today=today, terms=terms)
    return sorted(found, key=lambda duty: (duty.rule, duty.period, duty.ordinal, str(duty.subject)))


def member(start=None, end=None, person="ben"):
    return SeatFact("team", person, "member", start, end)


def test_a_rule_may_want_several_talks_of_the_same_two():
    found = duties([pack_of(UPPER)], seats=[CHIEF, member()])

    assert [(duty.period, duty.ordinal) for duty in found] == [("2026", 1), ("2026", 2)]
    assert len({duty.key for duty in found}) == 2


def test_the_key_depends_on_who_and_when_and_on_nothing_else():
    older, newer = pack_of(UPPER), pack_of(changed(UPPER, "version: 1", "version: 2"))
    plain = duties([older], seats=[CHIEF, member()])
    later = duties([newer], seats=[CHIEF, member(date(2026, 3, 1))], today=date(2026, 3, 1))

    assert [duty.key for duty in plain] == [duty.key for duty in later]
    assert all(len(duty.key) == 16 for duty in plain)
    assert plain[0].opens != later[0].opens


def test_an_id_is_the_same_however_it_is_written():
    uuids = [UUID(int=1 << 100), UUID(int=7)]
    keys = {
        duties([pack_of(UPPER)], seats=[SeatFact("team", a, "chief"), member(person=b)])[0].key
        for a, b in (uuids, [each.int for each in uuids], [each.bytes for each in uuids])
    }

    assert len(keys) == 1


def test_the_number_in_force_when_the_period_began_counts():
    rising = changed(UPPER, "value: 2}]", "value: 2}, {from: 2026-06-01, value: 3}]")

    assert len(duties([pack_of(rising)], seats=[CHIEF, member()])) == 2
    next_year = (date(2027, 1, 1), date(2027, 2, 1))
    assert len(duties([pack_of(rising)], next_year, seats=[CHIEF, member()])) == 3


@pytest.mark.parametrize(
    ("start", "today", "owes"),
    [
        (date(2026, 12, 2), TODAY, True),
        (date(2026, 12, 3), TODAY, False),
        (date(2026, 12, 3), date(2027, 5, 1), False),
    ],
)
def test_whoever_joins_with_fewer_than_thirty_days_left_owes_nothing(start, today, owes):
    found = duties([pack_of(UPPER)], today=today, seats=[CHIEF, member(start)])

    assert bool(found) is owes


@pytest.mark.parametrize(
    ("end", "today", "due"),
    [
        (date(2026, 11, 23), TODAY, None),
        (date(2026, 11, 24), TODAY, date(2026, 11, 23)),
        (date(2026, 12, 20), TODAY, date(2026, 12, 19)),
        (date(2027, 3, 1), date(2027, 6, 1), date(2026, 12, 31)),
        (date(2026, 12, 31), date(2027, 6, 1), None),
    ],
)
def test_a_relation_that_ended_gives_nothing_and_one_that_will_is_due_by_then(end, today, due):
    found = duties([pack_of(UPPER)], today=today, seats=[CHIEF, member(None, end)])

    assert {duty.due for duty in found} == ({due} if due else set())


def test_whoever_left_the_organisation_owes_nothing():
    persons = [PersonFact("ben", None, date(2026, 6, 1))]

    assert duties([pack_of(UPPER)], persons=persons, seats=[CHIEF, member()]) == []


LEAVE = "    except: [{id: chief-member.leave, title: {zh: 假, en: Leave}, state: leave, of: subject}]\n"


def test_a_long_leave_is_exempted_until_it_ends():
    pack = pack_of(UPPER + LEAVE)
    away = StateFact("s", "ben", "leave", date(2026, 5, 1), date(2026, 9, 1))
    still = away._replace(end=None)
    of_chief = away._replace(person="ada", end=None)

    assert {d.opens for d in duties([pack], seats=[CHIEF, member()], states=[away])} == {
        date(2026, 9, 1)
    }
    assert duties([pack], seats=[CHIEF, member()], states=[still]) == []
    assert len(duties([pack], seats=[CHIEF, member()], states=[of_chief])) == 2


def test_terms_of_the_organisation_are_periods():
    pack = pack_of(changed(UPPER, TIME, "time: {at_least: 1, each: term}"))
    terms = [CustomPeriod("2026-T2", "第二学期", date(2026, 9, 1), date(2027, 1, 20))]

    found = duties([pack], seats=[CHIEF, member()], terms=terms)

    assert [(duty.period, duty.due) for duty in found] == [("2026-T2", date(2027, 1, 20))]
    assert duties([pack], seats=[CHIEF, member()]) == []


def test_a_new_version_leaves_the_year_it_comes_in_alone():
    old = changed(UPPER, "valid: {from: 2020-01-01}", "valid: {from: 2020-01-01, to: 2026-07-01}")
    new = changed(
        UPPER, "version: 1", "version: 2", "valid: {from: 2020-01-01}", "valid: {from: 2026-07-01}",
        "value: 2}", "value: 5}",
    )  # fmt: skip
    packs = load_packs({"old": old, "new": new}).packs

    this_year = duties(packs, seats=[CHIEF, member()])
    next_year = duties(packs, (date(2027, 1, 1), date(2028, 1, 1)), seats=[CHIEF, member()])

    assert [duty.rule.version for duty in this_year] == ["1"] * 2
    assert [duty.rule.version for duty in next_year] == ["2"] * 5
    assert this_year[0].due == date(2026, 12, 31)


def test_a_pack_that_ends_is_due_by_its_last_day():
    ended = changed(UPPER, "valid: {from: 2020-01-01}", "valid: {from: 2020-01-01, to: 2026-12-01}")

    found = duties([pack_of(ended)], seats=[CHIEF, member()])

    assert {duty.due for duty in found} == {date(2026, 11, 30)}


@pytest.mark.parametrize(
    ("start", "opens"), [("2026-06-01", date(2026, 6, 1)), ("2026-12-10", None)]
)
def test_a_pack_that_is_new_begins_there_if_the_period_leaves_time(start, opens):
    new = changed(UPPER, "valid: {from: 2020-01-01}", f"valid: {{from: {start}}}")

    found = duties([pack_of(new)], seats=[CHIEF, member()])

    assert {duty.opens for duty in found} == ({opens} if opens else set())


def test_the_chief_leads_a_mutual_talk_and_then_the_deputy():
    whom = "{seat: [chief, deputy, member], of: leadership}"
    pack = pack_of(
        changed(
            UPPER, "who: {seat: chief, of: leadership}", f"who: {whom}",
            "{seat: [deputy, member], of: leadership}", whom, TIME, ONCE,
        )
    )  # fmt: skip
    seats = [member(person="a"), SeatFact("team", "z", "chief"), SeatFact("team", "y", "deputy")]

    found = duties([pack], seats=seats)

    assert {(d.initiator, d.subject) for d in found} == {("z", "a"), ("z", "y"), ("y", "a")}


def test_a_later_promotion_does_not_decide_who_leads_today():
    whom = "{seat: [chief, deputy, member], of: leadership}"
    pack = pack_of(
        changed(
            UPPER, "who: {seat: chief, of: leadership}", f"who: {whom}",
            "{seat: [deputy, member], of: leadership}", whom, TIME, ONCE,
        )
    )  # fmt: skip
    promoted = date(2026, 12, 20)
    seats = [
        SeatFact("team", "ada", "chief", None, promoted),
        member(None, promoted),
        SeatFact("team", "ben", "chief", promoted),
        SeatFact("team", "ada", "member", promoted),
    ]

    (duty,) = duties([pack], seats=seats)

    assert (duty.initiator, duty.subject, duty.due) == ("ada", "ben", date(2026, 12, 31))
    assert duty.basis.split("|")[1:] == ["seat:chief::2026-12-20", "seat:member::2026-12-20"]


MEMBERS = [
    BranchMemberFact("ada", "branch", "secretary"),
    BranchMemberFact("ben", "branch", "member"),
]


def test_what_is_sensitive_is_flagged_and_not_named():
    ill = StateFact("ill-1", "ben", "ill", date(2026, 11, 20))
    (duty,) = [d for d in duties(SHIPPED, members=MEMBERS, states=[ill]) if d.kind == "care"]
    (open_one,) = [
        d
        for d in duties(SHIPPED, members=MEMBERS, states=[ill._replace(sensitive=False)])
        if d.kind == "care"
    ]

    assert (duty.sensitive, duty.state, duty.event) == (True, "ill-1", None)
    assert "ill" not in duty.basis
    assert (open_one.sensitive, "event=ill" in open_one.basis) == (False, True)
    assert open_one.key == duty.key


def test_a_sensitive_state_that_selects_is_not_named_either():
    abroad = StateFact("s", "ben", "abroad", date(2026, 8, 1))
    (duty,) = [
        d
        for d in duties(SHIPPED, members=MEMBERS, states=[abroad])
        if d.rule.rule == "abroad-contact"
    ]
    (named,) = [
        d
        for d in duties(SHIPPED, members=MEMBERS, states=[abroad._replace(sensitive=False)])
        if d.rule.rule == "abroad-contact"
    ]

    assert duty.sensitive
    assert "abroad" not in duty.basis
    assert named.basis.endswith("|branch:member::,state:abroad:2026-08-01:")


def test_an_applicant_is_looked_after_by_the_branch_above_his_post():
    units = [
        UnitFact("section", "section", "office"),
        UnitFact("office", "department", "bureau"),
        UnitFact("branch", "branch", "office"),
    ]
    event = EventFact("e", "application", date(2026, 11, 2), person="emil")
    facts = {
        "members": MEMBERS,
        "units": units,
        "posts": [PostFact("desk", "section", "staff")],
        "events": [event],
    }

    (duty,) = [
        d
        for d in duties(SHIPPED, tenures=[TenureFact("emil", "desk")], **facts)
        if d.subject == "emil"
    ]
    assert (duty.initiator, duty.unit, duty.event) == ("ada", "branch", "e")
    assert [d for d in duties(SHIPPED, **facts) if d.subject == "emil"] == []
    again = duties(
        SHIPPED, tenures=[TenureFact("emil", "desk")], scope=Scope(branches={"branch"}), **facts
    )
    assert duty in again


def test_the_event_of_a_branch_is_about_that_branch():
    before = "time: {before: {event: organisational_life_meeting}, by: {days: 1}, from: {weeks: 2}}"
    pack = pack_of(
        changed(
            UPPER, TIME, before, "who: {seat: chief, of: leadership}", "who: {branch: secretary}",
            "whom: {seat: [deputy, member], of: leadership}", "whom: {branch: member}",
            "relation: team", "relation: branch",
        )
    )  # fmt: skip
    others = [BranchMemberFact("c", "other", "secretary"), BranchMemberFact("d", "other", "member")]
    event = EventFact("e", "organisational_life_meeting", date(2026, 12, 20), unit="branch")

    found = duties([pack], members=MEMBERS + others, events=[event])

    assert [(duty.initiator, duty.subject, duty.opens) for duty in found] == [
        ("ada", "ben", date(2026, 12, 6))
    ]


def test_the_event_of_a_unit_is_about_its_teams():
    before = "time: {before: {event: democratic_life_meeting}, by: {days: 1}, from: {weeks: 2}}"
    event = EventFact("e", "democratic_life_meeting", date(2026, 12, 20), unit="bureau")
    pack = pack_of(changed(UPPER, TIME, before))

    assert len(duties([pack], seats=[CHIEF, member()], events=[event])) == 1
    elsewhere = event._replace(unit="office")
    assert duties([pack], seats=[CHIEF, member()], events=[elsewhere]) == []


def test_a_duty_explains_itself():
    pack = pack_of(UPPER)
    duty, _ = duties([pack], seats=[CHIEF, member(date(2026, 3, 1))])

    told = explain(duty, pack.rules[0])

    assert told.citations[0].clause == "每年两次。"
    assert not told.is_verified
    assert (told.relation, told.count, told.mutual) == ("team", "pair", True)
    assert told.numbers == {"at_least": "2", "newcomer_days": "30"}
    assert [(fact.side, fact.code, fact.what, fact.start, fact.end) for fact in told.facts] == [
        ("initiator", "seat", "chief", None, None),
        ("subject", "seat", "member", date(2026, 3, 1), None),
    ]


def test_words_explain_without_a_relation():
    duty, _ = duties([pack_of(UPPER)], seats=[CHIEF, member()])
    words = next(rule for rule in SHIPPED[0].rules if rule.text_only)

    assert explain(duty, words).relation is None


@pytest.mark.parametrize(
    "rule", [rule for pack in SHIPPED for rule in pack.rules], ids=lambda rule: rule.id
)
def test_a_rule_survives_being_kept(rule):
    assert rule_from_data(json.loads(json.dumps(rule_to_data(rule)))) == rule


def test_facts_without_the_team_or_post_they_name_count_for_nothing():
    tenures = [TenureFact("ben", "nowhere")]

    assert duties([pack_of(UPPER)], teams=[], seats=[CHIEF, member()], tenures=tenures) == []


def in_relation(relation, whom, time):
    return pack_of(
        changed(
            UPPER, TIME, time, "who: {seat: chief, of: leadership}", "who: {anyone: yes}",
            "whom: {seat: [deputy, member], of: leadership}", f"whom: {whom}",
            "relation: team", f"relation: {relation}",
        )
    )  # fmt: skip


MEETING = "time: {before: {event: key_meeting}, by: {days: 1}, from: {weeks: 2}}"
OF_TEAM = EventFact("e", "key_meeting", date(2026, 12, 20), team="team")


def test_the_event_of_a_team_is_about_those_its_members_keep_contact_with():
    pack = in_relation("{contact: pair}", "{anyone: yes}", MEETING)
    contacts = [
        ContactFact("pair", "ben", "fay"),
        ContactFact("mentor", "ben", "gus"),
        ContactFact("pair", "ben", None, "office"),
        ContactFact("pair", "cleo", "gus"),
    ]
    facts = {"seats": [member()], "events": [OF_TEAM], "contacts": contacts}

    found = duties([pack], **facts)

    assert [(duty.initiator, duty.subject, duty.via) for duty in found] == [("ben", "fay", "ben")]
    assert duties([pack], scope=Scope(persons={"fay"}), **facts) == found
    assert duties([pack], scope=Scope(persons={"gus"}), **facts) == found
    assert duties([pack], scope=Scope(persons={"cleo"}), **facts) == []
    late = member(date(2026, 12, 25))
    assert duties([pack], **(facts | {"seats": [late]})) == []


def test_a_change_reaches_those_who_keep_contact_and_no_units():
    contacts = [
        ContactFact("pair", "ben", "fay"),
        ContactFact("area", "ben", None, "office"),
        ContactFact("pair", "ada", "ben"),
    ]
    snapshot = Snapshot(contacts=contacts)

    near = reach(snapshot, Scope(persons={"ben"}))

    assert (near.persons, near.places) == ({"ben"}, {"ada", "ben"})


def test_the_event_of_a_unit_is_about_those_in_charge_of_it():
    pack = in_relation("charge", "{head: yes}", MEETING)
    facts = {
        "charges": [ChargeFact("ben", "office"), ChargeFact("ben", "other")],
        "posts": [
            PostFact("p", "office", "head"),
            PostFact("q", "other", "head"),
            PostFact("r", "office", "staff"),
        ],
        "tenures": [TenureFact("fay", "p"), TenureFact("gus", "q"), TenureFact("ida", "r")],
    }

    found = duties([pack], events=[OF_TEAM._replace(team=None, unit="office")], **facts)

    assert [(duty.initiator, duty.subject, duty.unit) for duty in found] == [
        ("ben", "fay", "office")
    ]
    assert duties([pack], events=[OF_TEAM], **facts) == []


def test_whoever_heads_a_unit_by_post_does_so_until_its_team_has_a_chief():
    pack = in_relation("charge", "{head: yes}", ONCE)
    facts = {
        "charges": [ChargeFact("ada", "bureau")],
        "posts": [PostFact("p", "bureau", "head")],
        "tenures": [TenureFact("fay", "p")],
        "seats": [SeatFact("team", "ben", "chief", date(2026, 12, 1))],
    }

    found = duties([pack], **facts)

    assert [(duty.subject, duty.opens, duty.due) for duty in found] == [
        ("ben", date(2026, 12, 1), date(2026, 12, 31)),
        ("fay", date(2026, 1, 1), date(2026, 11, 30)),
    ]


def test_an_applicant_in_no_unit_with_a_branch_waits_for_one():
    units = [UnitFact("section", "section", "bureau"), UnitFact("bureau", "organ")]
    event = EventFact("e", "application", date(2026, 11, 2), person="emil")
    facts = {"units": units, "posts": [PostFact("desk", "section", "staff")], "events": [event]}

    found = duties(SHIPPED, members=MEMBERS, tenures=[TenureFact("emil", "desk")], **facts)

    assert "emil" not in {duty.subject for duty in found}


def test_only_what_a_rule_can_hold_is_kept():
    with pytest.raises(TypeError):
        rule_to_data(replace(pack_of(UPPER).rules[0], line=1.5))


def test_a_change_at_one_place_leaves_alone_what_the_same_people_owe_at_another():
    pack = pack_of(changed(UPPER, TIME, ONCE))
    facts = {"seats": [CHIEF, member(), member(person="cleo")]}
    members = [*MEMBERS[1:], BranchMemberFact("fay", "branch", "member")]

    assert len(duties([pack], **facts, members=members)) == 2
    assert duties([pack], scope=Scope(persons={"fay"}), **facts, members=members) == []


def test_what_happened_before_a_pack_was_in_force_gives_nothing():
    early = EventFact("e", "illness", date(2025, 12, 20), person="ben")
    state = StateFact("s", "ben", "ill", date(2025, 12, 20))
    of_2025 = (date(2025, 1, 1), date(2026, 1, 1))

    found = duties(SHIPPED, of_2025, members=MEMBERS, events=[early], states=[state])

    assert "care" not in {duty.kind for duty in found}


def test_others_of_the_group_may_hold_a_shared_talk():
    deputy = BranchMemberFact("cleo", "branch", "committee", date(2026, 6, 1))
    facts = {"members": [*MEMBERS, deputy]}
    rules = {rule.id: rule for pack in SHIPPED for rule in pack.rules}
    rule = rules["branch-committee-member"]
    (duty,) = [d for d in duties(SHIPPED, **facts) if d.rule.rule == rule.id]
    snapshot = Snapshot(**facts)

    assert (duty.initiator, duty.shared) == ("ada", True)
    assert sides_on(snapshot, rule, duty.via, TODAY).initiators == {"ada", "cleo"}
    assert sides_on(snapshot, rule, duty.via, TODAY).subjects == {"ben"}
    assert sides_on(snapshot, rule, duty.via, date(2026, 5, 1)).initiators == {"ada"}
    assert not sides_on(snapshot, rule, "elsewhere", TODAY).initiators
    assert not sides_on(snapshot, rules["talk-often"], duty.via, TODAY).initiators
