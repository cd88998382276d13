"""The application's side of the keeper, against a real one."""

from uuid import uuid4

import pytest
from django.db import transaction
from tanxin.apps.sealing import client
from tanxin.core.access import Actor


@pytest.fixture
def realm(keeper):
    realm = uuid4()
    client.ensure_realm(realm)
    return realm


@pytest.fixture
def ada(realm):
    return Actor(realm_id=realm, person_id=uuid4(), account_id=uuid4(), session="s")


def sealed(realm, record, key, text, *, field="record", version=1):
    box = client.seal_text(realm, record, key, field=field, version=version, text=text)
    return client.Sealed(record, key, field, version, box)


def test_it_opens_what_it_sealed_and_says_who_did(realm, ada):
    record = uuid4()
    key = client.new_record(realm, record)
    item = sealed(realm, record, key, "说了心里话")

    assert client.open_texts(ada, [item], ground="subject") == ["说了心里话".encode()]
    (release,) = client.releases(realm, record)
    assert (release.account_id, release.person_id) == (ada.account_id, ada.person_id)
    assert (release.ground, release.fields) == ("subject", ("record@1",))


def test_it_is_refused_inside_a_transaction_and_the_test_case_is_not_one(realm, db):
    record = uuid4()
    client.new_record(realm, record)
    with transaction.atomic(), pytest.raises(client.KeeperInsideTransaction):
        client.new_record(realm, record)
