"""Told outside that something waits, by a real mail server; and told once of what is overdue."""

import subprocess
import sys
from types import SimpleNamespace

import pytest

from e2e.browsing import PHONE
from e2e.pages import DEPUTY, MEMBER, SECRETARY, SYSTEM
from e2e.people import NAMES
from e2e.running_demo import environment
from mail_server import listening

TOPIC = "想谈谈下一步的岗位安排。"
# On the next working day, in the morning, whatever day and hour it is now.
SEND = """
import django; django.setup()
from datetime import datetime, timedelta
from django.utils import timezone
from tanxin.apps.notices.tasks import send_due_everywhere
from tanxin.apps.realms.selectors import demo_realm_id, work_calendar
day = timezone.localdate() + timedelta(days=1)
while not work_calendar(demo_realm_id()).is_working_day(day):
    day += timedelta(days=1)
at = timezone.make_aware(datetime(day.year, day.month, day.day, 10))
print(send_due_everywhere(at=at), send_due_everywhere(at=at))
"""
TELL = """
import django; django.setup()
from django.utils import timezone
from tanxin.apps.notices.services import tell_overdue
from tanxin.apps.realms.selectors import demo_realm_id
print(tell_overdue(demo_realm_id(), today=timezone.localdate(), at=timezone.now()))
"""


def ran(site, script: str, **settings: str) -> list[str]:
    """As the worker of the running demo would."""
    home = site.home
    more = {
        "TANXIN_HOME": str(home),
        "TANXIN_DEMO": "1",
        "TANXIN_KEEPER_SOCKET": str(next(home.rglob("*.sock"))),
        "DJANGO_SETTINGS_MODULE": "tanxin.config.settings",
        **settings,
    }
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment() | more, timeout=120,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.split()


def test_who_is_asked_gets_one_message_that_says_nothing_and_reads_of_it_in_the_system(visit, site):
    member, deputy = visit(MEMBER, size=PHONE), visit(DEPUTY)
    member.go("talks:ask", query=f"q={NAMES[DEPUTY]}")
    member.go(member.links_to("talks:ask", saying=NAMES[DEPUTY])[0])
    member.send("talks:ask", topic=TOPIC, channel="face")

    with listening(SimpleNamespace()) as post:
        server = {"TANXIN_MAIL_HOST": "127.0.0.1", "TANXIN_MAIL_PORT": str(post.port)}
        first, second = ran(site, SEND, **server)

    assert int(first) == len(post.messages) > 0
    assert second == "0"
    bodies = {message.get_content() for message in post.messages}
    assert len(bodies) == 1
    for word in (TOPIC, NAMES[DEPUTY], NAMES[MEMBER], "约谈"):
        assert word not in bodies.copy().pop()
    deputy.go("notices:mine")
    deputy.says("已发送", "邮件")


def test_what_is_overdue_is_told_once_to_who_leads(visit, site):
    secretary = visit(SECRETARY)
    secretary.go("home:home")
    secretary.says("有事项逾期")
    secretary.go(secretary.links_to("notices:overdue")[0])
    secretary.says("应办人", "抓紧谈话")
    secretary.send("notices:note")

    assert ran(site, TELL) == ["0"]

    secretary.go("home:home")
    assert secretary.links_to("notices:overdue") == []
    secretary.go("notices:overdue")
    secretary.says("逾期")


@pytest.mark.parametrize("size", [PHONE, (1440, 900)], ids=["phone", "desk"])
def test_who_runs_the_system_sees_whether_it_is_well(visit, size):
    system = visit(SYSTEM, size=size)

    system.go("notices:operating")

    system.says("数据库", "保密机", "后台任务", "提醒消息")
