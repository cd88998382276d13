"""Who opened a text, one line for a person and a day, strangers first."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from talk_steps import recorded
from tanxin.apps.org.directory import directory
from tanxin.apps.sealing.client import Release
from tanxin.web.openings import by_person_and_day


def test_the_looks_of_a_day_are_one_line_on_the_page(world):
    talk = recorded(world)
    for _ in range(3):
        world.client("ben").get(reverse("talks:record", args=[talk.pk]))

    html = world.client("ada").get(reverse("talks:talk", args=[talk.pk])).content.decode()

    assert "3 次，最近 " in html
    assert "非谈话双方" not in html


def test_strangers_stand_first_and_each_day_has_its_own_line(world):
    now = timezone.localtime().replace(hour=12)
    rows = [
        Release(1, now - timedelta(days=2), None, world.emil, "opened", "granted", ("text",)),
        Release(2, now - timedelta(days=1), None, world.ada, "opened", "initiator", ("text",)),
        Release(3, now - timedelta(minutes=9), None, world.ada, "opened", "initiator", ("text",)),
        Release(4, now, None, world.ada, "opened", "initiator", ("text",)),
        Release(5, now, None, world.ada, "opened", "initiator", ("memo",)),
        Release(6, now - timedelta(hours=1), None, world.ben, "opened", None, ("text",)),
    ]

    shown = by_person_and_day(world.actor("ada"), rows, directory(world.realm_id))

    assert [(one.who, one.times, one.is_stranger) for one in shown] == [
        ("尉迟明", 1, True),
        ("安雅", 2, False),
        ("本明", 1, False),
        ("安雅", 1, False),
    ]
    assert shown[1].last == now
