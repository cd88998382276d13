"""A delegate holds talks for his principal, once somebody above has approved it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.duties import delegating
from tanxin.apps.duties.deciding import DecidedAlready, DecisionForbidden, RequestNotFound
from tanxin.apps.duties.models import Duty
from tanxin.apps.duties.selectors import duties_met_by_talk_of
from tanxin.apps.org.models import Delegation
from world import TODAY

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
WHEN = {"on": TODAY, "at": AT}
UNTIL = TODAY + timedelta(days=30)


@pytest.fixture
def delegable(world, adopt):
    world.event("task_missed", TODAY, person="ben")
    adopt("township")


def ask(world, whom="cleo", name="emil", **more):
    terms = {"rule": "", "start": TODAY, "end": UNTIL, "reason": "出差"} | more
    return delegating.ask_delegation(world.actor(name), world.people[whom], **terms, **WHEN)


def row_now(row):
    row.refresh_from_db()
    return row


def held(world, lead="cleo", on=TODAY):
    found = duties_met_by_talk_of(
        world.realm_id, world.people[lead], world.ben, kind="warning", form="individual",
        channel="face", on=on,
    )  # fmt: skip
    return [(duty.rule.rule, duty.initiator_id) for duty in found]


def test_an_approved_delegate_holds_the_talk_and_it_counts_for_the_principal(
    world, delegable, derive
):
    row = ask(world)
    derive()
    assert held(world) == []

    delegating.approve_delegation(world.actor("ada"), row.pk, **WHEN)
    derive()

    assert held(world) == [("s48-1-heads.supervision", world.emil)]
    assert held(world, on=UNTIL) == []
    duty = Duty.objects.get(rule__rule="s48-1-heads.supervision", subject=world.ben)
    assert [one.delegate_id for one in delegating.delegates_of(duty, TODAY)] == [world.cleo]
    assert [one.pk for one in delegating.duties_to_hold_for(row_now(row), TODAY)] == [duty.pk]
    assert delegating.duties_to_hold_for(row_now(row), UNTIL) == []
    realm, found = world.realm_id, [duty.pk]
    assert delegating.principals_of(realm, world.cleo, found, TODAY) == [world.emil]
    assert delegating.principals_of(realm, world.emil, found, TODAY) == []
    assert AuditLeaf.objects.filter(event="delegation.approved").count() == 1


def test_neither_of_the_two_approves_and_a_stranger_finds_nothing(world, delegable):
    row = ask(world, "ben")
    for name in ("emil", "ben"):
        with pytest.raises(DecisionForbidden):
            delegating.approve_delegation(world.actor(name), row.pk, **WHEN)
    with pytest.raises(RequestNotFound):
        delegating.approve_delegation(world.actor("cleo"), row.pk, **WHEN)
    assert delegating.delegations_to_decide(world.actor("cleo"), on=TODAY) == []
    for name in ("ada", "dora"):
        waiting = delegating.delegations_to_decide(world.actor(name), on=TODAY)
        assert [one.pk for one in waiting] == [row.pk]

    assert not Delegation.objects.exists()


def test_refused_or_taken_back_it_never_was(world, delegable):
    row = ask(world)
    delegating.refuse_delegation(world.actor("ada"), row.pk, answer="请本人谈", **WHEN)
    row.refresh_from_db()
    assert delegating.delegation_words(row) == ("出差", "请本人谈")
    again = ask(world)
    delegating.end_delegation(world.actor("emil"), again.pk, **WHEN)
    with pytest.raises(DecidedAlready):
        delegating.approve_delegation(world.actor("ada"), again.pk, **WHEN)

    assert not Delegation.objects.exists()


def test_it_can_be_ended_early_and_only_by_principal_or_approver(world, delegable, derive):
    row = ask(world, start=TODAY - timedelta(days=5))
    delegating.approve_delegation(world.actor("dora"), row.pk, **WHEN)
    with pytest.raises(DecisionForbidden):
        delegating.end_delegation(world.actor("cleo"), row.pk, **WHEN)
    delegating.end_delegation(world.actor("emil"), row.pk, **WHEN)
    derive()

    assert Delegation.objects.get().end == TODAY
    assert held(world) == []
    with pytest.raises(delegating.FactEndsBeforeStart):
        delegating.end_delegation(world.actor("emil"), row.pk, **WHEN)


def test_one_that_has_not_begun_is_voided(world, delegable):
    row = ask(world, start=TODAY)
    delegating.approve_delegation(world.actor("ada"), row.pk, **WHEN)
    delegating.end_delegation(world.actor("ada"), row.pk, **WHEN)

    assert Delegation.objects.get().voided_at == AT


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"rule": "s1-nothing"}, delegating.RuleNotDelegable),
        ({"end": TODAY}, delegating.SpanNotFit),
        ({"start": UNTIL, "end": UNTIL}, delegating.SpanNotFit),
        ({"end": date(2030, 1, 1)}, delegating.SpanNotFit),
        ({"whom": "emil"}, delegating.DelegateNotFit),
    ],
)
def test_what_does_not_fit_is_refused(world, delegable, change, refusal):
    with pytest.raises(refusal):
        ask(world, **change)


def test_without_a_rule_that_allows_it_nothing_is_delegated(world, owed):
    with pytest.raises(delegating.RuleNotDelegable):
        ask(world)
