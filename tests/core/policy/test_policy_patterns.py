"""The newer words at work, one small organisation each."""

from datetime import date

import pytest

from packs import UPPER, changed, pack_of
from tanxin.core.calendar import CustomPeriod, WorkCalendar
from tanxin.core.policy import (
    AuthorityFact,
    BranchMemberFact,
    ChargeFact,
    ContactFact,
    DateFact,
    DelegateFact,
    EventFact,
    PostFact,
    SeatFact,
    Snapshot,
    TalkFact,
    TeamFact,
    TenureFact,
    TraitFact,
    UnitFact,
    derive,
    load_packs,
    sides_on,
)
from tanxin.core.policy.asked import asked_by
from tanxin.packs import LIBRARY, shipped_sources

TODAY = date(2026, 11, 23)
YEAR = (date(2026, 1, 1), date(2027, 1, 1))
TIME = "time: {at_least: often, each: year}"
ONCE = "time: {at_least: 1, each: year}"
FOUR = "time: {at_least: 4, each: year}"
WHO = "who: {seat: chief, of: leadership}"
WHOM = "whom: {seat: [deputy, member], of: leadership}"
COUNT = "count: pair"
MUTUAL = "    mutual: yes\n"
BRANCH = (WHO, "who: {branch: [secretary, committee]}", WHOM, "whom: {branch: member}",
          "relation: team", "relation: branch", MUTUAL, "")  # fmt: skip
JULY = date(2026, 7, 2)


def pack(*changes):
    return pack_of(changed(UPPER, *changes))


def duties(rules, *, horizon=YEAR, today=TODAY, terms=(), **facts):
    found = derive(Snapshot(**facts), [rules], horizon, WorkCalendar(), today=today, terms=terms)
    return sorted(found, key=lambda duty: (duty.period, str(duty.subject), duty.ordinal))


def member(person, role="member", start=None, end=None):
    return BranchMemberFact(person, "branch", role, start, end)


def test_whoever_comes_in_the_middle_of_the_year_owes_half_of_the_talks():
    rules = pack(*BRANCH, TIME, FOUR, COUNT, COUNT + "\n    pro_rata: yes")
    members = [member("ada", "secretary"), member("ben"), member("cleo", start=JULY)]

    found = duties(rules, members=members)

    assert [duty.subject for duty in found] == ["ben"] * 4 + ["cleo"] * 3


def test_several_share_those_they_talk_with_and_each_is_somebodys():
    rules = pack(*BRANCH, TIME, ONCE, COUNT, "count: subject\n    share: spread")
    people = [f"p{number}" for number in range(30)]
    leaders = [member("ada", "secretary"), member("ben", "committee"), member("cleo", "committee")]

    found = duties(rules, members=leaders + [member(person) for person in people])
    fewer = duties(rules, members=leaders[:2] + [member(person) for person in people])

    assert sorted(duty.subject for duty in found) == sorted(people)
    assert {duty.initiator for duty in found} == {"ada", "ben", "cleo"}
    assert all(duty.shared for duty in found)
    stays = {duty.subject for duty in found if duty.initiator != "cleo"}
    moved = {duty.subject for duty in fewer} - stays
    assert {d.subject: d.initiator for d in fewer if d.subject in stays} == {
        d.subject: d.initiator for d in found if d.subject in stays
    }
    assert moved
    assert duties(rules, members=[member("ben")]) == []


@pytest.mark.parametrize(("others", "talks"), [(0, 0), (1, 1), (10, 1), (11, 2)])
def test_a_share_is_of_the_others_who_were_there_on_the_first_day(others, talks):
    who = "who: {branch: [secretary, member]}"
    rules = pack(*BRANCH[2:], TIME, "time: {at_least: {percent: 10}, each: year}", WHO, who,
                 COUNT, "count: initiator")  # fmt: skip
    members = [member("ada", "secretary")] + [member(f"p{number}") for number in range(others)]
    later = [member("new", start=date(2026, 2, 1))] if others else []

    found = duties(rules, members=members + later)

    assert sum(duty.initiator == "ada" for duty in found) == talks


