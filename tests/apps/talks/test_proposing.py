from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from talk_steps import duty_of, events_about, proposed
from tanxin.apps.duties.access import DutyNotFound
from tanxin.apps.org.access import PersonNotFound
from tanxin.apps.talks import services
from tanxin.apps.talks.access import TalkForbidden, TalkNotFound
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.refusals import NotBetweenTheTwo, NotYourTurn, PageIsOld, TalkWithOneself
from tanxin.apps.talks.selectors import duties_of, places
from tanxin.apps.talks.services import proposing
from tanxin.core.lifecycle import IllegalMove


def test_a_proposal_waits_for_the_other_side_and_leaves_a_leaf(world):
    talk = proposed(world, place="三楼小会议室")

    assert (talk.state, talk.initiator_id, talk.subject_id) == ("proposed", world.ada, world.ben)
    assert talk.proposed_by_id == world.ada
    assert places([talk]) == {talk.pk: "三楼小会议室"}
    assert events_about(talk) == ["talk.proposed"]


def test_the_one_who_owes_the_talk_leads_it_also_when_the_other_proposes(world):
    duty = duty_of(world)

    talk = proposed(world, by="ben", other="ada", duty_ids=[duty.pk])

    assert (talk.initiator_id, talk.proposed_by_id) == (world.ada, world.ben)
    assert duties_of(talk) == [duty.pk]


def test_the_same_form_makes_one_talk(world):
    form = uuid4()

    first, second = (proposed(world, form=form) for _ in range(2))

    assert first.pk == second.pk
    assert Talk.objects.count() == 1
    assert events_about(first) == ["talk.proposed"]


def test_nobody_lands_in_the_talk_of_another_by_his_form(world):
    form = uuid4()

    first = proposed(world, form=form)
    second = proposed(world, by="cleo", other="ben", form=form)

    assert first.pk != second.pk


def test_a_talk_needs_two_people_of_the_realm_and_their_own_duty(world):
    with pytest.raises(TalkWithOneself):
        proposed(world, other="ada")
    world.people["ghost"] = uuid4()
    with pytest.raises(PersonNotFound):
        proposed(world, other="ghost")
    with pytest.raises(DutyNotFound):
        proposed(world, by="cleo", duty_ids=[duty_of(world).pk])
    with pytest.raises(NotBetweenTheTwo):
        proposed(world, other="cleo", duty_ids=[duty_of(world).pk])
    with pytest.raises(NotBetweenTheTwo):
        proposed(world, by="ben", other="cleo", duty_ids=[duty_of(world, mutual=True).pk])

    assert not Talk.objects.exists()


def test_the_other_side_agrees(world):
    talk = proposed(world)

    talk = services.agree(world.actor("ben"), talk.pk, seen=talk.steps, at=timezone.now())

    assert talk.state == "agreed"
    assert events_about(talk) == ["talk.proposed", "talk.agreed"]


def test_nobody_agrees_to_his_own_proposal_or_to_a_talk_of_others(world):
    talk = proposed(world)

    with pytest.raises(NotYourTurn):
        services.agree(world.actor("ada"), talk.pk, at=timezone.now())
    with pytest.raises(TalkNotFound):
        services.agree(world.actor("cleo"), talk.pk, at=timezone.now())
    with pytest.raises(TalkForbidden):
        services.agree(world.actor("dora"), talk.pk, at=timezone.now())

    assert events_about(talk) == ["talk.proposed"]


def test_another_time_turns_the_question_round(world):
    talk, now = proposed(world), timezone.now()
    later = now + timedelta(days=3)

    talk = services.propose_other_time(world.actor("ben"), talk.pk, planned_for=later, at=now)

    assert (talk.state, talk.proposed_by_id, talk.planned_for) == ("proposed", world.ben, later)
    with pytest.raises(NotYourTurn):
        services.agree(world.actor("ben"), talk.pk, at=now)
    assert services.agree(world.actor("ada"), talk.pk, at=now).state == "agreed"


def test_agreeing_to_a_time_that_no_longer_stands_is_refused(world):
    talk, now = proposed(world), timezone.now()
    page = talk.steps
    services.propose_other_time(
        world.actor("ada"), talk.pk, planned_for=now + timedelta(days=9), at=now
    )

    with pytest.raises(PageIsOld):
        services.agree(world.actor("ben"), talk.pk, seen=page, at=now)

    talk.refresh_from_db()
    assert talk.state == "proposed"


@pytest.mark.parametrize("verb", ["cancel", "refuse"])
def test_after_the_end_nothing_moves(world, verb):
    talk, now = proposed(world), timezone.now()
    getattr(services, verb)(world.actor("ben"), talk.pk, reason="出差", at=now)

    with pytest.raises(IllegalMove):
        services.agree(world.actor("ben"), talk.pk, at=now)
    with pytest.raises(IllegalMove):
        services.propose_other_time(world.actor("ada"), talk.pk, planned_for=now, at=now)


def test_a_shared_duty_may_be_led_by_one_who_does_not_answer_for_it(world):
    shared = duty_of(world, initiator="ada", subject="ben", shared=True)

    talk = proposed(world, by="dora", other="ben")
    assert proposing.is_between(shared, talk.initiator_id, world.ben)
    assert not proposing.is_between(shared, world.dora, world.cleo)
