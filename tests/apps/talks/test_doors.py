from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from talk_steps import agreed, asked, confirmed, held, proposed, recorded, write
from tanxin.apps.talks import selectors, services
from tanxin.apps.talks.access import (
    RequestNotFound,
    TalkForbidden,
    TalkNotFound,
    own_talks,
    request_for,
    talk_for,
    visible_requests,
    visible_talks,
)
from tanxin.core.access import Actor, Permission, RowNotFound


def test_the_door_and_the_list_agree_for_everybody(world):
    talks = [proposed(world), recorded(world), proposed(world, by="cleo", other="emil")]

    for name in world.people:
        visible = set(visible_talks(world.actor(name)).values_list("pk", flat=True))
        for talk in talks:
            try:
                allowed = bool(talk_for(world.actor(name), talk.pk, Permission.TALK_VIEW))
            except TalkNotFound:
                allowed = False
            assert allowed == (talk.pk in visible)


def test_what_is_not_there_and_what_is_not_mine_look_the_same(world):
    talk, request = proposed(world), asked(world)

    for talk_id in (talk.pk, uuid4()):
        with pytest.raises(TalkNotFound):
            talk_for(world.actor("cleo"), talk_id, Permission.TALK_VIEW)
    for request_id in (request.pk, uuid4()):
        with pytest.raises(RequestNotFound):
            request_for(world.actor("cleo"), request_id, Permission.REQUEST_VIEW)
    with pytest.raises(TalkForbidden):
        talk_for(world.actor("dora"), talk.pk, Permission.RECORD_OPEN)


def test_an_account_that_is_nobody_has_no_talks_and_proposes_none(world):
    nobody = Actor(world.realm_id)
    proposed(world)
    asked(world)

    assert not own_talks(nobody).exists()
    assert not visible_requests(nobody).exists()
    assert not selectors.talks_waiting_for(nobody, now=timezone.now()).exists()
    with pytest.raises(RowNotFound):
        services.ask_for_talk(nobody, asked=world.ada, topic="无", at=timezone.now())


def test_each_list_of_the_to_do_page_has_what_it_says(world):
    now, ada, ben = timezone.now(), world.actor("ada"), world.actor("ben")
    to_answer, to_hold, to_record = proposed(world), agreed(world), held(world)
    to_confirm, done = recorded(world), confirmed(world)

    assert list(selectors.talks_to_answer(ben)) == [to_answer]
    assert list(selectors.talks_to_hold(ada, until=now + timedelta(days=2))) == [to_hold]
    assert not selectors.talks_to_hold(ada, until=now).exists()
    assert list(selectors.talks_to_record(ada)) == [to_record]
    assert list(selectors.talks_to_confirm(ben)) == [to_confirm]
    assert set(selectors.planned_talks(ada)) == {to_answer, to_hold}
    assert set(selectors.held_talks(ben)) == {to_record, to_confirm, done}


def test_an_empty_correction_is_refused(world):
    talk = recorded(world)

    with pytest.raises(services.recording.TextMissing):
        write(world, talk, " ", expected_version=1)
