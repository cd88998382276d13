from datetime import timedelta

import pytest
from django.utils import timezone

from talk_steps import agreed, duty_of, events_about, held, proposed
from tanxin.apps.talks import services
from tanxin.apps.talks.access import TalkForbidden, TalkNotFound
from tanxin.apps.talks.refusals import HeldInTheFuture
from tanxin.apps.talks.selectors import duties_of
from tanxin.core.lifecycle import IllegalMove


def test_the_initiator_says_that_it_was_held(world):
    talk, now = agreed(world), timezone.now()

    talk = services.hold(world.actor("ada"), talk.pk, held_at=now - timedelta(hours=2), at=now)

    assert (talk.state, talk.held_at, talk.entered_at) == ("held", now - timedelta(hours=2), None)
    assert events_about(talk)[-1] == "talk.held"


def test_a_held_talk_meets_every_duty_it_fits_and_shows_them(world):
    meant, also = duty_of(world), duty_of(world, initiator="ben", subject="ada", mutual=True)
    one_way = duty_of(world, initiator="ben", subject="ada")
    other_kind = duty_of(world, kind="care")

    talk = held(world, duty_ids=[meant.pk, other_kind.pk])

    assert set(duties_of(talk)) == {meant.pk, also.pk}
    for duty, state in ((meant, "met"), (also, "met"), (one_way, "open"), (other_kind, "open")):
        duty.refresh_from_db()
        assert duty.state == state


def test_a_talk_nobody_agreed_to_may_have_happened_all_the_same(world):
    now = timezone.now()

    talk = services.hold(world.actor("ada"), proposed(world).pk, held_at=now, at=now)

    assert talk.state == "held"


def test_it_cannot_have_been_held_tomorrow_nor_by_others_nor_twice(world):
    talk, now = agreed(world), timezone.now()

    with pytest.raises(HeldInTheFuture):
        services.hold(world.actor("ada"), talk.pk, held_at=now + timedelta(days=1), at=now)
    with pytest.raises(TalkForbidden):
        services.hold(world.actor("ben"), talk.pk, held_at=now, at=now)
    with pytest.raises(TalkForbidden):
        services.hold(world.actor("dora"), talk.pk, held_at=now, at=now)
    with pytest.raises(TalkNotFound):
        services.hold(world.actor("cleo"), talk.pk, held_at=now, at=now)
    assert "talk.held" not in events_about(talk)

    services.hold(world.actor("ada"), talk.pk, held_at=now, at=now)
    with pytest.raises(IllegalMove):
        services.hold(world.actor("ada"), talk.pk, held_at=now, at=now)
