"""Bytes that were written once. If one of these fails, stored records no longer open."""

import json
from pathlib import Path
from uuid import UUID

import pytest

from tanxin.core.vault.envelope import Place, open_text, unwrap_realm_key, unwrap_record_key
from tanxin.core.vault.keys import RealmKey
from tanxin.core.vault.personal import blind_index, personal_key
from tanxin.core.vault.refusals import VaultRefusal

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))
NEVER = [(v, name) for v in VECTORS for name in v["never"]]
IDS = ["INTL-1", "GM-1"]


def place_of(vector):
    realm, record = UUID(vector["realm"]), UUID(vector["record"])
    return Place(realm, record, vector["field"], vector["version"])


def key_of(vector):
    return RealmKey(
        UUID(vector["realm"]), vector["kek_version"], vector["suite"], bytes.fromhex(vector["kek"])
    )


@pytest.mark.parametrize("vector", VECTORS, ids=IDS)
def test_what_was_sealed_opens(vector):
    place = place_of(vector)
    kek = unwrap_realm_key(
        bytes.fromhex(vector["root"]),
        bytes.fromhex(vector["wrapped_kek"]),
        realm=place.realm,
        version=7,
    )
    dek = unwrap_record_key({7: kek}, place.record, bytes.fromhex(vector["wrapped_dek"]))

    assert kek == key_of(vector)
    assert dek.hex() == vector["dek"]
    assert open_text(dek, place, bytes.fromhex(vector["sealed"])).decode() == vector["text"]


@pytest.mark.parametrize("vector", VECTORS, ids=IDS)
def test_derived_keys_and_indexes_stay_the_same(vector):
    key = personal_key(key_of(vector))

    assert key.sealing.hex() == vector["personal_key"]
    assert blind_index(key, "phone", "13800138000").hex() == vector["phone_index"]


@pytest.mark.parametrize(("vector", "name"), NEVER)
def test_what_was_bent_never_opens(vector, name):
    bent = bytes.fromhex(vector["never"][name])
    with pytest.raises(VaultRefusal):
        open_text(bytes.fromhex(vector["dek"]), place_of(vector), bent)


def test_there_are_more_refusals_than_openings():
    assert len(NEVER) > 5 * len(VECTORS)
