"""A plan is approved once by who leads the unit, and then followed until another is."""

from datetime import date

import pytest
from django.utils import timezone

from talk_steps import events_about
from tanxin.apps.plans import services
from tanxin.apps.plans.access import PlanForbidden, PlanNotFound
from tanxin.apps.plans.models import Plan
from tanxin.apps.plans.refusals import PlanIsClosed

TODAY = date(2026, 12, 14)


@pytest.fixture
def plan(owed, propose):
    owed()
    return propose()


def test_the_chief_approves_and_the_plan_of_the_same_days_is_replaced(
    world, plan, approve, propose
):
    approve(plan)
    newer = approve(propose())

    plan.refresh_from_db()
    assert (plan.state, newer.state, newer.approved_by_id) == ("superseded", "approved", world.ada)
    assert events_about(newer) == ["plan.proposed", "plan.approved"]


def test_it_is_decided_once(world, plan, approve):
    approve(plan)

    with pytest.raises(PlanIsClosed):
        approve(plan)
    with pytest.raises(PlanIsClosed):
        services.drop_plan(world.actor("ada"), plan.pk, today=TODAY, at=timezone.now())
    plan.refresh_from_db()
    assert plan.state == "approved"
    assert events_about(plan) == ["plan.proposed", "plan.approved"]


def test_approving_twice_at_once_leaves_the_first_in_force(plan, approve):
    Plan.objects.update(state="dropped")

    with pytest.raises(PlanIsClosed):
        approve(plan)


def test_a_proposal_is_dropped(world, plan):
    services.drop_plan(world.actor("dora"), plan.pk, today=TODAY, at=timezone.now())

    plan.refresh_from_db()
    assert plan.state == "dropped"
    assert events_about(plan) == ["plan.proposed", "plan.dropped"]


def test_an_organiser_proposes_and_does_not_approve(plan, approve):
    with pytest.raises(PlanForbidden):
        approve(plan, by="dora")
    for stranger in ("ben", "cleo"):
        with pytest.raises(PlanNotFound):
            approve(plan, by=stranger)
    plan.refresh_from_db()
    assert plan.state == "proposed"
