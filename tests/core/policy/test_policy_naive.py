import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from naive import Naive
from organisations import FIRST, HORIZON, LAST, POSTS, days, organisations
from random_rules import new_packs, packs

from tanxin.core.calendar import WorkCalendar
from tanxin.core.policy import Scope, Snapshot, UnitFact, derive, reach

CALENDAR = WorkCalendar()
FEW, MANY = 40, 600


def told(duty):
    return (
        duty.rule.pack, duty.rule.rule, duty.period, duty.ordinal, duty.initiator, duty.subject,
        duty.shared, duty.opens, duty.due, duty.via,
    )  # fmt: skip


def naive(facts, pack, today):
    return Naive(facts, [pack], HORIZON, CALENDAR, today, (FIRST, LAST)).duties()


ALL_PACKS = st.deferred(lambda: st.one_of(st.sampled_from(new_packs()), st.sampled_from(packs())))


@given(organisations(), ALL_PACKS, days)
def the_engine_and_the_naive_reading_give_the_same_duties(facts, pack, today):
    duties = list(derive(Snapshot(**facts), [pack], HORIZON, CALENDAR, today=today))

    assert {told(duty) for duty in duties} == naive(facts, pack, today)
    assert len({duty.key for duty in duties}) == len(duties)


@st.composite
def changes(draw):
    """Return an organisation before and after some facts came or went, and what they touch."""
    before, other = draw(organisations()), draw(organisations())
    after = dict(before)
    changed = []
    for kind in draw(st.sets(st.sampled_from(CHANGING), min_size=1, max_size=2)):
        kept = [row for row in before[kind] if draw(st.booleans())]
        added = other[kind][: draw(st.integers(0, 2))]
        after[kind] = kept + added
        changed += [row for row in before[kind] if row not in kept] + added
    return before, after, scope_of(changed)


CHANGING = (
    "seats", "members", "charges", "contacts", "tenures", "states", "events", "units",
    "traits", "dates", "talks", "lapses", "authorities",
    "delegates",
)  # fmt: skip


def scope_of(changed):
    def ids(name):
        return frozenset(getattr(row, name, None) for row in changed) - {None}

    posts = {post.id: post.unit for post in POSTS}
    spells = {row.id for row in changed if isinstance(row, UnitFact)}
    return Scope(
        persons=ids("person") | ids("other") | ids("delegate") | ids("initiator") | ids("subject"),
        units=ids("unit")
        | ids("over")
        | ids("parent")
        | spells
        | {posts[post] for post in ids("post")},
        teams=ids("team"),
        branches=ids("branch"),
    )


@given(changes(), ALL_PACKS, days)
def deriving_only_the_reach_of_a_change_gives_what_deriving_all_gives(change, pack, today):
    before, after, scope = change

    def all_of(facts):
        found = derive(Snapshot(**facts), [pack], HORIZON, CALENDAR, today=today)
        return {duty.key: duty for duty in found}

    near = reach(Snapshot(**after), scope, [pack])
    stored = all_of(before)
    known = {key for key, duty in stored.items() if near.touches(duty)}
    for key in known:
        del stored[key]
    again = derive(
        Snapshot(**after), [pack], HORIZON, CALENDAR, today=today, near=near, known=known
    )
    stored.update({duty.key: duty for duty in again})

    assert stored == all_of(after)


@given(organisations(), ALL_PACKS, days, st.randoms())
def the_order_of_facts_changes_nothing(facts, pack, today, random):
    shuffled = {kind: random.sample(rows, len(rows)) for kind, rows in facts.items()}

    def all_of(facts):
        return set(derive(Snapshot(**facts), [pack], HORIZON, CALENDAR, today=today))

    assert all_of(shuffled) == all_of(facts)


@pytest.mark.parametrize(
    "count", [pytest.param(FEW, id="few"), pytest.param(MANY, id="many", marks=pytest.mark.prove)]
)
@pytest.mark.parametrize(
    "claim",
    [
        the_engine_and_the_naive_reading_give_the_same_duties,
        deriving_only_the_reach_of_a_change_gives_what_deriving_all_gives,
        the_order_of_facts_changes_nothing,
    ],
)
def test_on_random_organisations(claim, count):
    patient = settings(
        max_examples=count, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True
    )
    patient(claim)()
