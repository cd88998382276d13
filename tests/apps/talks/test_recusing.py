"""Who is recused finds nothing: no row, no list, no number; and cannot tell that he is."""

from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone

from issue_builders import assign, issue_in
from talk_steps import confirmed, duty_of, proposed
from tanxin.apps.duties.access import DutyNotFound, duty_for, visible_duties
from tanxin.apps.duties.reading.coverage import coverage_of
from tanxin.apps.issues.access import IssueNotFound, issue_for, visible_issues
from tanxin.apps.issues.refusals import HelperIsRecused
from tanxin.apps.issues.selectors import issues_helped_by, issues_waiting_for
from tanxin.apps.issues.services.recusing import recuse_from_issue
from tanxin.apps.org.access import PersonForbidden
from tanxin.apps.org.selectors.entrusted import recusals_to_lift
from tanxin.apps.org.services.recusing import (
    IsRecused,
    RecusalNotFound,
    RecusedFromHimself,
    lift_recusal,
    recuse_from_person,
)
from tanxin.apps.talks import services
from tanxin.apps.talks.access import TalkForbidden, TalkNotFound, talk_for, visible_talks
from tanxin.apps.talks.refusals import LastSupervisor
from tanxin.core.access import Permission, Role

TODAY = timezone.localdate()


def from_person(world, by, excluded, about, because="dispute"):
    return recuse_from_person(
        world.actor(by),
        world.people[excluded],
        world.people[about],
        because=because,
        at=timezone.now(),
    )


def from_talk(world, by, excluded, talk, because="wish"):
    return services.recuse_from_talk(
        world.actor(by), talk.pk, world.people[excluded], because=because, at=timezone.now()
    )


def owed_in(world, name, unit="commission"):
    return coverage_of(world.actor(name), world.units[unit], on=TODAY, year=TODAY.year).whole.owed


@pytest.mark.parametrize("name", ["dora", "cleo"])
def test_a_talk_kept_from_somebody_is_not_there_for_him(world, name):
    world.entrust("cleo", Role.SUPERVISOR)
    world.entrust("emil", Role.SUPERVISOR)
    duty = duty_of(world, due=date(TODAY.year, 12, 31), unit_id=world.units["planning"])
    talk, other = confirmed(world, duty_ids=[duty.pk]), proposed(world, by="emil", other="ben")
    before = owed_in(world, name)

    from_talk(world, "ben", name, talk)

    for talk_id in (talk.pk, uuid4()):
        with pytest.raises(TalkNotFound):
            talk_for(world.actor(name), talk_id, Permission.TALK_VIEW)
    assert list(visible_talks(world.actor(name))) == [other]
    with pytest.raises(DutyNotFound):
        duty_for(world.actor(name), duty.pk, Permission.DUTY_VIEW, on=TODAY)
    assert not visible_duties(world.actor(name), on=TODAY).filter(pk=duty.pk).exists()
    assert owed_in(world, name) == before - 1
    for side in ("ada", "ben"):
        assert talk_for(world.actor(side), talk.pk, Permission.RECORD_OPEN) == talk


@pytest.mark.parametrize("name", ["dora", "cleo", "emil"])
def test_a_person_kept_from_somebody_leaves_no_trace_in_what_he_sees(world, name):
    world.entrust("cleo", Role.SUPERVISOR)
    duty_of(world, due=date(TODAY.year, 12, 31), unit_id=world.units["planning"])
    duty_of(world, "ben", "dora", due=date(TODAY.year, 12, 31), unit_id=world.units["planning"])
    talk = proposed(world)
    before = owed_in(world, name, "planning")

    from_person(world, "ben", name, "ben")

    assert talk not in visible_talks(world.actor(name))
    with pytest.raises(TalkNotFound):
        talk_for(world.actor(name), talk.pk, Permission.TALK_VIEW)
    assert owed_in(world, name, "planning") == before - 1


def test_what_one_led_oneself_is_not_taken_away(world):
    talk = proposed(world)
    from_person(world, "ben", "ada", "ben")

    assert talk_for(world.actor("ada"), talk.pk, Permission.TALK_ANSWER) == talk
    for excluded in ("ada", "ben"):
        with pytest.raises(RecusedFromHimself):
            from_talk(world, "ben", excluded, talk)


