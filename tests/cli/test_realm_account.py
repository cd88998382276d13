"""``tanxin realm account`` beside a keeper that believes nobody."""

import shutil
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.utils import timezone

from keeper_process import KeeperProcess
from tanxin.apps.org.actors import actor_of
from tanxin.apps.org.models import Membership
from tanxin.apps.sealing import client, pii
from tanxin.apps.sealing.connection import pool
from tanxin.cli import realm
from tanxin.core.access import Role
from world import empty_world

pytestmark = pytest.mark.django_db
FIRST, SECOND = "correct-horse-battery", "another-long-password"


@pytest.fixture
def strict(settings):
    home = Path(tempfile.mkdtemp(prefix="tanxin-strict-"))
    process = KeeperProcess(home, believe_web=False)
    process.start()
    settings.TANXIN_KEEPER_SOCKET = str(process.socket)
    pool.close()
    pii.forget_keys()
    yield process
    pool.close()
    pii.forget_keys()
    process.stop()
    shutil.rmtree(home)


@pytest.fixture
def founded(strict):
    world = empty_world()
    for name in ("ada", "ben"):
        world.person(name, name, number=f"T-{name}")
    return world


def account(*words, **more):
    return CliRunner().invoke(realm.command, ["account", *words], **more)


def actor_with(world, name):
    account_id = Membership.objects.get(person=world.people[name]).account_id
    return actor_of(account_id, on=timezone.localdate())


def test_the_first_account_is_the_security_administrator_s_and_opens_the_next(founded):
    first = account("T-ada", "ada", "--security-admin", "--password", FIRST)
    assert first.exit_code == 0, first.output
    ada = actor_with(founded, "ada")
    assert Role.SECURITY_ADMIN in ada.roles
    assert client.open_session(ada.realm_id, ada.account_id, ada.person_id, password=FIRST).token

    alone = account("T-ben", "ben", "--password", SECOND)
    assert alone.exit_code == 1
    assert "--by" in alone.output
    assert not Membership.objects.filter(person=founded.people["ben"]).exists()

    wrong = account("T-ben", "ben", "--by", "ada", "--password", SECOND, input="wrong-password\n")
    assert "wrong_proof" in wrong.output
    assert not Membership.objects.filter(person=founded.people["ben"]).exists()

    right = account("T-ben", "ben", "--by", "ada", "--password", SECOND, input=f"{FIRST}\n")
    assert right.exit_code == 0, right.output
    ben = actor_with(founded, "ben")
    assert client.open_session(ben.realm_id, ben.account_id, ben.person_id, password=SECOND).token


def test_nobody_stands_behind_it_who_is_not_there(founded):
    account("T-ada", "ada", "--password", FIRST)
    assert (
        "Nobody logs in as eve"
        in account("T-ben", "ben", "--by", "eve", "--password", SECOND).output
    )
