from datetime import date, timedelta

import pytest
from django.utils import timezone

from tanxin.apps.duties import services
from tanxin.apps.duties.models import Duty
from tanxin.apps.duties.selectors import duties_met_by_talk_of, my_duties
from tanxin.apps.org import services as services_of_org
from tanxin.apps.org.models import Delegation
from tanxin.packs import DEMO_COMMISSION, NATIONAL, THREE_MUSTS
from world import FOUNDED, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def met_by(world):
    """The rules that a talk of two would meet today."""

    def ask(lead, other, *, kind="routine", form="individual", channel="face", on=TODAY):
        duties = duties_met_by_talk_of(
            world.realm_id, world.people[lead], world.people[other],
            kind=kind, form=form, channel=channel, on=on,
        )  # fmt: skip
        return [(duty.rule.rule, duty.initiator_id, duty.period) for duty in duties]

    return ask


def rules(found):
    return sorted(rule for rule, *_ in found)


def test_a_talk_meets_the_duty_of_its_two_in_either_direction_where_it_is_mutual(owed, met_by):
    assert rules(met_by("ada", "emil")) == ["chief-with-member"]
    assert rules(met_by("emil", "ada")) == ["chief-with-member"]
    assert rules(met_by("emil", "ben")) == ["charge-with-head"]
    assert rules(met_by("ben", "emil")) == []
    assert rules(met_by("ada", "cleo")) == []


def test_a_talk_of_another_kind_or_channel_or_before_it_opens_meets_nothing(owed, met_by):
    assert met_by("ada", "emil", kind="warning") == []
    assert met_by("ada", "emil", form="collective") == []
    assert met_by("ada", "emil", channel="phone") == []
    assert met_by("ada", "emil", on=date(2025, 12, 31)) == []


def test_a_late_talk_meets_an_overdue_duty(owed, met_by):
    assert rules(met_by("ada", "emil", on=date(2027, 2, 1))) == ["chief-with-member"]


def test_any_member_is_a_partner_and_one_talk_serves_both(world, adopt, derive, met_by):
    world.person("fay", "费")
    world.in_branch("fay", "branch")
    adopt()
    derive()

    found = met_by("ada", "fay", channel="phone")
    assert [(rule, lead) for rule, lead, _ in found if rule == "branch-member-member"] == [
        ("branch-member-member", lead) for _, lead, _ in found
    ]
    assert {lead for _, lead, _ in found} == {world.ada, world.people["fay"]}
    # The secretary is no plain member, and a stranger none at all.
    assert rules(met_by("ada", "ben")) == ["branch-committee-member"]
    assert rules(met_by("ada", "cleo")) == []


def test_another_of_the_committee_may_hold_a_shared_talk(world, adopt, derive, met_by):
    world.person("gao", "高")
    world.in_branch("gao", "branch", "committee")
    adopt()
    derive()

    duty = Duty.objects.get(rule__rule="branch-committee-member", subject=world.ada)
    assert (duty.initiator_id, duty.shared) == (world.ben, True)
    assert rules(met_by("gao", "ada")) == ["branch-committee-member"]
    assert rules(met_by("ada", "gao")) == ["branch-committee-member"]
    assert rules(met_by("cleo", "ada")) == []


def test_one_talk_meets_one_of_two_halves_the_one_that_is_due(world, adopt, derive, met_by):
    adopt(NATIONAL, THREE_MUSTS, DEMO_COMMISSION)
    derive()

    def periods(**when):
        return [period for rule, _, period in met_by("ada", "emil", **when)]

    assert periods(on=date(2026, 3, 1)) == ["2026-H1"]
    assert periods(on=date(2026, 11, 1)) == ["2026-H2"]
    # What was missed can still be made good once the present half is done.
    now = Duty.objects.filter(rule__rule="chief-with-member", period="2026-H2")
    services.meet(world.realm_id, [now.get().pk], on=TODAY, at=timezone.now())
    assert periods(on=date(2026, 11, 1)) == ["2026-H1"]


def test_the_four_verbs_move_only_what_is_in_the_right_state(world, owed):
    now = timezone.now()
    duty = Duty.objects.get(rule__rule="chief-with-member")
    one, realm = [duty.pk], world.realm_id

    assert services.confirm(realm, one, at=now) == 0
    assert services.meet(realm, one, on=TODAY, at=now) == 1
    assert services.meet(realm, one, on=TODAY - timedelta(days=1), at=now) == 0
    assert services.confirm(realm, one, at=now) == 1
    assert services.contest(realm, one, at=now) == 1
    assert services.reopen(realm, one, at=now) == 1

    duty.refresh_from_db()
    assert (duty.state, duty.met_on) == ("met", TODAY)
    assert services.meet(world.realm_id, [duty.pk], on=TODAY, at=now) == 0


def test_my_duties_are_what_i_owe_and_what_is_owed_mutually(world, owed):
    mine = {name: [d.rule.rule for d in my_duties(world.actor(name))] for name in world.accounts}

    assert sorted(mine["emil"]) == ["charge-with-head", "chief-with-member"]
    assert sorted(mine["ada"]) == ["branch-committee-member", "chief-with-member"]
    assert mine["ben"] == ["branch-committee-member"]
    assert mine["cleo"] == mine["dora"] == []


def test_a_talk_of_an_approved_delegate_meets_the_duty_of_his_principal(
    world, adopt, derive, met_by
):
    world.event("task_missed", TODAY, person="ben")
    services_of_org.record_fact(
        world.founder,
        Delegation(
            person_id=world.emil, delegate_id=world.ada, approved_by_id=world.dora,
            approved_on=TODAY, start=TODAY, source="批示",
        ),
        at=FOUNDED,
    )  # fmt: skip
    adopt("township")
    derive()

    found = met_by("ada", "ben", kind="warning")

    assert [(rule, lead) for rule, lead, _ in found] == [("s48-1-heads.supervision", world.emil)]
    assert met_by("cleo", "ben", kind="warning") == []
    assert met_by("ada", "ben", kind="warning", on=TODAY - timedelta(days=1)) == []


def test_while_somebody_is_away_the_phone_will_do(world, adopt, derive, met_by):
    adopt("university")
    derive()
    assert "s2-3-branch-before-meeting" not in rules(met_by("ben", "ada", channel="phone"))

    world.state("ada", "floating")

    assert "s2-3-branch-before-meeting" in rules(met_by("ben", "ada", channel="phone"))
    assert met_by("ben", "ada", channel="mail") == []
