import pytest
from django.utils import timezone

from talk_steps import agreed, duty_of, events_about, proposed
from tanxin.apps.archive.access import RecordNotFound
from tanxin.apps.archive.models import Record
from tanxin.apps.archive.services import open_texts
from tanxin.apps.talks import services
from tanxin.apps.talks.access import TalkForbidden, TalkNotFound
from tanxin.apps.talks.refusals import NotYourTurn, PageIsOld, TextMissing
from tanxin.apps.talks.selectors import duties_of
from tanxin.core.lifecycle import IllegalMove


@pytest.mark.parametrize("name", ["ada", "ben"])
def test_either_side_cancels_and_only_the_two_read_why(world, name):
    talk = agreed(world, duty_ids=[duty_of(world).pk])

    talk = services.cancel(world.actor(name), talk.pk, reason="临时出差", at=timezone.now())

    assert talk.state == "cancelled"
    assert duties_of(talk) == []
    assert events_about(talk)[-1] == "talk.cancelled"
    for side in ("ada", "ben"):
        texts = open_texts(world.actor(side), [talk.closing_id], "party")
        assert texts == {talk.closing_id: "临时出差"}
    with pytest.raises(RecordNotFound):
        open_texts(world.actor("dora"), [talk.closing_id], "party")


def test_the_one_asked_refuses_with_a_reason(world):
    talk = proposed(world)

    talk = services.refuse(world.actor("ben"), talk.pk, reason="想换一位领导谈", at=timezone.now())

    assert talk.state == "refused"
    assert events_about(talk)[-1] == "talk.refused"


def test_no_end_without_a_reason_and_none_by_others(world):
    talk, now = proposed(world), timezone.now()

    with pytest.raises(TextMissing):
        services.refuse(world.actor("ben"), talk.pk, reason="  ", at=now)
    with pytest.raises(NotYourTurn):
        services.refuse(world.actor("ada"), talk.pk, reason="不谈了", at=now)
    with pytest.raises(PageIsOld):
        services.cancel(world.actor("ada"), talk.pk, reason="不谈了", seen=7, at=now)
    with pytest.raises(TalkForbidden):
        services.cancel(world.actor("dora"), talk.pk, reason="不谈了", at=now)
    with pytest.raises(TalkNotFound):
        services.cancel(world.actor("cleo"), talk.pk, reason="不谈了", at=now)

    talk.refresh_from_db()
    assert talk.state == "proposed"
    assert not Record.objects.exists()
    assert events_about(talk) == ["talk.proposed"]


def test_an_agreed_talk_is_cancelled_not_refused(world):
    talk = agreed(world)

    with pytest.raises(IllegalMove):
        services.refuse(world.actor("ben"), talk.pk, reason="没空", at=timezone.now())