def test_the_talks_of_a_delegate_count_for_the_principal():
    rules = pack(TIME, ONCE, MUTUAL, "    delegable: yes\n")
    facts = {
        "teams": [TeamFact("team", "bureau", "leadership")],
        "seats": [SeatFact("team", "ada", "chief"), SeatFact("team", "ben", "member")],
        "delegates": [DelegateFact("ada", "dora", "chief-member", JULY)],
    }

    (duty,) = duties(rules, **facts)

    assert (duty.initiator, duty.shared) == ("ada", True)
    sides = sides_on(Snapshot(**facts), rules.rules[0], "team", TODAY)
    assert sides.initiators == {"ada", "dora"}
    before = sides_on(Snapshot(**facts), rules.rules[0], "team", date(2026, 7, 1))
    assert before.initiators == {"ada"}
    plain = pack(TIME, ONCE)
    assert sides_on(Snapshot(**facts), plain.rules[0], "team", TODAY).initiators == {"ada"}
    assert not duties(plain, **facts)[0].shared


def test_what_somebody_also_holds_anywhere_narrows_whom_is_meant():
    also = "whom: {branch: member, also: {any: [{post: head}, {seat: chief, of: party_group}]}}"
    rules = pack(*BRANCH, TIME, ONCE, "whom: {branch: member}", also)
    facts = {
        "members": [member("ada", "secretary"), *map(member, ("ben", "cleo", "dora", "emil"))],
        "posts": [PostFact("p", "u", "head"), PostFact("q", "u", "staff")],
        "tenures": [TenureFact("ben", "p"), TenureFact("cleo", "q")],
        "teams": [TeamFact("t", "u", "party_group"), TeamFact("l", "u", "leadership")],
        "seats": [SeatFact("t", "dora", "chief"), SeatFact("l", "emil", "chief")],
    }

    assert [duty.subject for duty in duties(rules, **facts)] == ["ben", "dora"]
    secretaries = pack(*BRANCH, TIME, ONCE, "whom: {branch: member}",
                       "whom: {branch: member, also: {branch: secretary}}")  # fmt: skip
    both = [*facts["members"], BranchMemberFact("emil", "other", "secretary")]
    assert [duty.subject for duty in duties(secretaries, members=both)] == ["emil"]


def test_rank_years_and_history_narrow_whom_is_meant():
    people = ("ben", "cleo", "dora")
    facts = {
        "members": [member("ada", "secretary"), *map(member, people)],
        "traits": [TraitFact("ben", "rank", "chu-zheng"), TraitFact("cleo", "rank", "ke-fu")],
        "dates": [DateFact("cleo", "birthday", date(1946, 2, 28)),
                  DateFact("dora", "birthday", date(1990, 1, 1), date(2026, 1, 1))],
        "talks": [TalkFact("t", "ada", "dora", "warning", date(2026, 10, 1))],
    }  # fmt: skip

    def subjects(narrowing):
        whom = f"whom: {{branch: member, {narrowing}}}"
        rules = pack(*BRANCH, TIME, ONCE, "whom: {branch: member}", whom)
        return [duty.subject for duty in duties(rules, **facts)]

    assert subjects("rank: [chu-zheng, chu-fu]") == ["ben"]
    assert subjects("years: {birthday: {at_least: 80}}") == ["cleo"]
    assert subjects("years: {birthday: {below: 40}}") == []
    assert subjects("talked: {talk: warning, within: {months: 3}}") == ["dora"]
    assert subjects("not_talked: {talk: warning, within: {months: 3}}") == ["ben", "cleo"]


def test_a_post_held_since_ever_has_no_anniversary():
    whom = "whom: {branch: member}"
    rules = pack(
        *BRANCH, TIME, "time: {around: post, from: {days: 3}, within: {days: 3}}", whom, whom
    )
    facts = {
        "members": [member("ada", "secretary"), member("ben"), member("cleo")],
        "posts": [PostFact("p", "u", "staff")],
        "tenures": [TenureFact("ben", "p", date(2020, 12, 1)), TenureFact("cleo", "p")],
    }

    (duty,) = duties(rules, **facts)

    assert (duty.subject, duty.period) == ("ben", "y2026-post")
    assert (duty.opens, duty.due) == (date(2026, 11, 28), date(2026, 12, 4))


