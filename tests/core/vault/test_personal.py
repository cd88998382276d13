"""Personal columns: sealed apart per person and column, found by equal spelling."""

from dataclasses import replace
from uuid import uuid4

import pytest

from tanxin.core.vault.box import Box
from tanxin.core.vault.header import Kind
from tanxin.core.vault.keys import RealmKey
from tanxin.core.vault.normal import NotIndexed, normalise
from tanxin.core.vault.personal import blind_index, open_personal, personal_key, seal_personal
from tanxin.core.vault.refusals import (
    Malformed,
    NotAuthentic,
    UnknownKeyVersion,
    VaultRefusal,
    WrongPlace,
)
from tanxin.core.vault.suites import provider_for

REALM, ADA, BEN = uuid4(), uuid4(), uuid4()
KEY = personal_key(RealmKey(REALM, 1, 1, bytes(32)))
KEY_PROVIDER = provider_for(KEY.suite)
GM_KEY = personal_key(RealmKey(REALM, 2, 2, bytes(32)))


@pytest.mark.parametrize("key", [KEY, GM_KEY], ids=["INTL-1", "GM-1"])
def test_many_names_come_back_in_their_order(key):
    names = [(ADA, "欧阳安雅"), (BEN, "本明"), (uuid4(), "")]
    sealed = seal_personal(key, "name", names)
    asked = [(person, box) for (person, _), box in zip(names, sealed, strict=True)]

    assert open_personal({key.version: key}, "name", asked) == [name for _, name in names]
    assert len({len(box) for box in sealed}) == 1


def test_columns_of_two_key_versions_open_side_by_side():
    old, new = seal_personal(KEY, "name", [(ADA, "a")]), seal_personal(GM_KEY, "name", [(BEN, "b")])
    asked = [(ADA, old[0]), (BEN, new[0])]
    assert open_personal({1: KEY, 2: GM_KEY}, "name", asked) == ["a", "b"]


@pytest.mark.parametrize(
    ("keys", "column", "person", "refusal"),
    [
        ({1: KEY}, "name", BEN, WrongPlace),
        ({1: KEY}, "phone", ADA, WrongPlace),
        ({2: GM_KEY}, "name", ADA, UnknownKeyVersion),
        ({1: replace(KEY, realm=uuid4())}, "name", ADA, WrongPlace),
        ({1: replace(KEY, sealing=bytes(32))}, "name", ADA, NotAuthentic),
        ({1: replace(KEY, suite=2)}, "name", ADA, WrongPlace),
    ],
    ids=["person", "column", "version", "realm", "key", "suite"],
)
def test_a_column_does_not_open_elsewhere(keys, column, person, refusal):
    (sealed,) = seal_personal(KEY, "name", [(ADA, "安雅")])
    with pytest.raises(refusal):
        open_personal(keys, column, [(person, sealed)])


def test_flipped_and_cut_columns_are_refused():
    (sealed,) = seal_personal(KEY, "name", [(ADA, "安雅")])
    for at in range(len(sealed)):
        for bent in (sealed[:at], sealed[:at] + bytes([sealed[at] ^ 4]) + sealed[at + 1 :]):
            with pytest.raises(VaultRefusal):
                open_personal({1: KEY}, "name", [(ADA, bent)])


def test_a_box_refuses_what_is_shorter_than_a_header():
    box = Box(KEY_PROVIDER, bytes(32), Kind.PERSONAL, realm=REALM, field="name", version=1)
    with pytest.raises(Malformed):
        box.open(ADA, b"TX")


def test_equal_values_have_equal_indexes_in_one_column_of_one_realm():
    index = blind_index(KEY, "phone", "138 0013 8000")
    assert index == blind_index(KEY, "phone", "＋８６-13800138000")
    assert index != blind_index(KEY, "phone", "13800138001")
    assert index != blind_index(KEY, "id", "13800138000")
    assert index != blind_index(GM_KEY, "phone", "13800138000")
    assert len(index) == 32


@pytest.mark.parametrize(
    ("column", "text", "spelling"),
    [
        ("phone", "+86 138-0013-8000", "13800138000"),
        ("phone", "008613800138000", "13800138000"),
        ("phone", "(010) 6512 3456", "01065123456"),
        ("phone", "86123456", "86123456"),
        ("id", "11010519491231002x", "11010519491231002X"),
        ("id", " 110105 491231 002 ", "11010519491231002X"),
        ("id", "E12345678", "E12345678"),
        ("mail", " Ada@Example.CN ", "ada@example.cn"),
        ("name", "张　伟", "张伟"),
    ],
)
def test_spellings(column, text, spelling):
    assert normalise(column, text) == spelling


def test_a_column_without_an_agreed_spelling_has_no_index():
    with pytest.raises(NotIndexed):
        blind_index(KEY, "details", "x")
