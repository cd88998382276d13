"""The application's side of the keeper, against a real one."""

import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
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

ADA = uuid4()


@pytest.fixture
def realm(keeper):
    realm = uuid4()
    client.ensure_realm(realm)
    return realm


@pytest.fixture
def ada(realm):
    return logged_in(realm)


def logged_in(realm, account=None):
    account, person = account or uuid4(), ADA
    session = client.open_session(realm, account, person).token
    return Actor(realm_id=realm, person_id=person, account_id=account, session=session)


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


def sealed(realm, first, *later, person=ADA):
    record = uuid4()
    made = new(realm, record, first.encode(), person=person)
    boxes, place = [made.sealed], (record, made.wrapped_key, "record")
    for number, text in enumerate(later, start=2):
        draft = client.Draft(*place, number, text.encode(), made.grants[0])
        boxes.append(client.seal_text(Actor(realm_id=realm), draft))
    return [
        client.Sealed(
            record, made.wrapped_key, "record", number, box, made.grants[0], number == len(boxes)
        )
        for number, box in enumerate(boxes, start=1)
    ]


def new(realm, record, content=b"", *, field="record", person=ADA):
    text = client.NewText(record, field, content, (client.Named(person, "subject", True),))
    return client.create(realm, [text])[0]


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


def test_somebody_without_an_account_may_open_too(realm):
    items, token = sealed(realm, "一"), client.open_session(realm, None, ADA).token
    client.open_texts(Actor(realm_id=realm, session=token), items, ground="subject")
    (release,) = client.releases(realm, items[0].record)
    assert (release.account_id, release.person_id) == (None, ADA)


def test_many_large_texts_go_in_several_frames(realm, ada):
    content = os.urandom(5 * 1024 * 1024)
    parties = (client.Named(ADA, "subject"),)
    texts = [client.NewText(uuid4(), "file", content, parties) for _ in range(4)]
    items = [
        client.Sealed(text.record, made.wrapped_key, "file", 1, made.sealed, made.grants[0])
        for text, made in zip(texts, client.create(realm, texts), strict=True)
    ]
    assert client.open_texts(ada, items, ground="subject") == [content] * 4


def test_many_small_ones_too(realm):
    texts = [client.NewText(uuid4(), "f", b"", ()) for _ in range(5_001)]
    assert len({made.sealed for made in client.create(realm, texts)}) == 5_001


def test_a_text_too_large_for_any_frame_is_said_so(realm):
    record = uuid4()
    made = new(realm, record)
    draft = client.Draft(record, made.wrapped_key, "f", 1, bytes(20_000_000), made.grants[0])
    with pytest.raises(TooLong):
        client.seal_texts(Actor(realm_id=realm), [draft])


def test_a_refusal_comes_with_its_code(realm, ada):
    (item,) = sealed(realm, "一")
    elsewhere = replace(item, field="remark")
    with pytest.raises(client.KeeperRefused) as caught:
        client.open_texts(ada, [elsewhere], ground="subject")
    assert caught.value.code == "wrong_place"
    assert client.releases(realm, item.record) == []


def test_nobody_opens_nothing(realm):
    with pytest.raises(client.KeeperRefused, match="no_session"):
        client.open_texts(Actor(realm_id=realm), sealed(realm, "一"), ground="subject")


def test_it_is_not_asked_inside_a_transaction(realm, ada, db):
    items = sealed(realm, "一")
    calls = [
        lambda: client.ensure_realm(realm),
        lambda: new(realm, uuid4()),
        lambda: client.open_session(realm, None, ADA),
        lambda: client.close_session(realm, ""),
        lambda: client.end_grants(realm, []),
        lambda: client.scan(ada, items, ["一"]),
        lambda: client.seal_texts(ada, []),
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
        new(realm, uuid4())
    assert new(realm, uuid4())


def test_a_lost_keeper_is_unavailable_and_comes_back(own):
    realm = uuid4()
    client.ensure_realm(realm)
    items = sealed(realm, "一")
    ada = logged_in(realm)
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
    assert new(realm, uuid4())


def test_the_quota_is_a_refusal_with_its_figures(own):
    realm = uuid4()
    client.ensure_realm(realm)
    ada = logged_in(realm)
    items = sealed(realm, "一")
    for _ in range(2):
        client.open_texts(ada, items, ground="subject")
    with pytest.raises(client.KeeperRefused) as caught:
        client.open_texts(ada, items, ground="subject")
    assert (caught.value.code, caught.value.params["limit"]) == ("quota_exceeded", 2)


def test_threads_share_a_few_connections(realm):
    with ThreadPoolExecutor(16) as threads:
        made = list(threads.map(lambda _: new(realm, uuid4()), range(64)))
    assert len({one.wrapped_key for one in made}) == 64
    assert 1 <= len(pool._idle) <= MOST_IDLE


def test_another_socket_is_another_keeper(realm, own):
    with pytest.raises(client.KeeperRefused, match="unknown_realm"):
        new(realm, uuid4())


def test_a_fork_starts_with_no_connection(realm):
    assert client.answers()
    pool.after_fork()
    assert pool._idle == []
    assert client.answers()
