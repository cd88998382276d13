"""G12: clocks jump by an hour, a day and ten years; nobody misses anything or is told twice."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from apps.notices.test_digests import give_address
from mail_server import listening
from talk_steps import proposed
from tanxin.apps.notices.models import Digest
from tanxin.apps.notices.services import send_due

MONDAY = timezone.make_aware(datetime(2026, 11, 23, 9, 0))
HOUR, DAY, DECADE = timedelta(hours=1), timedelta(days=1), timedelta(days=3652)


@pytest.mark.parametrize(
    "jump", [HOUR, -HOUR, DAY, -DAY, DECADE, -DECADE],
    ids=["hour on", "hour back", "day on", "day back", "decade on", "decade back"],
)  # fmt: skip
@pytest.mark.parametrize("lasts", [1, 30], ids=["a moment", "a morning"])
def test_a_clock_that_jumps_and_comes_back_loses_and_doubles_nothing(world, settings, jump, lasts):
    """One thing comes up each working hour; the clock is wrong from the second on."""
    give_address(world, "ben", "ben@example.org")
    with listening(settings) as post:
        for tick in range(4 * 24 * 2):
            at = MONDAY + timedelta(minutes=30 * tick)
            if tick in {1, 3, 8, 50, 60}:
                proposed(world)
            wrong = 2 <= tick < 2 + lasts
            send_due(world.realm_id, at=at + jump if wrong else at)
    sent = Digest.objects.filter(state="sent")
    told = Counter(mark for digest in sent for mark in digest.waits)

    assert len(told) == 5
    assert set(told.values()) == {1}
    assert len(post.messages) == sent.count() == len({m["Message-ID"] for m in post.messages})
    assert set(Counter(sent.values_list("person", "day")).values()) == {1}
