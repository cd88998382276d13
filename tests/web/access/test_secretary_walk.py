"""A secretary follows every link of hers, and reads neither a kind nor a word of anybody."""

import re
from collections import deque
from datetime import time, timedelta
from html import unescape

from django.urls import resolve, reverse
from django.utils import timezone

from talk_steps import agreed, asked, duty_of, proposed, recorded
from tanxin.apps.org.services.secretaries import name_secretary
from tanxin.apps.talks import services
from tanxin.apps.talks.receiving.booking import book_slot
from tanxin.apps.talks.receiving.days import days_of
from tanxin.apps.talks.receiving.setting import Hours, set_reception
from tanxin.core.calendar import Weeks

SECRET = "金丝雀"
LINK = re.compile(r'href="(/[^"#]*)"')
HERS = {"", "access", "talks", "reception", "preparing", "issues", "mine"}
MOST = 120


def fill(world):
    """Everything she could come across, each with a word in it that is not for her."""
    now, today = timezone.now(), timezone.localdate()
    name_secretary(world.actor("ada"), world.ada, world.cleo, start=today, at=now)
    duty_of(world, "ada", "emil", kind="care")
    agreed(world, kind="care", place="五楼谈心室")
    proposed(world, "emil", "ada", kind="care")
    recorded(world, f"{SECRET}：本明说的话", kind="care")
    off = agreed(world, kind="care")
    services.cancel(world.actor("ben"), off.pk, reason=f"{SECRET}：去医院", at=now)
    asked(world, topic=f"{SECRET}：孩子上学")
    hours = Hours(2, Weeks.EVERY, time(9), time(10), 30, "一楼接待室", today)
    row = set_reception(world.actor("cleo"), world.ada, hours, at=now)
    slot = days_of(world.actor("ben"), [row], now=now)[1].slots[0]
    book_slot(
        world.actor("ben"), row.pk, begins=slot.begins, topic=f"{SECRET}：住房",
        at=now + timedelta(seconds=1),
    )  # fmt: skip


def walk(client, first):
    seen, ahead = {first}, deque([first])
    while ahead and len(seen) < MOST:
        path = ahead.popleft()
        answer = client.get(path)
        if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
            continue
        page = answer.content.decode()
        yield path, page
        for link in map(unescape, LINK.findall(page)):
            if link not in seen and link.split("/")[1] in HERS:
                seen.add(link)
                ahead.append(link)


def test_by_no_link_does_a_secretary_come_to_a_kind_or_a_word_of_a_talk(world):
    fill(world)

    pages = dict(walk(world.client("cleo"), reverse("home:home")))

    names = {resolve(path.partition("?")[0]).view_name for path in pages}
    assert {"access:arrange", "access:arranged", "access:propose"} <= names
    assert {"reception:hours", "reception:day"} <= names
    assert any("本明" in page for page in pages.values())
    assert [path for path, page in pages.items() if SECRET in page] == []
    arranged = [
        page for path, page in pages.items() if path.startswith(("/access/", "/reception/"))
    ]
    assert arranged
    assert not any("关心关爱" in page for page in arranged)
