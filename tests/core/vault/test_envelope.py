"""Texts open where they belong and nowhere else."""

from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanxin.core.vault.envelope import (
    Place,
    open_text,
    seal_text,
    unwrap_realm_key,
    unwrap_record_key,
    wrap_realm_key,
    wrap_record_key,
)
from tanxin.core.vault.header import HEADER_BYTES, Header, Kind
from tanxin.core.vault.intl import Intl1
from tanxin.core.vault.keys import Label, RealmKey
from tanxin.core.vault.refusals import (
    Malformed,
    NotAuthentic,
    UnknownKeyVersion,
    UnknownSuite,
    VaultRefusal,
    WrongPlace,
)
from tanxin.core.vault.suites import SUITES

BOTH = pytest.mark.parametrize("provider", SUITES.values(), ids=lambda p: p.name)
PLACE = Place(uuid4(), uuid4(), "record", 1)
INTL, GM = SUITES.values()
DEK = bytes(range(32))


def header_bytes(**changes):
    header = Header(Kind.TEXT, 1, PLACE.realm, PLACE.record, "record", 1, 1, bytes(12))
    return replace(header, **changes).encode()


@given(text=st.binary(max_size=3000), suite=st.sampled_from([1, 2]))
def test_every_text_comes_back(text, suite):
    sealed = seal_text(SUITES[suite], DEK, PLACE, text, kek_version=1)
    assert open_text(DEK, PLACE, sealed) == text


@BOTH
def test_every_flipped_bit_is_refused(provider):
    sealed = seal_text(provider, DEK, PLACE, b"text", kek_version=1)
    for at in range(len(sealed)):
        bent = bytearray(sealed)
        bent[at] ^= 1 << (at % 8)
        with pytest.raises(VaultRefusal):
            open_text(DEK, PLACE, bytes(bent))


@BOTH
def test_every_truncation_is_refused(provider):
    sealed = seal_text(provider, DEK, PLACE, b"text", kek_version=1)
    for length in range(len(sealed)):
        with pytest.raises(VaultRefusal):
            open_text(DEK, PLACE, sealed[:length])


@BOTH
@pytest.mark.parametrize(
    "elsewhere",
    [
        {"realm": uuid4()},
        {"record": uuid4()},
        {"field": "memo"},
        {"version": 2},
    ],
    ids=["realm", "record", "field", "version"],
)
def test_a_text_does_not_open_in_another_place(provider, elsewhere):
    sealed = seal_text(provider, DEK, PLACE, b"text", kek_version=1)
    with pytest.raises(WrongPlace):
        open_text(DEK, replace(PLACE, **elsewhere), sealed)


def test_a_header_rewritten_for_another_place_does_not_help():
    other = replace(PLACE, record=uuid4())
    sealed = seal_text(INTL, DEK, PLACE, b"text", kek_version=1)
    moved = sealed[:21] + other.record.bytes + sealed[37:]
    with pytest.raises(NotAuthentic):
        open_text(DEK, other, moved)


@BOTH
def test_another_key_is_refused_by_the_commitment(provider):
    sealed = seal_text(provider, DEK, PLACE, b"text", kek_version=1)
    with pytest.raises(NotAuthentic, match="another key"):
        open_text(bytes(32), PLACE, sealed)


@pytest.mark.parametrize("suite", [1, 2])
def test_a_text_cannot_be_passed_off_as_of_the_other_suite(suite):
    sealed = bytearray(seal_text(SUITES[suite], DEK, PLACE, b"text", kek_version=1))
    sealed[4] = 3 - suite
    with pytest.raises(NotAuthentic):
        open_text(DEK, PLACE, bytes(sealed))


def test_a_suite_that_does_not_exist_is_refused():
    with pytest.raises(UnknownSuite):
        open_text(DEK, PLACE, header_bytes(suite=9) + bytes(300))


def test_keys_are_random_and_boxes_never_equal():
    one = seal_text(INTL, DEK, PLACE, b"text", kek_version=1)
    two = seal_text(INTL, DEK, PLACE, b"text", kek_version=1)
    assert one != two
    assert one[HEADER_BYTES:] != two[HEADER_BYTES:]


