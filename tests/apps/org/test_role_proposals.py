"""A role holds only after a second person has said yes; the first ones are given at the founding."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tanxin.apps.audit.selectors import leaves_for
from tanxin.apps.org import services
from tanxin.apps.org.actors import actor_of
from tanxin.apps.org.selectors.proposals import ProposalNotFound, proposal_for, proposals
from tanxin.apps.org.services.proposing import (
    NobodyToApprove,
    ProposalIsSettled,
    ProposedAlready,
    approve_role,
    propose_role,
    put_in_force,
    turn_role_down,
    withdraw_role,
)
from tanxin.apps.org.trust import RoleProposal
from tanxin.apps.sealing import client as sealing
from tanxin.core.access import Role

TODAY, NOW = timezone.localdate(), timezone.now()


@pytest.fixture
def staffed(world):
    """Cleo gives roles, Dora is organiser, Gus supervises."""
    world.person("gus", "顾思")
    world.account("gus")
    world.entrust("cleo", Role.SECURITY_ADMIN)
    world.entrust("gus", Role.SUPERVISOR)
    sealing.entrust_task(world.realm_id, world.session("cleo"), world.cleo, "security", on=True)
    return world


def propose(world, whom, role, by="cleo"):
    return propose_role(world.actor(by), world.people[whom], role, on=TODAY, at=NOW)


def approve(world, by, proposal):
    return approve_role(world.actor(by), proposal.pk, on=TODAY, at=NOW)


def roles_of(world, name):
    return actor_of(world.accounts[name], on=TODAY).roles


def told(world, name):
    return [line.event for line in leaves_for(world.realm_id, world.people[name])]


@pytest.mark.parametrize("role", sorted(Role))
def test_nothing_holds_before_a_second_person_has_approved(staffed, role):
    proposal = propose(staffed, "ben", role)
    assert roles_of(staffed, "ben") == set()

    approve(staffed, "gus", proposal)
    if role in {Role.SECURITY_ADMIN, Role.SUPERVISOR}:
        assert roles_of(staffed, "ben") == set()
        put_in_force(staffed.actor("cleo"), proposal.pk, on=TODAY, at=NOW)

    assert roles_of(staffed, "ben") == {role}
    assert [one for one in told(staffed, "ben") if one.startswith("role.")] == [
        "role.proposed", "role.approved", "role.given",
    ]  # fmt: skip


@pytest.mark.parametrize("by", ["cleo", "ben", "ada", "emil"])
def test_neither_who_proposes_nor_who_receives_nor_anybody_else_approves(staffed, by):
    staffed.entrust("ben", Role.ORGANISER)
    proposal = propose(staffed, "ben", Role.SUPERVISOR)

    with pytest.raises(ProposalNotFound):
        approve(staffed, by, proposal)
    with pytest.raises(ProposalNotFound):
        turn_role_down(staffed.actor(by), proposal.pk, reason="不", on=TODAY, at=NOW)

    assert Role.SUPERVISOR not in roles_of(staffed, "ben")
    assert not proposals(staffed.actor("ben")).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleProposal.objects.update(
            verdict="approved", decided_by=proposal.proposed_by_id, decided_at=NOW
        )


def test_nobody_who_works_under_the_one_who_proposes_approves(staffed):
    staffed.entrust("ada", Role.SECURITY_ADMIN)
    proposal = propose(staffed, "emil", Role.AUDITOR, by="ada")

    staffed.holds("gus", "规划处处长")
    with pytest.raises(ProposalNotFound):
        approve(staffed, "gus", proposal)


def test_without_a_second_person_nothing_is_proposed(world):
    world.entrust("cleo", Role.SECURITY_ADMIN)

    with pytest.raises(NobodyToApprove):
        propose(world, "dora", Role.SUPERVISOR)
    assert not RoleProposal.objects.exists()


def test_only_the_security_administrator_proposes_and_not_himself(staffed):
    with pytest.raises(services.RolesForbidden):
        propose(staffed, "ben", Role.AUDITOR, by="dora")
    with pytest.raises(services.RoleForOneself):
        propose(staffed, "cleo", Role.SUPERVISOR)
    assert told(staffed, "cleo")[-1] == "role.refused"


def test_it_is_proposed_once_until_it_is_settled(staffed):
    first = propose(staffed, "ben", Role.AUDITOR)
    with pytest.raises(ProposedAlready) as again:
        propose(staffed, "ben", Role.AUDITOR)
    assert again.value.proposal_id == first.pk

    withdraw_role(staffed.actor("cleo"), first.pk, reason="人选有变", at=NOW)
    with pytest.raises(ProposalIsSettled):
        approve(staffed, "gus", first)
    second = propose(staffed, "ben", Role.AUDITOR)
    turn_role_down(staffed.actor("dora"), second.pk, reason="任期将满", on=TODAY, at=NOW)
    with pytest.raises(ProposalIsSettled):
        put_in_force(staffed.actor("cleo"), second.pk, on=TODAY, at=NOW)

    assert b"\xe4\xbb\xbb\xe6\x9c\x9f" not in bytes(
        proposal_for(staffed.actor("dora"), second.pk).reason_sealed
    )
    assert roles_of(staffed, "ben") == set()
    assert {"role.withdrawn", "role.turned_down"} <= set(told(staffed, "ben"))


def test_two_of_the_three_tasks_are_refused_also_when_the_second_comes_between(staffed):
    proposal = propose(staffed, "ben", Role.AUDITOR)
    staffed.entrust("ben", Role.SYSTEM_ADMIN)

    with pytest.raises(services.HoldsAnotherTask):
        approve(staffed, "gus", proposal)
    with pytest.raises(services.HoldsAnotherTask):
        propose(staffed, "ben", Role.SECURITY_ADMIN)
    with pytest.raises(services.RoleIsHeld):
        propose(staffed, "ben", Role.SYSTEM_ADMIN)


def test_nobody_gives_alone_and_a_founding_says_that_it_did(staffed):
    with pytest.raises(services.RoleNeedsASecond):
        services.entrust_role(
            staffed.actor("cleo"), staffed.ben, Role.AUDITOR, start=TODAY, source="web", at=NOW
        )
    given = [
        line for line in leaves_for(staffed.realm_id, staffed.cleo) if line.event == "role.given"
    ]
    assert [line.detail["founding"] for line in given] == [True]
