"""Canonical JSON, leaves, trees and frames: one spelling each."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanxin.core.vault import wire
from tanxin.core.vault.canonical import NotCanonical, canonical
from tanxin.core.vault.leaf import NO_HASH, Leaf, Log, commit_detail
from tanxin.core.vault.refusals import Malformed, TooLong
from tanxin.core.vault.suites import SUITES
from tanxin.core.vault.tree import digest_of, leaf_hash, node_hash, root_hash

INTL, GM = SUITES.values()
LEAF = Leaf(
    Log.CHANGES,
    UUID(int=1),
    seq=0,
    at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
    actor=UUID(int=2),
    person=None,
    event="talk.held",
    kind="talk",
    subject=UUID(int=3),
    commit=b"\x01\x02",
    prev=NO_HASH,
)


def test_canonical_json_has_one_spelling():
    value = {"b": [1, True, None, "谈\n"], "a": {"z": (), "y": -1}}
    assert canonical(value) == '{"a":{"y":-1,"z":[]},"b":[1,true,null,"谈\\n"]}'.encode()


@pytest.mark.parametrize(
    "value",
    [1.5, float("nan"), 2**53, b"x", {1: 2}, {"心": 1}, ["\ud800"], {"a": {"b": object()}}],
)
def test_what_has_no_single_spelling_is_refused(value):
    with pytest.raises(NotCanonical):
        canonical(value)


def test_the_leaf_is_hashed_as_written_down():
    content = (
        b'{"actor":"00000000-0000-0000-0000-000000000002","at":"2026-11-23T09:00:00.000000Z",'
        b'"commit":"0102","event":"talk.held","kind":"talk","log":"changes","person":null,'
        b'"prev":"0000000000000000000000000000000000000000000000000000000000000000",'
        b'"realm":"00000000-0000-0000-0000-000000000001","seq":0,'
        b'"subject":"00000000-0000-0000-0000-000000000003","suite":1,"v":1}'
    )
    assert LEAF.content() == content
    assert LEAF.hash() == hashlib.sha256(b"\0" + content).digest()


def test_the_zone_of_a_moment_does_not_matter_but_it_must_have_one():
    shanghai = timezone(timedelta(hours=8))
    assert replace(LEAF, at=datetime(2026, 11, 23, 17, 0, tzinfo=shanghai)).hash() == LEAF.hash()
    with pytest.raises(NotCanonical):
        replace(LEAF, at=datetime(2026, 11, 23)).content()


@pytest.mark.parametrize(
    "change",
    [
        {"log": Log.RELEASES}, {"realm": UUID(int=9)}, {"seq": 1}, {"actor": None},
        {"person": UUID(int=2)}, {"event": "talk.moved"}, {"kind": "issue"}, {"subject": None},
        {"commit": b""}, {"prev": b"\1" * 32}, {"suite": 2},
        {"at": datetime(2026, 11, 23, 9, 0, 0, 1, tzinfo=UTC)},
    ],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_every_part_of_a_leaf_is_hashed(change):
    assert replace(LEAF, **change).hash() != LEAF.hash()


def test_the_commitment_needs_the_salt():
    commit = commit_detail(INTL, b"salt", {"a": 1})
    assert commit == commit_detail(INTL, b"salt", {"a": 1})
    assert commit != commit_detail(INTL, b"other", {"a": 1})
    assert commit != commit_detail(INTL, b"salt", {"a": 2})
    assert commit != commit_detail(GM, b"salt", {"a": 1})


def rfc_6962_root(provider, leaves):
    """The definition, written down as the RFC has it."""
    if not leaves:
        return provider.hash(b"")
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = leaves[:split], leaves[split:]
    return node_hash(provider, rfc_6962_root(provider, left), rfc_6962_root(provider, right))


@pytest.mark.parametrize("provider", [INTL, GM], ids=["INTL-1", "GM-1"])
def test_the_root_is_the_one_of_rfc_6962(provider):
    leaves = [leaf_hash(provider, bytes([number])) for number in range(70)]
    for size in range(71):
        assert root_hash(provider, leaves[:size]) == rfc_6962_root(provider, leaves[:size])


def test_a_known_root():
    empty, one = (b"", b"\0")
    root = root_hash(INTL, [leaf_hash(INTL, empty), leaf_hash(INTL, one)])
    assert root.hex() == "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"


def test_leaves_and_nodes_are_told_apart():
    assert leaf_hash(INTL, b"ab") != node_hash(INTL, b"a", b"b")


def test_a_digest_vouches_for_every_item_and_their_order():
    count, digest = digest_of(INTL, [b"a", b"b"])
    assert (count, len(digest)) == (2, 64)
    assert digest_of(INTL, iter([b"a", b"b"])) == (2, digest)
    assert digest_of(INTL, [b"b", b"a"])[1] != digest
    assert digest_of(INTL, [b"ab"])[1] != digest
    assert digest_of(INTL, [])[0] == 0


@given(
    st.dictionaries(st.text(), st.integers() | st.text(st.characters(codec="utf-8")), max_size=4)
)
def test_a_frame_comes_back(message):
    try:
        frame = wire.encode_frame(message)
    except UnicodeEncodeError:
        return
    assert wire.frame_length(frame[:4]) == len(frame) - 4
    assert wire.decode_body(frame[4:]) == message


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b"{", b"1", b"[" * 100_000, b"{}{}"])
def test_a_body_that_is_no_message_is_refused(body):
    with pytest.raises(Malformed):
        wire.decode_body(body)


def test_a_huge_frame_is_refused_by_its_first_four_bytes():
    with pytest.raises(TooLong):
        wire.frame_length(b"\xff\xff\xff\xff")
    with pytest.raises(TooLong):
        wire.encode_frame({"a": "x" * wire.MAX_FRAME})


def test_bytes_travel_as_strict_base64():
    assert wire.to_bytes(wire.to_text(b"\0\xff")) == b"\0\xff"
    for bad in ("AP8", "A P8=", "心", 5, None, b"AP8="):
        with pytest.raises(Malformed):
            wire.to_bytes(bad)