def test_only_the_weeks_of_a_term_that_are_odd_in_it_count():
    rules = pack(*BRANCH, TIME, "time: {at_least: 1, each: week, only: odd, during: term}")
    members = [member("ada", "secretary"), member("ben")]
    terms = [CustomPeriod("2026-T2", "", date(2026, 11, 24), date(2026, 12, 20))]

    found = duties(rules, members=members, terms=terms)

    assert [duty.opens for duty in found] == [date(2026, 11, 23), date(2026, 12, 7)]
    assert duties(rules, members=members) == []


def test_months_are_counted_from_the_stretch_they_lie_in():
    rounds = "calendars: {drive: {code: 2026-D, from: 2026-10-01, to: 2027-02-28}}\nrules:\n"
    rules = pack(*BRANCH, TIME, "time: {at_least: 1, each: month, only: [2, 4], during: drive}",
                 "rules:\n", rounds)  # fmt: skip
    members = [member("ada", "secretary"), member("ben")]

    found = duties(rules, members=members, horizon=(date(2026, 10, 1), date(2027, 4, 1)))

    assert [duty.period for duty in found] == ["2026-11", "2027-01"]


def test_no_festival_is_known_after_the_lunar_calendar_ends():
    before = "time: {before: {node: qingming}, by: {days: 1}, from: {weeks: 2}}"
    rules = pack(*BRANCH, TIME, before)
    members = [member("ada", "secretary"), member("ben")]
    far = (date(2098, 1, 1), date(2101, 1, 1))

    found = duties(rules, members=members, horizon=far, today=date(2098, 1, 1))

    assert [duty.period for duty in found] == ["n2098-qingming", "n2099-qingming"]


def test_a_follow_up_may_open_some_time_after_the_talk():
    rules = pack(*BRANCH, TIME,
                 "time: {within: {months: 2}, from: {weeks: 2}, after: {talk: warning}}")  # fmt: skip
    talks = [TalkFact("t", "ada", "ben", "warning", date(2026, 10, 8))]

    (duty,) = duties(rules, members=[member("ada", "secretary"), member("ben")], talks=talks)

    assert (duty.opens, duty.due) == (date(2026, 10, 22), date(2026, 12, 8))
    assert duty.sensitive
    assert "talk" not in duty.basis


UNITS = [
    UnitFact("bureau", "organ"),
    UnitFact("office", "department", "bureau"),
    UnitFact("desk", "section", "office"),
]
POSTS = [
    PostFact("head", "office", "head"),
    PostFact("clerk", "desk", "staff"),
    PostFact("lead", "bureau", "head"),
]
HEAD = (WHO, "who: {head: yes}", MUTUAL, "", TIME)
TENURES = [TenureFact("ada", "lead"), TenureFact("ben", "head"), TenureFact("cleo", "clerk")]
TREE = {"units": UNITS, "posts": POSTS, "tenures": TENURES}


def pairs(found):
    return [(duty.initiator, duty.subject) for duty in found]


def test_an_authority_over_a_unit_holds_for_a_rank_only_where_one_is_named():
    rules = pack(*HEAD, ONCE, WHOM, "whom: {anyone: yes}", "relation: team", "relation: authority")
    ranks = [TraitFact("cleo", "rank", "ke-fu"), TraitFact("ben", "rank", "ke-zheng")]

    everybody = duties(rules, authorities=[AuthorityFact("bureau", "office")], **TREE)
    some = duties(
        rules, traits=ranks, authorities=[AuthorityFact("bureau", "office", "ke-fu")], **TREE
    )

    assert pairs(everybody) == [("ada", "ben"), ("ada", "cleo")]
    assert pairs(some) == [("ada", "cleo")]


def test_an_event_of_the_managing_unit_is_one_of_those_it_manages():
    after = "time: {within: {days: 3}, after: {event: award}}"
    rules = pack(*HEAD, after, WHOM, "whom: {anyone: yes}", "relation: team", "relation: authority")
    event = EventFact("e", "award", date(2026, 11, 22), unit="bureau")

    found = duties(rules, events=[event], authorities=[AuthorityFact("bureau", "desk")], **TREE)

    assert pairs(found) == [("ada", "cleo")]


