"""Each refusal of the keeper has a page that says what is the case and what to do."""

import shutil
import tempfile
from pathlib import Path

import pytest
from django.urls import reverse

from keeper_process import KeeperProcess
from talk_steps import recorded
from tanxin.apps.archive.models import Party, RecordVersion
from tanxin.apps.sealing import pii
from tanxin.apps.sealing.connection import pool
from world import small_world


@pytest.fixture
def strict_world(settings, db):
    """A world whose keeper opens two records an hour."""
    home = Path(tempfile.mkdtemp(prefix="tanxin-strict-"))
    process = KeeperProcess(home, "--search-quota", "1", quota=2)
    process.start()
    settings.TANXIN_KEEPER_SOCKET = str(process.socket)
    pool.close()
    pii.forget_keys()
    yield small_world()
    pool.close()
    pii.forget_keys()
    process.stop()
    shutil.rmtree(home)


def page_of(answer):
    return answer.content.decode()


def record_page(talk):
    return reverse("talks:record", args=[talk.pk])


def test_over_the_quota_the_page_says_so_and_for_how_long(strict_world):
    talk, client = recorded(strict_world), strict_world.client("ada")
    answers = [client.get(record_page(talk)) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "短时间内打开的记录过多" in page_of(answers[2])


def test_so_it_does_for_searches(strict_world):
    recorded(strict_world)
    client = strict_world.client("ada")
    answers = [client.post(reverse("talks:search"), {"words": "处里"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]
    assert "搜索次数过多" in page_of(answers[1])


@pytest.mark.parametrize(
    "tamper",
    [
        lambda world: Party.objects.filter(person=world.ada).update(may_pass_on=False),
        lambda world: Party.objects.filter(person=world.ada).update(mac=bytes(36)),
        lambda world: Party.objects.filter(person=world.ada).update(role="subject"),
        lambda world: RecordVersion.objects.update(sealed=b"TXR" + bytes(200)),
    ],
    ids=["field", "mac", "role", "text"],
)
def test_what_somebody_did_to_the_rows_opens_nothing_and_is_told(world, tamper):
    talk = recorded(world)
    tamper(world)

    answer = world.client("ada").get(record_page(talk))

    assert answer.status_code == 403
    assert "安全管理员" in page_of(answer)
    assert "金丝雀" not in page_of(answer)


def test_a_party_somebody_wrote_into_the_table_opens_nothing(world):
    talk = recorded(world)
    row = Party.objects.filter(person=world.ada).first()
    Party.objects.create(
        realm_id=world.realm_id, record_id=row.record_id, person_id=world.cleo, role="initiator",
        may_pass_on=True, start=row.start, end=None, mac=row.mac,
    )  # fmt: skip
    type(talk).objects.filter(pk=talk.pk).update(initiator=world.cleo)

    answer = world.client("cleo").get(record_page(talk))

    assert answer.status_code == 403
    assert "金丝雀" not in page_of(answer)
