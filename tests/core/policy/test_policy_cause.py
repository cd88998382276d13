"""A difference says because of what: who took charge of what, and when."""

from datetime import date

import pytest

from packs import UPPER, changed, pack_of
from tanxin.core.calendar import WorkCalendar
from tanxin.core.policy import (
    Because,
    BranchMemberFact,
    ChargeFact,
    ContactFact,
    EventFact,
    PostFact,
    SeatFact,
    Snapshot,
    StateFact,
    TeamFact,
    TenureFact,
    derive,
    why_changed,
    why_gone,
    why_new,
)

YEAR = (date(2026, 1, 1), date(2027, 1, 1))
TODAY = date(2026, 3, 2)
MARCH = date(2026, 3, 1)
WHO = "who: {seat: chief, of: leadership}"
WHOM = "whom: {seat: [deputy, member], of: leadership}"
TIME = "time: {at_least: often, each: year}"
ONCE = "time: {at_least: 1, each: year}"
CHARGE = changed(
    UPPER, WHO, "who: {anyone: yes}", WHOM, "whom: {head: yes}", "relation: team",
    "relation: charge", TIME, ONCE,
)  # fmt: skip
HEAD = {
    "posts": [PostFact("desk", "office", "head")],
    "tenures": [TenureFact("dora", "desk")],
}


def only_duty(text, **facts):
    (duty,) = derive(Snapshot(**facts), [pack_of(text)], YEAR, WorkCalendar(), today=TODAY)
    return duty


def test_it_came_because_somebody_took_charge():
    charges = [ChargeFact("ben", "office", MARCH)]

    cause = why_new(only_duty(CHARGE, charges=charges, **HEAD))

    assert (cause.because, cause.on, cause.fact.code) == (Because.BEGAN, MARCH, "charge")


def test_it_came_because_the_year_began():
    cause = why_new(only_duty(CHARGE, charges=[ChargeFact("ben", "office")], **HEAD))

    assert (cause.because, cause.on, cause.fact) == (Because.PERIOD, date(2026, 1, 1), None)


@pytest.mark.parametrize(("sensitive", "on"), [(False, MARCH), (True, None)])
def test_it_came_with_an_event_whose_day_is_kept_where_it_is_sensitive(sensitive, on):
    text = changed(CHARGE, ONCE, "time: {within: {days: 3}, after: {event: award}}")
    event = EventFact("e", "award", MARCH, person="dora", sensitive=sensitive)
    facts = {"charges": [ChargeFact("ben", "office")], **HEAD}

    duty = only_duty(text, events=[event], **facts)

    assert (why_new(duty).because, why_new(duty).on) == (Because.EVENT, on)
    assert why_gone(duty, "ben", "dora", Snapshot(**facts)).because is Because.TAKEN_BACK


@pytest.mark.parametrize(
    ("now", "because", "on"),
    [
        ([ChargeFact("ben", "office", None, MARCH)], Because.ENDED, MARCH),
        ([], Because.TAKEN_BACK, None),
        ([ChargeFact("ben", "office")], Because.RULE, None),
    ],
)
def test_it_went_because_a_fact_is_no_longer_so(now, because, on):
    duty = only_duty(CHARGE, charges=[ChargeFact("ben", "office")], **HEAD)

    cause = why_gone(duty, "ben", "dora", Snapshot(charges=now, **HEAD))

    assert (cause.because, cause.on) == (because, on)
    assert (cause.fact.code if cause.fact else "") == ("" if because is Because.RULE else "charge")


def test_every_sort_of_fact_that_a_trace_holds_can_be_missed():
    branch = {
        "members": [
            BranchMemberFact("ada", "b", "secretary"),
            BranchMemberFact("ben", "b", "member"),
        ],
        "states": [StateFact("s", "ben", "retired", sensitive=False)],
    }
    texts = {
        "branch": changed(UPPER, WHO, "who: {branch: secretary}", TIME, ONCE,
                          WHOM, "whom: {branch: member, state: retired}",
                          "relation: team", "relation: branch"),
        "contact": changed(UPPER, WHO, "who: {anyone: yes}", WHOM, "whom: {anyone: yes}", TIME, ONCE,
                           "relation: team", "relation: {contact: pair}"),
        "seat": changed(UPPER, TIME, ONCE),
    }  # fmt: skip
    seats = [SeatFact("t", "ada", "chief"), SeatFact("t", "ben", "member")]
    facts = {
        "branch": branch,
        "contact": {"contacts": [ContactFact("pair", "ada", "ben")]},
        "seat": {"teams": [TeamFact("t", "u", "leadership")], "seats": seats},
    }
    for code, text in texts.items():
        duty = only_duty(text, **facts[code])
        gone = why_gone(duty, "ada", "ben", Snapshot())
        still = why_gone(duty, "ada", "ben", Snapshot(**facts[code]))
        assert (gone.because, gone.fact.code) == (Because.TAKEN_BACK, code)
        assert still.because is Because.RULE
    without = Snapshot(members=branch["members"])
    assert (
        why_gone(only_duty(texts["branch"], **branch), "ada", "ben", without).fact.what == "retired"
    )


def test_it_changed_because_a_fact_has_got_an_end_or_another_began():
    open_ended = only_duty(CHARGE, charges=[ChargeFact("ben", "office")], **HEAD)
    ending = only_duty(
        CHARGE, charges=[ChargeFact("ben", "office", None, date(2026, 6, 1))], **HEAD
    )
    moved = only_duty(CHARGE, charges=[ChargeFact("ben", "office", MARCH)], **HEAD)

    ended, began = why_changed(open_ended, ending), why_changed(open_ended, moved)

    assert (ended.because, ended.on) == (Because.ENDED, date(2026, 6, 1))
    assert (began.because, began.on) == (Because.BEGAN, MARCH)
    assert why_changed(open_ended, open_ended).because is Because.PERIOD
