"""The calendar file on a real CalDAV server: Radicale as a process of its own, asked by caldav."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import timedelta

import caldav
import pytest
from django.urls import reverse
from django.utils import timezone

from e2e.running_demo import free_port
from talk_steps import agreed, proposed
from tanxin.apps.talks.services import propose_other_time

USER, PASSWORD = "ben", "ein-langes-wort"
CONFIG = """
[server]
hosts = 127.0.0.1:{port}
[auth]
type = htpasswd
htpasswd_filename = {home}/users
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = {home}/collections
"""


@pytest.fixture(scope="module")
def radicale(tmp_path_factory):
    home, port = tmp_path_factory.mktemp("radicale"), free_port()
    (home / "config").write_text(CONFIG.format(port=port, home=home))
    (home / "users").write_text(f"{USER}:{PASSWORD}\n")
    command = [sys.executable, "-m", "radicale", "--config", str(home / "config")]
    with (home / "said").open("wb") as said:
        server = subprocess.Popen(command, stdout=said, stderr=said, env={**os.environ})
        url = f"http://127.0.0.1:{port}/"
        try:
            wait_for(url, server)
            yield url
        finally:
            server.terminate()
            server.wait(10)


def wait_for(url: str, server: subprocess.Popen) -> None:
    for _ in range(300):
        assert server.poll() is None
        try:
            urllib.request.urlopen(f"{url}.web/", timeout=2).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(url)


def test_a_calendar_server_takes_every_date_and_gives_it_back(world, radicale):
    talks = [agreed(world, place="三楼𠮷会议室"), proposed(world, days=3)]
    ben = world.client("ben")
    files = [ben.get(reverse("calendar:one", args=[talk.pk])).content for talk in talks]

    with caldav.DAVClient(radicale, username=USER, password=PASSWORD) as client:
        calendar = client.principal().make_calendar(name="谈话")
        for file in files:
            calendar.save_event(file.decode())
        found = [each.icalendar_component for each in calendar.events()]

    assert sorted(each["STATUS"] for each in found) == ["CONFIRMED", "TENTATIVE"]
    assert {each["SUMMARY"] for each in found} == {"谈话"}
    assert {each.get("LOCATION") for each in found} == {"三楼𠮷会议室", None}
    begins = {each.decoded("DTSTART") for each in found}
    assert begins == {talk.planned_for.replace(microsecond=0) for talk in talks}


def test_a_moved_talk_moves_on_the_server(world, radicale):
    talk = agreed(world)
    ben = world.client("ben")
    file = reverse("calendar:one", args=[talk.pk])

    with caldav.DAVClient(radicale, username=USER, password=PASSWORD) as client:
        calendar = client.principal().make_calendar(name="改期")
        calendar.save_event(ben.get(file).content.decode())
        later = talk.planned_for + timedelta(days=7)
        propose_other_time(world.actor("ben"), talk.pk, planned_for=later, at=timezone.now())
        calendar.save_event(ben.get(file).content.decode())
        found = [each.icalendar_component for each in calendar.events()]

    assert [each.decoded("DTSTART") for each in found] == [later.replace(microsecond=0)]
