"""Roles of the whole realm: who gives them, who cannot hold two, and when they end."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from django.db import IntegrityError, transaction

from tanxin.apps.audit.selectors import leaves_for
from tanxin.apps.org import services
from tanxin.apps.org.access import FactsForbidden
from tanxin.apps.org.actors import actor_of
from tanxin.apps.org.models import RoleHolding, Tenure
from tanxin.apps.org.services.facts import FactNotFound
from tanxin.apps.org.trust import Administrator
from tanxin.apps.sealing import client as sealing
from tanxin.core.access import ADMINISTRATORS, Permission, Role, decide
from world import FOUNDED, SINCE, SOURCE, TODAY

PAIRS = sorted(permutations(sorted(ADMINISTRATORS), 2))


def roles_of(world, name, on=TODAY):
    return actor_of(world.accounts[name], on=on).roles


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_nobody_holds_two_of_the_three_tasks(world, first, second):
    world.entrust("cleo", first)

    with pytest.raises(services.HoldsAnotherTask):
        world.entrust("cleo", second)

    assert roles_of(world, "cleo") == {first}


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_the_database_refuses_a_second_task_whatever_its_days_are(world, first, second):
    world.entrust("cleo", first)

    for start, end in ((None, None), (SINCE, TODAY), (date(2030, 1, 1), None)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Administrator.objects.create(
                realm_id=world.realm_id, person_id=world.cleo, role=second.value,
                start=start, end=end, source=SOURCE, recorded_at=FOUNDED,
            )  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleHolding.objects.create(
                realm_id=world.realm_id, person_id=world.cleo, role=second.value,
                start=start, end=end, source=SOURCE, recorded_at=FOUNDED,
            )  # fmt: skip


def test_another_task_may_follow_when_the_first_has_ended(world):
    world.entrust("cleo", Role.AUDITOR)
    services.take_role(world.founder, world.cleo, Role.AUDITOR, end=TODAY, at=FOUNDED)
    services.entrust_role(
        world.founder, world.cleo, Role.SYSTEM_ADMIN, start=TODAY, source=SOURCE, at=FOUNDED
    )

    assert roles_of(world, "cleo") == {Role.SYSTEM_ADMIN}


def test_nobody_gives_himself_a_role_and_that_he_tried_is_logged(world):
    world.entrust("cleo", Role.SECURITY_ADMIN)

    for role in Role:
        with pytest.raises(services.RoleForOneself):
            services.entrust_role(
                world.actor("cleo"), world.cleo, role, start=TODAY, source=SOURCE, at=FOUNDED
            )

    tried = [
        line.detail["role"]
        for line in leaves_for(world.realm_id, world.cleo)
        if line.event == "role.refused"
    ]
    assert tried == [role.value for role in Role]
    assert roles_of(world, "cleo") == {Role.SECURITY_ADMIN}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SECURITY_ADMIN}))
def test_only_the_security_administrator_gives_roles(world, role):
    world.entrust("emil", role) if role is not Role.ORGANISER else None
    name = "dora" if role is Role.ORGANISER else "emil"

    with pytest.raises(services.RolesForbidden):
        services.entrust_role(
            world.actor(name), world.ben, Role.SUPERVISOR, start=TODAY, source=SOURCE, at=FOUNDED
        )


def test_an_organiser_does_not_get_a_role_in_by_the_facts(world):
    row = RoleHolding(person_id=world.dora, role="supervisor", start=TODAY, source=SOURCE)

    with pytest.raises(FactNotFound):
        services.record_fact(world.actor("dora"), row, at=FOUNDED)
    with pytest.raises(FactNotFound):
        services.end_fact(world.actor("dora"), RoleHolding, row.pk, end=TODAY, at=FOUNDED)
    with pytest.raises(FactsForbidden):
        services.record_fact(world.actor("ben"), row, at=FOUNDED)


def test_the_last_who_gives_roles_stays(world):
    world.entrust("cleo", Role.SECURITY_ADMIN)
    with pytest.raises(services.LastSecurityAdministrator):
        services.take_role(
            world.actor("cleo"), world.cleo, Role.SECURITY_ADMIN, end=TODAY, at=FOUNDED
        )

    world.entrust("emil", Role.SECURITY_ADMIN)
    for name in ("cleo", "emil"):
        person, session = world.people[name], world.session("dora")
        sealing.entrust_task(world.realm_id, session, person, "security", on=True)
    services.take_role(world.actor("cleo"), world.cleo, Role.SECURITY_ADMIN, end=TODAY, at=FOUNDED)

    assert roles_of(world, "cleo") == set()


def test_a_role_ends_on_its_day(world):
    world.entrust("cleo", Role.SUPERVISOR)
    services.take_role(world.founder, world.cleo, Role.SUPERVISOR, end=TODAY, at=FOUNDED)

    assert roles_of(world, "cleo", TODAY - timedelta(days=1)) == {Role.SUPERVISOR}
    assert roles_of(world, "cleo", TODAY) == set()
    with pytest.raises(services.RoleNotHeld):
        services.take_role(world.founder, world.cleo, Role.SUPERVISOR, end=TODAY, at=FOUNDED)


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_none_of_the_three_opens_a_text_by_his_task(world, role):
    actor = world.actor("cleo")
    world.entrust("cleo", role)
    actor = world.actor("cleo")

    for permission in (
        Permission.RECORD_OPEN,
        Permission.MEMO_OPEN,
        Permission.TALK_VIEW,
        Permission.ISSUE_VIEW,
        Permission.DUTY_VIEW,
    ):
        assert not decide(permission, actor.standing).allowed


def test_a_decision_says_its_reason(world):
    allowed = decide(Permission.TALK_VIEW, world.actor("dora").standing)
    denied = decide(Permission.RECORD_OPEN, world.actor("dora").standing)

    assert allowed.reason == "talk:view as organiser"
    assert denied.reason == "no record:open as member, organiser"


def test_what_was_done_for_a_post_ends_with_the_last_post_in_its_unit(world):
    moved = date(2026, 6, 1)
    tenure = Tenure.objects.get(person=world.ben)
    services.end_fact(world.founder, Tenure, tenure.pk, end=moved, at=FOUNDED)
    world.holds("ben", "信息中心科员", moved)

    actor = actor_of(world.accounts["ben"], on=TODAY)

    assert actor.former == ((SINCE, moved),)
    assert actor.acted_for_a_former_post(moved - timedelta(days=1))
    assert not actor.acted_for_a_former_post(moved)
    assert not actor.acted_for_a_former_post(SINCE - timedelta(days=1))
    assert actor_of(world.accounts["ben"], on=moved - timedelta(days=1)).former == ()


def test_another_post_in_the_same_unit_lets_him_go_on(world):
    moved = date(2026, 6, 1)
    world.post("规划处副处长", "planning", "deputy_head")
    services.end_fact(
        world.founder, Tenure, Tenure.objects.get(person=world.ben).pk, end=moved, at=FOUNDED
    )
    world.holds("ben", "规划处副处长", moved)

    assert actor_of(world.accounts["ben"], on=TODAY).former == ()
