"""Personal columns with the keeper's keys."""

from time import perf_counter
from uuid import uuid4

import pytest
from django.db import transaction

from tanxin.apps.sealing import client, pii
from tanxin.core.vault.refusals import VaultRefusal

MANY = 20_000


@pytest.fixture
def realm(keeper):
    realm = uuid4()
    client.ensure_realm(realm)
    return realm


def test_a_name_comes_back_for_its_person_only(realm):
    ada = uuid4()
    sealed = pii.seal_pii(realm, ada, "name", "安雅")

    assert pii.open_pii(realm, ada, "name", sealed) == "安雅"
    assert "安雅".encode() not in sealed
    with pytest.raises(VaultRefusal):
        pii.open_pii(realm, uuid4(), "name", sealed)
    with pytest.raises(VaultRefusal):
        pii.open_pii(realm, ada, "phone", sealed)


def test_a_phone_is_found_however_it_is_written(realm):
    index = pii.blind_index(realm, "phone", "138 0013 8000")
    assert index == pii.blind_index(realm, "phone", "+8613800138000")
    other = uuid4()
    client.ensure_realm(other)
    assert index != pii.blind_index(other, "phone", "13800138000")


def test_the_keys_outlive_the_process_memory(realm):
    ada = uuid4()
    sealed = pii.seal_pii(realm, ada, "name", "安雅")
    pii.forget_keys()
    assert pii.open_pii(realm, ada, "name", sealed) == "安雅"


def test_columns_may_be_sealed_inside_a_transaction(realm, db):
    pii.forget_keys()
    with transaction.atomic():
        assert pii.seal_pii(realm, uuid4(), "name", "安雅")


def test_keys_are_asked_once(realm, settings):
    pii.seal_pii(realm, uuid4(), "name", "安雅")
    settings.TANXIN_KEEPER_SOCKET = "/nowhere/at/all"
    assert pii.seal_pii(realm, uuid4(), "name", "安雅")
    with pytest.raises(client.KeeperUnavailable):
        pii.seal_pii(uuid4(), uuid4(), "name", "安雅")


def test_an_unknown_realm_is_refused(keeper):
    with pytest.raises(client.KeeperRefused, match="unknown_realm"):
        pii.seal_pii(uuid4(), uuid4(), "name", "安雅")


def test_columns_are_fast_enough_for_whole_organisations(realm):
    names = [(uuid4(), f"张三{number}") for number in range(MANY)]
    started = perf_counter()
    sealed = pii.seal_column(realm, "name", names)
    asked = [(person, box) for (person, _), box in zip(names, sealed, strict=True)]
    opened = pii.open_column(realm, "name", asked)
    took = perf_counter() - started

    assert opened == [name for _, name in names]
    # 100,000 sealed and opened take about 1.5 s on an idle machine; this one may be busy.
    assert took * 100_000 / MANY < 12