def test_the_random_source_can_be_given():
    fixed = Intl1(lambda length: b"\x07" * length)
    sealed = seal_text(fixed, DEK, PLACE, b"text", kek_version=1)
    assert sealed == seal_text(fixed, DEK, PLACE, b"text", kek_version=1)
    assert Header.decode(sealed).nonce == b"\x07" * 12


@BOTH
def test_the_key_tree_unwraps_from_the_root(provider):
    root = provider.secret()
    key = RealmKey(PLACE.realm, 4, provider.suite, provider.secret())
    dek = provider.secret()
    wrapped_key = wrap_realm_key(root, key)
    wrapped_dek = wrap_record_key(key, PLACE.record, dek)

    assert unwrap_realm_key(root, wrapped_key, realm=PLACE.realm, version=4) == key
    assert unwrap_record_key({4: key}, PLACE.record, wrapped_dek) == dek
    with pytest.raises(NotAuthentic):
        unwrap_realm_key(bytes(32), wrapped_key, realm=PLACE.realm, version=4)
    with pytest.raises(WrongPlace):
        unwrap_realm_key(root, wrapped_key, realm=PLACE.realm, version=5)
    with pytest.raises(WrongPlace):
        unwrap_record_key({4: key}, uuid4(), wrapped_dek)
    with pytest.raises(UnknownKeyVersion):
        unwrap_record_key({3: key}, PLACE.record, wrapped_dek)
    with pytest.raises(WrongPlace):
        unwrap_record_key({4: key}, PLACE.record, wrapped_key)


def test_a_realm_key_of_the_other_suite_is_refused():
    key = RealmKey(PLACE.realm, 1, 1, bytes(32))
    wrapped = wrap_record_key(key, PLACE.record, DEK)
    with pytest.raises(WrongPlace):
        unwrap_record_key({1: replace(key, suite=2)}, PLACE.record, wrapped)


def test_what_is_not_a_key_is_not_wrapped():
    with pytest.raises(Malformed):
        wrap_record_key(RealmKey(PLACE.realm, 1, 1, bytes(32)), PLACE.record, b"short")


def test_labels_give_keys_that_have_nothing_to_do_with_each_other():
    key = RealmKey(PLACE.realm, 1, 1, bytes(32))
    assert len({key.derive(label) for label in Label}) == len(Label)


def test_a_key_does_not_show_itself():
    assert "x00" not in repr(RealmKey(PLACE.realm, 1, 1, bytes(32)))


@pytest.mark.parametrize("version", [-1, 2**32])
def test_a_version_out_of_range_is_refused(version):
    with pytest.raises(Malformed):
        seal_text(INTL, DEK, replace(PLACE, version=version), b"", kek_version=1)
    with pytest.raises(Malformed):
        header_bytes(version=version)
    with pytest.raises(Malformed):
        header_bytes(kek_version=version)


@pytest.mark.parametrize("field", ["", "a b", "心", "x" * 33, "a\n"])
def test_a_field_name_that_has_no_place_is_refused(field):
    with pytest.raises(Malformed):
        seal_text(INTL, DEK, replace(PLACE, field=field), b"", kek_version=1)


def test_the_header_stands_where_its_table_says():
    header = header_bytes(field="f", version=3, kek_version=4, nonce=b"n" * 12)
    assert len(header) == HEADER_BYTES == 89
    assert header[:5] == b"TXR\x01\x01"
    assert header[5:21] == PLACE.realm.bytes
    assert header[21:37] == PLACE.record.bytes
    assert header[37:69] == b"f" + bytes(31)
    assert header[69:77] == b"\0\0\0\x03\0\0\0\x04"
    assert header[77:] == b"n" * 12
    assert Header.decode(header).encode() == header


@pytest.mark.parametrize(
    ("at", "value"),
    [(0, b"Q"), (2, b"?"), (3, b"\x02"), (37, b"\xff"), (37, b"\0"), (68, b"x")],
    ids=["magic", "kind", "form", "not ascii", "empty", "behind the name"],
)
def test_a_header_that_we_did_not_write_is_refused(at, value):
    header = bytearray(header_bytes(field="record"))
    header[at : at + 1] = value
    if at == 37 and value == b"\0":
        header[37:69] = bytes(32)
    with pytest.raises(Malformed):
        Header.decode(bytes(header))


def test_a_short_box_is_refused_before_anything_is_read():
    box_of_nothing = header_bytes()[:-1]
    with pytest.raises(Malformed):
        Header.decode(box_of_nothing)