@pytest.mark.parametrize("name", ["emil", "dora"])
@pytest.mark.parametrize("by_person", [True, False])
def test_an_issue_is_kept_from_its_owner_and_verifier_too(world, name, by_person):
    issue_id = issue_in(world, "reported")
    if by_person:
        from_person(world, "ben", name, "ben")
    else:
        recuse_from_issue(
            world.actor("ben"), issue_id, world.people[name], because="wish", at=timezone.now()
        )
    actor = world.actor(name)

    with pytest.raises(IssueNotFound):
        issue_for(actor, issue_id, Permission.ISSUE_VIEW)
    assert not visible_issues(actor).exists()
    assert not issues_helped_by(actor).exists()
    assert not issues_waiting_for(actor).exists()
    assert issue_for(world.actor("ada"), issue_id, Permission.ISSUE_VIEW)


def test_a_matter_is_not_given_to_whom_it_is_kept_from(world):
    issue_id = issue_in(world, "raised")
    recuse_from_issue(world.actor("ben"), issue_id, world.emil, because="wish", at=timezone.now())

    with pytest.raises(HelperIsRecused):
        assign(world, issue_id)


def test_who_led_a_talk_cannot_keep_it_from_the_last_supervisor(world):
    world.entrust("cleo", Role.SUPERVISOR)
    talk = confirmed(world)
    with pytest.raises(LastSupervisor):
        from_talk(world, "ada", "cleo", talk)

    from_talk(world, "ben", "cleo", talk)
    with pytest.raises(TalkNotFound):
        talk_for(world.actor("cleo"), talk.pk, Permission.TALK_VIEW)


def test_only_the_two_recuse_from_a_talk_and_only_oneself_or_security_from_a_person(world):
    world.entrust("emil", Role.SECURITY_ADMIN)
    talk = proposed(world)
    with pytest.raises(TalkForbidden):
        from_talk(world, "dora", "cleo", talk)
    with pytest.raises(TalkNotFound):
        from_talk(world, "cleo", "dora", talk)
    with pytest.raises(PersonForbidden):
        from_person(world, "dora", "cleo", "ben")
    with pytest.raises(RecusedFromHimself):
        from_person(world, "ben", "ben", "ben")

    from_person(world, "emil", "dora", "ben")
    with pytest.raises(IsRecused):
        from_person(world, "ben", "dora", "ben")


def test_who_kept_himself_out_cannot_let_himself_in_again(world):
    world.entrust("emil", Role.SECURITY_ADMIN)
    talk = proposed(world)
    own = from_person(world, "dora", "dora", "ben")
    assert own.because == "own"
    assert talk not in visible_talks(world.actor("dora"))

    for name in ("dora", "ada", "cleo"):
        with pytest.raises(RecusalNotFound):
            lift_recusal(world.actor(name), own.pk, at=timezone.now())
    lift_recusal(world.actor("emil"), own.pk, at=timezone.now())
    assert talk in visible_talks(world.actor("dora"))


def test_who_is_recused_never_sees_that_he_is(world):
    world.entrust("emil", Role.SECURITY_ADMIN)
    kept = from_person(world, "ben", "emil", "ben")

    assert kept not in recusals_to_lift(world.actor("emil"))
    with pytest.raises(RecusalNotFound):
        lift_recusal(world.actor("emil"), kept.pk, at=timezone.now())
    assert list(recusals_to_lift(world.actor("ben"))) == [kept]


def test_lifted_it_shows_again_with_what_stems_from_it(world):
    duty = duty_of(world, due=date(TODAY.year, 12, 31), unit_id=world.units["planning"])
    talk = proposed(world, duty_ids=[duty.pk])
    kept = from_talk(world, "ben", "dora", talk)
    lift_recusal(world.actor("ben"), kept.pk, at=timezone.now())

    assert talk in visible_talks(world.actor("dora"))
    assert duty_for(world.actor("dora"), duty.pk, Permission.DUTY_VIEW)
