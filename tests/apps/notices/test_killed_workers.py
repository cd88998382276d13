"""G7: workers that send are killed at any moment; everybody is recorded as told once."""

import os
import random
import signal
import time
from collections import Counter
from datetime import datetime, timedelta
from multiprocessing import get_context

import pytest
from django.db import connections
from django.utils import timezone

from mail_server import listening
from talk_steps import proposed
from tanxin.apps.notices.models import Digest
from tanxin.apps.notices.services import send_due
from tanxin.apps.org.models import Person
from tanxin.apps.sealing.pii import seal_pii
from tanxin.core.notices import LEASE
from world import small_world

MONDAY = timezone.make_aware(datetime(2026, 11, 23, 9, 0))
FORK = get_context("fork")


@pytest.fixture
def world(on_disk, keeper):
    return small_world()


def with_much_to_tell(world, people):
    for number in range(people):
        name = f"p{number}"
        world.person(name, name)
        world.account(name)
        person = world.people[name]
        sealed = seal_pii(world.realm_id, person, "mail", f"{name}@example.org")
        Person.objects.filter(pk=person).update(mail_sealed=sealed)
        proposed(world, "ada", name, planned_for=MONDAY + timedelta(days=1, minutes=30 * number))


def work(realm_id, at):
    connections.close_all()
    send_due(realm_id, at=at)
    os._exit(0)


def kills(world, settings, people, times):
    """Each worker comes when the lease of the one before is over; dead ones are replaced."""
    chance, at = random.Random(times), MONDAY
    with listening(settings) as post:
        for _ in range(times):
            worker = FORK.Process(target=work, args=(world.realm_id, at))
            worker.start()
            time.sleep(chance.uniform(0.02, 0.6))
            os.kill(worker.pid, signal.SIGKILL)
            worker.join()
            at += LEASE
        connections.close_all()
        for _ in range(10):
            send_due(world.realm_id, at=at)
            at += LEASE
        names = Counter(message["Message-ID"] for message in post.messages)
    assert Counter(Digest.objects.values_list("state", flat=True)) == {"sent": people}
    assert len(names) == people
    return sum(names.values()) - people


def test_three_killed_workers_forget_nobody_and_record_nobody_twice(world, settings):
    with_much_to_tell(world, 6)

    assert kills(world, settings, 6, 3) <= 3


@pytest.mark.prove
def test_twenty_killed_workers_forget_nobody_and_record_nobody_twice(world, settings, capsys):
    with_much_to_tell(world, 60)

    twice = kills(world, settings, 60, 20)

    with capsys.disabled():
        print(f"\n20 kills, 60 told, 0 forgotten, 0 recorded twice, {twice} came twice outside")
    assert twice <= 20
