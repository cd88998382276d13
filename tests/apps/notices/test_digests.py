"""Told once a day that something waits: only of news, only while it waits, and never of what."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from mail_server import listening
from talk_steps import agreed, asked, duty_of, proposed
from tanxin.apps.notices.models import Digest
from tanxin.apps.notices.services import choose, deliver, due, make, send_due
from tanxin.apps.org.models import Person
from tanxin.apps.sealing.logs import release_leaves
from tanxin.apps.sealing.pii import seal_pii
from tanxin.apps.talks import services
from tanxin.core.notices import LEASE, Channel

MONDAY = timezone.make_aware(datetime(2026, 11, 23, 9, 0))
TUESDAY, SUNDAY = MONDAY + timedelta(days=1), MONDAY - timedelta(days=1)


@pytest.fixture
def post(settings):
    with listening(settings) as kept:
        yield kept


@pytest.fixture
def world(world):
    for name in ("ada", "ben", "emil"):
        give_address(world, name, f"{name}@example.org")
    return world


def give_address(world, name, address):
    person = world.people[name]
    sealed = seal_pii(world.realm_id, person, "mail", address)
    Person.objects.filter(pk=person).update(mail_sealed=sealed)


def sent(world, at=MONDAY):
    return send_due(world.realm_id, at=at)


def states():
    return sorted(Digest.objects.values_list("state", flat=True))


def test_who_has_something_waiting_gets_one_message(world, post):
    proposed(world)

    assert (sent(world), sent(world), sent(world, MONDAY + timedelta(hours=3))) == (1, 0, 0)

    [message] = post.messages
    assert message["To"] == "ben@example.org"
    assert states() == ["sent"]


def test_the_next_day_only_news_is_told(world, post):
    proposed(world)
    sent(world)

    assert sent(world, TUESDAY) == 0

    asked(world, "emil", "ben")
    assert sent(world, TUESDAY + timedelta(days=1)) == 1
    assert [message["To"] for message in post.messages] == ["ben@example.org"] * 2


def test_nobody_is_told_of_what_he_has_done_meanwhile(world, post):
    talk = proposed(world)
    make(world.realm_id, MONDAY.date(), MONDAY)
    services.agree(world.actor("ben"), talk.pk, at=timezone.now())

    assert sent(world) == 0
    assert post.messages == []
    assert states() == ["done"]


@pytest.mark.parametrize("at", [SUNDAY, MONDAY - timedelta(hours=1), MONDAY + timedelta(hours=10)])
def test_nothing_is_sent_in_quiet_hours(world, post, at):
    proposed(world)

    assert sent(world, at) == 0
    assert states() == []


def test_who_wants_peace_is_told_only_of_what_he_owes_and_is_late(world, post):
    """And who has no address is not told at all."""
    proposed(world)
    proposed(world, "emil", "cleo")
    choose(world.actor("ben"), channel=Channel.MAIL, hour=8, quiet=True)
    assert sent(world) == 0

    duty_of(world, "ben", "cleo", due=MONDAY.date() - timedelta(days=1))
    assert sent(world, TUESDAY) == 1
    assert sent(world, TUESDAY + timedelta(days=1)) == 0

    choose(world.actor("ben"), channel=Channel.MAIL, hour=8, quiet=False)
    assert sent(world, TUESDAY + timedelta(days=2)) == 1


def test_everybody_is_told_at_the_hour_he_chose(world, post):
    proposed(world)
    choose(world.actor("ben"), channel=Channel.MAIL, hour=14, quiet=False)

    assert sent(world) == 0
    assert sent(world, MONDAY + timedelta(hours=5)) == 1


def test_an_hour_that_was_missed_is_made_up_for(world, post):
    proposed(world)

    assert sent(world, MONDAY + timedelta(hours=7)) == 1


def test_nobody_is_reminded_of_a_duty_for_which_a_talk_is_proposed(world, post):
    duty = duty_of(world, "ada", "ben", due=MONDAY.date() - timedelta(days=1))
    proposed(world, duty_ids=[duty.pk])

    sent(world)

    assert [message["To"] for message in post.messages] == ["ben@example.org"]


def test_all_messages_say_the_same_and_name_nothing(world, post):
    """G28: whatever waits, the body is the same to the byte."""
    proposed(world, place="金丝雀会议室")
    asked(world, "cleo", "ada", topic="金丝雀：想换岗位")
    proposed(world, "ada", "emil", kind="warning")

    assert sent(world) == 3

    bodies = {message.get_content() for message in post.messages}
    assert len(bodies) == 1
    assert len({message["Subject"] for message in post.messages}) == 1
    whole = "".join(message.as_string() for message in post.messages) + bodies.pop()
    for canary in ("金丝雀", "安雅", "本明", "尉迟明", "warning", "警示"):
        assert canary not in whole


def test_the_keeper_opens_one_address_for_each_message_and_writes_it_down(world, post):
    proposed(world)

    sent(world)

    log = [one.content.decode() for one in release_leaves(world.realm_id)]
    [opened] = [content for content in log if "address.opened" in content]
    assert str(world.ben) in opened


def test_a_server_that_is_away_is_tried_again_and_the_day_says_so(world, post):
    proposed(world)
    post.refuses = "451 later"

    assert sent(world) == 0
    assert states() == ["waiting"]
    assert sent(world, MONDAY + timedelta(minutes=1)) == 0
    assert Digest.objects.get().tries == 1

    post.refuses = ""
    assert sent(world, MONDAY + timedelta(minutes=6)) == 1
    assert Digest.objects.get().tries == 2


def test_what_was_not_sent_on_its_day_is_told_with_the_next(world, post):
    proposed(world)
    post.refuses = "451 later"
    sent(world)
    post.refuses = ""

    assert sent(world, TUESDAY) == 1
    assert states() == ["failed", "sent"]


def test_a_refused_address_is_not_tried_again(world, post):
    proposed(world)
    post.refuses = "550 nobody here"

    sent(world)

    assert states() == ["unreachable"]


def test_a_message_whose_worker_died_is_sent_by_another_under_the_same_name(world, post):
    """G7: recorded once, whoever dies where; outside it can come twice, known for the same."""
    proposed(world)
    make(world.realm_id, MONDAY.date(), MONDAY)
    [digest] = due(world.realm_id, MONDAY.date(), MONDAY)
    [stale] = due(world.realm_id, MONDAY.date(), MONDAY)
    Digest.objects.filter(pk=digest.pk).update(state="sending", claimed_at=MONDAY, tries=1)

    assert sent(world, MONDAY + timedelta(minutes=1)) == 0
    assert not deliver(stale, MONDAY)
    assert sent(world, MONDAY + LEASE) == 1

    [message] = post.messages
    assert message["Message-ID"].startswith(f"<{digest.pk}@")
    assert states() == ["sent"]


def test_an_agreed_talk_asks_nobody_before_its_time(world, post):
    agreed(world, days=3)

    assert sent(world) == 0
