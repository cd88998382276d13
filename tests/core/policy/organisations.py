"""Random small organisations for Hypothesis: few people in many relations, for few months."""

from datetime import date, timedelta

from hypothesis import strategies as st

from tanxin.core.policy import (
    AuthorityFact,
    BranchMemberFact,
    ChargeFact,
    ContactFact,
    DateFact,
    DelegateFact,
    EventFact,
    LapseFact,
    PersonFact,
    PostFact,
    SeatFact,
    StateFact,
    TalkFact,
    TeamFact,
    TenureFact,
    TraitFact,
    UnitFact,
)

FIRST, LAST = date(2025, 12, 1), date(2026, 5, 15)
HORIZON = (date(2026, 1, 10), date(2026, 4, 1))
PEOPLE = (1, 2, 3, 4, 5)
ORGAN, OFFICE, BRANCH, OTHER_BRANCH = 101, 102, 103, 104
LEADERS, GROUP, OFFICE_LEADERS, COMMITTEE = 201, 202, 203, 204
CHIEF_POST, HEAD_POST, DESK = 301, 302, 303

UNITS = [
    UnitFact(ORGAN, "organ"),
    UnitFact(OFFICE, "department", ORGAN),
    UnitFact(BRANCH, "branch", ORGAN),
    UnitFact(OTHER_BRANCH, "branch", OFFICE),
]
TEAMS = [
    TeamFact(LEADERS, ORGAN, "leadership"),
    TeamFact(GROUP, ORGAN, "party_group"),
    TeamFact(OFFICE_LEADERS, OFFICE, "leadership"),
    TeamFact(COMMITTEE, BRANCH, "branch_committee"),
]
POSTS = [
    PostFact(CHIEF_POST, ORGAN, "chief"),
    PostFact(HEAD_POST, OFFICE, "head"),
    PostFact(DESK, OFFICE, "staff"),
]

# What the random rules are called, so that talks can be theirs.
RULES = ["random/r0", "random/r1", ""]

days = st.integers(0, 119).map(lambda n: date(2026, 1, 1) + timedelta(days=n))
people = st.sampled_from(PEOPLE)


@st.composite
def spans(draw):
    kind = draw(st.integers(0, 4))
    first, last = sorted((draw(days), draw(days)))
    last += timedelta(days=1)
    if kind <= 1:
        return (None, None)
    return {2: (first, None), 3: (None, last), 4: (first, last)}[kind]


def rows(make, *fields, most=6):
    return st.lists(
        st.tuples(st.tuples(*fields), spans()).map(lambda t: make(*t[0], *t[1])), max_size=most
    )


def seats(team):
    return rows(
        SeatFact, st.just(team), people, st.sampled_from(["chief", "deputy", "member"]), most=5
    )


def members(branch):
    roles = st.sampled_from(["secretary", "committee", "member", "member"])
    return rows(BranchMemberFact, people, st.just(branch), roles, most=6)


@st.composite
def states(draw):
    kinds = st.sampled_from(["ill", "abroad", "leave", "left", "hardship"])
    drawn = draw(rows(lambda *row: row, people, kinds, most=4))
    return [StateFact(400 + n, *row, sensitive=draw(st.booleans())) for n, row in enumerate(drawn)]


@st.composite
def events(draw):
    drawn = []
    for n in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from(["key_meeting", "illness"]))
        about = draw(
            st.sampled_from(
                [{"team": LEADERS}, {"team": COMMITTEE}, {"unit": ORGAN}, {"unit": OFFICE}]
                + [{"unit": BRANCH}]
                + [{"person": person} for person in PEOPLE]
                + [{"person": 5, "unit": OTHER_BRANCH}]
            )
        )
        drawn.append(EventFact(500 + n, kind, draw(days), sensitive=draw(st.booleans()), **about))
    return drawn


@st.composite
def persons(draw):
    everybody = [PersonFact(person) for person in PEOPLE[:-1]]
    return [*everybody, PersonFact(5, *draw(spans()))]


@st.composite
def units(draw):
    """Mostly nothing moves; sometimes the office comes under the branch's organ for a time."""
    if draw(st.integers(0, 3)):
        return UNITS
    moved = draw(days)
    return [
        *(unit for unit in UNITS if unit.id != OTHER_BRANCH),
        UnitFact(OTHER_BRANCH, "branch", OFFICE, None, moved),
        UnitFact(OTHER_BRANCH, "branch", ORGAN, moved, None),
    ]


@st.composite
def talks(draw):
    drawn = []
    for n in range(draw(st.integers(0, 3))):
        lead, other = draw(people), draw(people)
        kind = draw(st.sampled_from(["routine", "warning"]))
        rule = draw(st.sampled_from(RULES))
        drawn.append(TalkFact(700 + n, lead, other, kind, draw(days), "", rule))
    return drawn


@st.composite
def lapses(draw):
    return [
        LapseFact(800 + n, draw(people), "other", draw(days))
        for n in range(draw(st.integers(0, 2)))
    ]


def dates():
    """A person has one birthday, and joined the Party once."""
    kinds = st.sampled_from(["birthday", "party"])
    past = st.dates(date(1990, 1, 1), date(2025, 12, 31))
    one = st.tuples(people, kinds, st.one_of(past, st.just(date(2004, 2, 29))))
    facts = one.map(lambda row: DateFact(*row))
    return st.lists(facts, max_size=4, unique_by=lambda fact: (fact.person, fact.kind))


@st.composite
def organisations(draw):
    """Return the arguments of ``Snapshot``."""
    kinds = st.sampled_from(["pair", "mentor", "liaison"])
    contacts = draw(rows(lambda *row: row, kinds, people, people, most=4))
    areas = draw(rows(lambda *row: row, kinds, people, st.sampled_from([OFFICE, BRANCH]), most=2))
    ranks = st.sampled_from(["chu-zheng", "ke-zheng"])
    return {
        "persons": draw(persons()),
        "units": draw(units()),
        "traits": draw(rows(TraitFact, people, st.just("rank"), ranks, most=4)),
        "dates": draw(dates()),
        "talks": draw(talks()),
        "lapses": draw(lapses()),
        "delegates": draw(rows(DelegateFact, people, people, st.sampled_from(["", "r0"]), most=2)),
        "authorities": draw(
            rows(
                AuthorityFact,
                st.sampled_from([ORGAN, OFFICE]),
                st.sampled_from([ORGAN, OFFICE]),
                st.sampled_from(["", "chu-zheng"]),
                most=2,
            )
        ),
        "teams": TEAMS,
        "posts": POSTS,
        "tenures": draw(rows(TenureFact, people, st.sampled_from([p.id for p in POSTS]), most=5)),
        "seats": [seat for team in TEAMS for seat in draw(seats(team.id))],
        "charges": draw(rows(ChargeFact, people, st.sampled_from([OFFICE, BRANCH]), most=4)),
        "members": draw(members(BRANCH)) + draw(members(OTHER_BRANCH)),
        "contacts": [
            ContactFact(kind, person, other, None, *span)
            for kind, person, other, *span in contacts
            if person != other
        ]
        + [ContactFact(kind, person, None, unit, *span) for kind, person, unit, *span in areas],
        "states": draw(states()),
        "events": draw(events()),
    }