RECEIVED = pack(*HEAD, "time: {within: {weeks: 1}, after: {event: request}}", WHOM,
                "whom: {anyone: yes}", "relation: team", "relation: reception",
                COUNT, "count: subject")  # fmt: skip
ASKED = EventFact("e", "request", date(2026, 11, 20), person="cleo")


@pytest.mark.parametrize(
    ("event", "who"),
    [
        (ASKED, ["ben"]),
        (ASKED._replace(unit="bureau"), ["ada"]),
        (ASKED._replace(person="stranger"), []),
        (ASKED._replace(person="ben"), []),
        (ASKED._replace(person=None, unit="office"), []),
    ],
)
def test_whoever_asks_is_received_by_the_nearest_or_by_whom_he_asks(event, who):
    found = duties(RECEIVED, events=[event], **TREE)

    assert [duty.initiator for duty in found] == who


def test_a_member_is_received_in_his_branch_and_nowhere_where_nobody_is_above():
    lonely = {"units": UNITS[1:2], "posts": [], "tenures": [], "members": [member("cleo")]}

    assert duties(RECEIVED, events=[ASKED], **lonely) == []


def test_so_many_steps_down_and_no_further():
    rules = pack(*HEAD, ONCE, WHOM, "whom: {anyone: yes}", "relation: team", "relation: {below: 2}")

    assert pairs(duties(rules, **TREE)) == [("ada", "cleo")]


def test_a_contact_that_ended_before_it_began_and_a_seat_of_other_days_join_nobody():
    contact = pack(WHO, "who: {anyone: yes}", WHOM, "whom: {anyone: yes}", TIME, ONCE,
                   "relation: team", "relation: {contact: pair}")  # fmt: skip
    backwards = ContactFact("pair", "ada", "ben", None, TODAY, date(2026, 1, 1))
    charge = pack(TIME, ONCE, WHOM, "whom: {head: yes}", "relation: team", "relation: charge")
    seats = [
        SeatFact("t", "dora", "chief", None, JULY),
        SeatFact("t", "dora", "chief", date(2026, 12, 1)),
    ]
    facts = {**TREE, "teams": [TeamFact("t", "bureau", "leadership")], "seats": seats}

    assert duties(contact, contacts=[backwards]) == []
    charges = [ChargeFact("dora", "office", JULY, TODAY)]
    assert duties(charge, charges=charges, **facts) == []


def test_each_pack_asks_only_for_the_facts_that_its_rules_look_at():
    asked = {
        name: asked_by(load_packs(shipped_sources("national", name)).packs)
        for name in (*LIBRARY[1:2], "branch", "bureau", "court", "discipline", "township")
    }

    plain = asked["three-musts"]
    assert (plain.traits, plain.dates, plain.talks, plain.is_wide) == (set(), set(), False, False)
    assert asked["bureau"].traits == {"rank"}
    assert asked["court"].dates == {"birthday"}
    assert (asked["court"].lapses, asked["court"].talks) == (True, True)
    assert (asked["discipline"].authorities, asked["discipline"].is_wide) == (True, True)
    assert asked["township"].delegates
    assert asked["branch"].contacts == {"liaison", "area"}
    assert "staff" in asked["bureau"].levels
    post = pack(TIME, ONCE, WHOM, WHOM[:-1] + ", years: {post: {at_least: 5}}}")
    also = pack(TIME, ONCE, WHOM, WHOM[:-1] + ", also: {post: staff}}")
    rest = pack(TIME, ONCE, COUNT, COUNT + "\n    sample: {people: 1, rest: {years: 1}}")
    anybody = pack(TIME, ONCE, WHO, "who: {anyone: yes}", WHOM, "whom: {anyone: yes}",
                   "relation: team", "relation: contact")  # fmt: skip
    assert "staff" in asked_by([post]).levels
    assert asked_by([also]).levels == {"staff"}
    assert asked_by([rest]).talks
    assert asked_by([anybody]).contacts == {""}
