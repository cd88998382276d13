"""A team for some days: facts first, text only when let, and all of it ends by itself."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from signal_steps import supervised
from talk_steps import events_about, proposed, recorded
from tanxin.apps.archive.access import RecordNotFound
from tanxin.apps.archive.services import open_texts
from tanxin.apps.org.actors import actor_of
from tanxin.apps.org.services.recusing import recuse_from_person
from tanxin.apps.oversight import inspecting
from tanxin.apps.oversight.gathering import year_of
from tanxin.apps.oversight.inspecting import InspectionForbidden, InspectionNotFound, Team
from tanxin.apps.oversight.refusals import (
    DecidedAlready,
    MemberWithoutAccount,
    NobodyInspects,
    TooLong,
)
from tanxin.apps.sealing import client
from tanxin.apps.talks import services as talks
from tanxin.apps.talks.access import TalkForbidden, TalkNotFound, talk_for, visible_talks
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.selectors import record_of
from tanxin.core.access import Permission, Role

WEEK = timedelta(days=7)


def team(world, *members, days=6, **more):
    today = timezone.localdate()
    span = {"first": today, "last": today + timedelta(days=days)} | more
    ids = tuple(world.people[one] for one in members)
    return Team("机关作风检查", since=today - 12 * WEEK, until=today, members=ids, **span)


def staffed(world):
    supervised(world)
    world.person("sami", "sami")
    world.account("sami")
    world.entrust("sami", Role.SECURITY_ADMIN)
    for key, task in (("sami", "security"), ("sol", "approval"), ("lena", "approval")):
        client.entrust_task(world.realm_id, world.session("dora"), world.people[key], task, on=True)
    return world


def propose(world, *members, by="sol", **more):
    return inspecting.propose_inspection(
        world.actor(by), team(world, *members, **more), at=timezone.now()
    )


def approve(world, row, by="sami"):
    return inspecting.approve_inspection(world.actor(by), row.pk, at=timezone.now())


def now_of(world, name):
    """The actor as he stands today, with his roles, and a login at the keeper."""
    on = timezone.localdate()
    actor = actor_of(world.accounts[name], on=on, realm_id=world.realm_id)
    world.roles[name] = actor.roles
    return replace(world.actor(name), inspects=actor.inspects)


def seen(world, row, name, permission=Permission.INSPECTION_VIEW):
    on = timezone.localdate()
    return inspecting.inspection_for(now_of(world, name), row.pk, permission, on=on)


def test_members_inspect_once_somebody_else_approved_and_until_the_last_day(world):
    row = propose(staffed(world), "cleo", "sol")
    assert now_of(world, "cleo").roles == frozenset()
    for name in ("sol", "lena"):
        with pytest.raises(InspectionForbidden):
            approve(world, row, by=name)
    row = approve(world, row)

    assert now_of(world, "cleo").roles == {Role.INSPECTOR}
    assert seen(world, row, "cleo").pk == row.pk
    on, later = timezone.localdate(), timezone.localdate() + WEEK
    assert actor_of(world.accounts["cleo"], on=later, realm_id=world.realm_id).roles == frozenset()
    assert not inspecting.visible_inspections(now_of(world, "cleo"), on=later).exists()
    states = [inspecting.state_of(row, on=day) for day in (on - WEEK, on, later)]
    assert states == ["to_come", "going_on", "over"]
    with pytest.raises(DecidedAlready):
        approve(world, row)
    assert events_about(row) == ["inspection.proposed", "inspection.approved"]
    assert row.first in year_of(world.realm_id, today=on).counted


def test_a_team_must_be_somebody_who_can_log_in_and_not_for_long(world):
    staffed(world)
    world.person("olga", "老张")
    with pytest.raises(NobodyInspects):
        propose(world)
    with pytest.raises(MemberWithoutAccount):
        propose(world, "olga")
    with pytest.raises(TooLong):
        propose(world, "cleo", days=32)
    with pytest.raises(InspectionForbidden):
        propose(world, "cleo", by="ada")


def test_who_gives_roles_may_refuse_and_approves_no_team_of_his_own(world):
    own = propose(staffed(world), "sami")
    with pytest.raises(InspectionForbidden):
        approve(world, own)
    row = propose(world, "cleo")
    inspecting.refuse_inspection(world.actor("sami"), row.pk, at=timezone.now())

    assert inspecting.state_of(row.__class__.objects.get(pk=row.pk), on=row.first) == "refused"
    assert now_of(world, "cleo").roles == frozenset()
    with pytest.raises(DecidedAlready):
        approve(world, row)


def test_an_inspector_sees_facts_and_reads_only_when_let_and_the_subject_sees_who(world):
    staffed(world)
    talk, row = recorded(world), propose(world, "cleo")
    with pytest.raises(TalkNotFound):
        talk_for(now_of(world, "cleo"), talk.pk, Permission.TALK_VIEW)
    row = approve(world, row)
    cleo, text = now_of(world, "cleo"), record_of(talk).pk

    numbers = inspecting.figures(cleo, row)
    assert (numbers["talks"], numbers["unwritten"], numbers["issues"]) == (1, 0, 0)
    with pytest.raises(RecordNotFound):
        open_texts(cleo, [text], "granted")
    asked = talks.ask_to_read(cleo, talk.pk, reason="核实过程", hours=2, at=timezone.now())
    talks.approve_reading(world.actor("lena"), asked.pk, at=timezone.now())
    assert open_texts(cleo, [text], "granted")
    assert inspecting.asked_to_read(row, [cleo.person_id]) == 1
    readers = [one.person_id for one in client.releases(world.realm_id, text)]
    assert world.cleo in readers

    inspecting.end_inspection(world.actor("sol"), row.pk, at=timezone.now())
    with pytest.raises(RecordNotFound):
        open_texts(now_of(world, "cleo"), [text], "granted")
    with pytest.raises(InspectionNotFound):
        seen(world, row, "cleo")
    with pytest.raises(DecidedAlready):
        inspecting.end_inspection(world.actor("sol"), row.pk, at=timezone.now())


def test_an_inspector_finds_no_talk_of_other_days_nor_one_that_is_only_planned(world):
    staffed(world)
    today = timezone.localdate()
    planned, other, looked = proposed(world), recorded(world), recorded(world)
    Talk.objects.filter(pk=other.pk).update(held_at=timezone.now() - 13 * WEEK)
    approve(world, propose(world, "cleo", "lena"))
    cleo = now_of(world, "cleo")

    assert cleo.inspects == ((today - 12 * WEEK, today + timedelta(days=1)),)
    assert [talk.pk for talk in visible_talks(cleo)] == [looked.pk]
    for talk in (planned, other):
        for permission in (Permission.TALK_VIEW, Permission.CONTENT_ASK):
            with pytest.raises(TalkNotFound):
                talk_for(cleo, talk.pk, permission)
        assert talk_for(now_of(world, "lena"), talk.pk, Permission.CONTENT_ASK)
    own = proposed(world, other="cleo")
    assert talk_for(cleo, own.pk, Permission.TALK_VIEW)
    with pytest.raises(TalkForbidden):
        talk_for(cleo, own.pk, Permission.CONTENT_ASK)


def test_of_what_is_kept_from_an_inspector_not_even_a_number_is_counted(world):
    staffed(world)
    recorded(world)
    row = propose(world, "cleo")
    approve(world, row)
    recuse_from_person(world.actor("ben"), world.cleo, world.ben, because="wish", at=timezone.now())

    assert inspecting.figures(now_of(world, "cleo"), row)["talks"] == 0


def test_to_end_one_inspection_ends_no_other_of_its_members(world):
    today = timezone.localdate()
    over = propose(staffed(world), "cleo", first=today - WEEK, last=today - timedelta(days=1))
    goes_on = propose(world, "cleo")
    for row in (over, goes_on):
        approve(world, row)

    with pytest.raises(DecidedAlready):
        inspecting.end_inspection(world.actor("sol"), over.pk, at=timezone.now())
    later = propose(world, "cleo", first=today + WEEK, last=today + 2 * WEEK)
    approve(world, later)
    inspecting.end_inspection(world.actor("sol"), later.pk, at=timezone.now())

    assert now_of(world, "cleo").roles == {Role.INSPECTOR}
    assert seen(world, goes_on, "cleo").pk == goes_on.pk
