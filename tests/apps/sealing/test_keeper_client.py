"""The application's side of the keeper, against a real one."""

import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction

from keeper_process import KeeperProcess
from tanxin.apps.sealing import client
from tanxin.apps.sealing.connection import MOST_IDLE, pool
from tanxin.core.access import Actor
from tanxin.core.vault.refusals import TooLong


@pytest.fixture
def realm(keeper):
    realm = uuid4()
    client.ensure_realm(realm)
    return realm


@pytest.fixture
def ada(realm):
    return Actor(realm_id=realm, person_id=uuid4(), account_id=uuid4(), session="s")


@pytest.fixture
def own(settings):
    """A keeper of our own, to be killed."""
    home = Path(tempfile.mkdtemp(prefix="tanxin-own-"))
    process = KeeperProcess(home, quota=2)
    process.start()
    settings.TANXIN_KEEPER_SOCKET = str(process.socket)
    yield process
    pool.close()
    if process.is_running():
        process.kill()
    shutil.rmtree(home)


def sealed(realm, *texts):
    record = uuid4()
    key = client.new_record(realm, record)
    boxes = [
        client.seal_text(realm, record, key, field="record", version=number, text=text)
        for number, text in enumerate(texts, start=1)
    ]
    return [
        client.Sealed(record, key, "record", number, box)
        for number, box in enumerate(boxes, start=1)
    ]


def test_it_opens_what_it_sealed_and_says_who_did(realm, ada):
    items = sealed(realm, "说了心里话", "又说了")
    before = datetime.now(UTC)

    texts = client.open_texts(ada, items, ground="subject")

    assert [text.decode() for text in texts] == ["说了心里话", "又说了"]
    (release,) = client.releases(realm, items[0].record)
    assert (release.account_id, release.person_id) == (ada.account_id, ada.person_id)
    assert (release.ground, release.fields) == ("subject", ("record@1", "record@2"))
    assert release.event == "record.opened"
    assert before - timedelta(seconds=1) <= release.at <= datetime.now(UTC)


def test_somebody_without_an_account_may_open_too(realm, ada):
    items = sealed(realm, "一")
    client.open_texts(Actor(realm_id=realm, person_id=ada.person_id), items, ground="subject")
    (release,) = client.releases(realm, items[0].record)
    assert (release.account_id, release.person_id) == (None, ada.person_id)


def test_many_large_texts_go_in_several_frames(realm, ada):
    records = [uuid4() for _ in range(4)]
    keys = client.new_records(realm, records)
    content = os.urandom(5 * 1024 * 1024)
    drafts = [
        client.Draft(record, key, "file", 1, content)
        for record, key in zip(records, keys, strict=True)
    ]
    boxes = client.seal_texts(realm, drafts)
    items = [
        client.Sealed(draft.record, draft.wrapped_key, "file", 1, box)
        for draft, box in zip(drafts, boxes, strict=True)
    ]
    assert client.open_texts(ada, items, ground="subject") == [content] * 4


def test_many_small_ones_too(realm):
    records = [uuid4() for _ in range(5_001)]
    keys = client.new_records(realm, records)
    drafts = [
        client.Draft(record, key, "f", 1, b"") for record, key in zip(records, keys, strict=True)
    ]
    assert len(set(client.seal_texts(realm, drafts))) == 5_001


def test_a_text_too_large_for_any_frame_is_said_so(realm):
    record = uuid4()
    draft = client.Draft(record, client.new_record(realm, record), "f", 1, bytes(20_000_000))
    with pytest.raises(TooLong):
        client.seal_texts(realm, [draft])


def test_a_refusal_comes_with_its_code(realm, ada):
    (item,) = sealed(realm, "一")
    elsewhere = client.Sealed(item.record, item.wrapped_key, "memo", 1, item.sealed)
    with pytest.raises(client.KeeperRefused) as caught:
        client.open_texts(ada, [elsewhere], ground="subject")
    assert caught.value.code == "wrong_place"
    assert client.releases(realm, item.record) == []


def test_nobody_opens_nothing(realm):
    with pytest.raises(client.KeeperRefused, match="nobody"):
        client.open_texts(Actor(realm_id=realm), sealed(realm, "一"), ground="subject")


def test_it_is_not_asked_inside_a_transaction(realm, ada, db):
    items = sealed(realm, "一")
    calls = [
        lambda: client.ensure_realm(realm),
        lambda: client.new_record(realm, uuid4()),
        lambda: client.seal_texts(realm, []),
        lambda: client.open_texts(ada, items, ground="subject"),
        lambda: client.releases(realm, items[0].record),
    ]
    for call in calls:
        with transaction.atomic(), pytest.raises(client.KeeperInsideTransaction):
            call()
    assert client.releases(realm, items[0].record) == []


@pytest.mark.django_db(transaction=True)
def test_nor_inside_one_where_the_test_opens_none(realm):
    with transaction.atomic(), pytest.raises(client.KeeperInsideTransaction):
        client.new_record(realm, uuid4())
    assert client.new_record(realm, uuid4())


def test_a_lost_keeper_is_unavailable_and_comes_back(own):
    realm = uuid4()
    client.ensure_realm(realm)
    items = sealed(realm, "一")
    ada = Actor(realm_id=realm, person_id=uuid4())
    own.kill()

    assert not client.answers()
    with pytest.raises(client.KeeperUnavailable):
        client.open_texts(ada, items, ground="subject")
    own.start()
    assert client.answers()
    assert client.open_texts(ada, items, ground="subject") == ["一".encode()]


def test_a_restarted_keeper_is_not_noticed(own):
    realm = uuid4()
    client.ensure_realm(realm)
    own.stop()
    own.start()
    assert client.new_record(realm, uuid4())


def test_the_quota_is_a_refusal_with_its_figures(own):
    realm = uuid4()
    client.ensure_realm(realm)
    ada = Actor(realm_id=realm, person_id=uuid4())
    items = sealed(realm, "一")
    for _ in range(2):
        client.open_texts(ada, items, ground="subject")
    with pytest.raises(client.KeeperRefused) as caught:
        client.open_texts(ada, items, ground="subject")
    assert (caught.value.code, caught.value.params["limit"]) == ("quota_exceeded", 2)


def test_threads_share_a_few_connections(realm):
    with ThreadPoolExecutor(16) as threads:
        keys = list(threads.map(lambda _: client.new_record(realm, uuid4()), range(64)))
    assert len(set(keys)) == 64
    assert 1 <= len(pool._idle) <= MOST_IDLE


def test_another_socket_is_another_keeper(realm, own):
    with pytest.raises(client.KeeperRefused, match="unknown_realm"):
        client.new_record(realm, uuid4())


def test_a_fork_starts_with_no_connection(realm):
    assert client.answers()
    pool.after_fork()
    assert pool._idle == []
    assert client.answers()
