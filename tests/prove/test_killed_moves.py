"""Moving a realm to another suite, killed again and again, loses nothing and ends complete."""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from keeper_process import KeeperProcess, environment

pytestmark = pytest.mark.prove
RECORDS = 1_500
KILLS = 40
FILL = """
import sys, django; django.setup()
from uuid import uuid4
from django.db import transaction
from django.utils import timezone
from tanxin.apps.archive import services as archive
from tanxin.apps.org.services import PersonDetails, add_people, found_realm, founder
count, now = int(sys.argv[1]), timezone.now()
realm = found_realm("某某委员会", at=now)
people = add_people(founder(realm), [
    PersonDetails(name=f"张{n}", number=f"N{n}", phone=f"138{n:08}", id_number=f"1101051949{n:08}")
    for n in range(count // 5)
], at=now)
for n in range(count):
    author, other = people[n % len(people)], people[(n + 1) % len(people)]
    parties = [(author, "initiator"), (other, "subject")]
    sealed = archive.prepare(realm, kind="record", about_kind="talk", about_id=uuid4(),
        author_id=author, text=f"心里话 {n} " * (n % 40 + 1), parties=parties)
    with transaction.atomic():
        archive.store(sealed, parties, now)
print(realm)
"""
READ = """
import sys, django; django.setup()
from hashlib import sha256
from uuid import UUID
from tanxin.apps.accounts.models import Account
from tanxin.apps.archive.models import Party, Record, RecordVersion
from tanxin.apps.archive.grants import grant_of
from tanxin.apps.org.models import Person
from tanxin.apps.org.services.people import details_of
from tanxin.apps.sealing import client
from tanxin.core.access import Actor
realm = UUID(sys.argv[1])
seen = sha256()
for person in Person.objects.filter(realm=realm).order_by("number"):
    seen.update(repr(details_of(person).name + details_of(person).phone).encode())
for part in Party.objects.filter(realm=realm, role="subject").select_related("record").order_by("record__about_id"):
    session = client.open_session(realm, None, part.person_id)
    version = RecordVersion.objects.get(realm=realm, record=part.record_id)
    item = client.Sealed(part.record_id, bytes(part.record.wrapped_key), "record", 1,
        bytes(version.sealed), grant_of(part))
    actor = Actor(realm_id=realm, person_id=part.person_id, session=session.token)
    seen.update(client.open_texts(actor, [item], ground="subject")[0])
print(seen.hexdigest())
"""


@pytest.fixture
def place():
    home = Path(tempfile.mkdtemp(prefix="tanxin-moves-"))
    keeper = KeeperProcess(home)
    keeper.start()
    yield home, keeper
    keeper.stop()
    shutil.rmtree(home)


def around(home, keeper):
    return environment() | {
        "TANXIN_HOME": str(home),
        "TANXIN_SECRET_KEY": "x" * 60,
        "TANXIN_KEEPER_SOCKET": str(keeper.socket),
        "DJANGO_SETTINGS_MODULE": "tanxin.config.settings",
        "HOME": os.environ.get("HOME", "/"),
    }


def python(home, keeper, *arguments):
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        env=around(home, keeper),
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode in {0, 1}, done.stderr
    return done.stdout.strip(), done.stderr


def moving(home, keeper, realm, *more):
    return [
        sys.executable,
        "-m",
        "tanxin",
        "keeper",
        "migrate",
        realm,
        "--home",
        str(keeper.home / "home"),
        *more,
    ]


def test_a_move_that_is_killed_again_and_again_ends_complete(place):
    home, keeper = place
    python(home, keeper, "-m", "tanxin", "migrate", "--quiet")
    realm, problem = python(home, keeper, "-c", FILL, RECORDS)
    assert realm, problem
    before, problem = python(home, keeper, "-c", READ, realm)
    assert before, problem

    kills, chance = 0, random.Random(7)
    while True:
        command = moving(home, keeper, realm, "--to", "gm-1", "--json")
        process = subprocess.Popen(
            command, env=around(home, keeper), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        with process.stdout:
            if kills < KILLS:
                time.sleep(chance.uniform(0.3, 2.5))
                process.kill()
            process.wait()
            kills += process.returncode != 0
            if process.returncode == 0:
                report = json.loads(process.stdout.read())
                break
        if kills % 10 == 5:
            assert python(home, keeper, "-c", READ, realm)[0] == before

    print(f"\n{kills} kills, {RECORDS} records; at the end {report}")
    assert report["left"] == {}
    assert report["not_followed"] == []
    assert (report["key"], report["suite"], report["older"]) == (2, 2, [1])
    assert python(home, keeper, "-c", READ, realm)[0] == before
