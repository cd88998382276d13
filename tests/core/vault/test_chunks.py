"""Attachments: sealed in chunks, opened whole or not at all."""

from uuid import UUID

import pytest

from tanxin.core.vault.chunks import CHUNK, FRONT_BYTES, MOST_CHUNKS, open_chunks, seal_chunks
from tanxin.core.vault.envelope import Place, open_text, seal_text
from tanxin.core.vault.refusals import Malformed, NotAuthentic, TooLong, VaultRefusal, WrongPlace
from tanxin.core.vault.suites import SUITES

BOTH = pytest.mark.parametrize("provider", SUITES.values(), ids=lambda p: p.name)
PLACE = Place(UUID(int=1), UUID(int=2), "file", 1)
DEK = bytes(range(32))
SEALED = CHUNK + 16


def sealed(content, provider=SUITES[1], place=PLACE, dek=DEK):
    return b"".join(seal_chunks(provider, dek, place, [content], kek_version=3))


def opened(raw, place=PLACE, dek=DEK):
    return b"".join(open_chunks(dek, place, [raw]))


def content_of(length):
    return bytes(i * 7 & 255 for i in range(length))


@BOTH
@pytest.mark.parametrize(
    "length",
    [0, 1, 4094, 4095, 4096, CHUNK - 4097, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK - 1],
)
def test_what_was_sealed_opens(provider, length):
    content = content_of(length)
    assert opened(sealed(content, provider)) == content


@BOTH
def test_content_that_ends_like_the_filling_comes_back_whole(provider):
    for content in (b"\x80", b"\x80\0\0", b"\0" * 5000, b"x\x80", b"\x80" * CHUNK, b"\0" * CHUNK):
        assert opened(sealed(content, provider)) == content


@BOTH
def test_it_comes_and_goes_in_parts_of_any_size(provider):
    content = content_of(2 * CHUNK + 9)
    for size in (1000, CHUNK, CHUNK + 1):
        parts = [content[at : at + size] for at in range(0, len(content), size)]
        raw = b"".join(seal_chunks(provider, DEK, PLACE, parts, kek_version=3))
        small = [raw[at : at + size] for at in range(0, len(raw), size)]
        assert b"".join(open_chunks(DEK, PLACE, small)) == content


def test_the_exact_length_is_not_told():
    assert len(sealed(b"")) == len(sealed(content_of(4095)))
    assert len(sealed(content_of(4095))) < len(sealed(content_of(4096)))


def test_no_large_file_is_held_in_memory():
    pieces = seal_chunks(SUITES[1], DEK, PLACE, (bytes(CHUNK) for _ in range(1000)), kek_version=1)
    assert max(map(len, pieces)) == SEALED


def bent_ones(raw):
    front, body = raw[:FRONT_BYTES], raw[FRONT_BYTES:]
    chunks = [body[at : at + SEALED] for at in range(0, len(body), SEALED)]
    one, two, three, last = chunks
    return {
        "first dropped": front + two + three + last,
        "middle dropped": front + one + three + last,
        "last dropped": front + one + two + three,
        "all dropped": front,
        "only the last": front + last,
        "reordered": front + two + one + three + last,
        "last first": front + last + one + two + three,
        "duplicated": front + one + one + two + three + last,
        "last twice": raw + last,
        "last padded": raw + b"\0",
        "ends within a tag": raw[:-1],
        "ends within a chunk": raw[: FRONT_BYTES + SEALED + 5000],
        "one tag missing": front + one[:-16] + two + three + last,
        "front twice": front + raw,
        "without front": body,
        "half a front": front[:50],
        "nothing": b"",
    }


@BOTH
@pytest.mark.parametrize("name", bent_ones(bytes(FRONT_BYTES + 3 * SEALED + 40)))
def test_chunks_that_were_dropped_moved_doubled_or_cut_do_not_open(provider, name):
    raw = sealed(content_of(3 * CHUNK + 100), provider)
    with pytest.raises(VaultRefusal):
        opened(bent_ones(raw)[name])


@BOTH
def test_every_region_counts(provider):
    raw = sealed(content_of(CHUNK + 50), provider)
    front = range(FRONT_BYTES)
    rest = (
        FRONT_BYTES,
        FRONT_BYTES + CHUNK,
        FRONT_BYTES + SEALED - 1,
        FRONT_BYTES + SEALED,
        len(raw) - 17,
        len(raw) - 1,
    )
    for at in (*front, *rest):
        bent = bytearray(raw)
        bent[at] ^= 1
        with pytest.raises(VaultRefusal):
            opened(bytes(bent))


@BOTH
def test_chunks_of_another_file_under_the_same_key_do_not_fit(provider):
    mine, other = sealed(bytes(CHUNK + 1), provider), sealed(bytes(CHUNK + 1), provider)
    swapped = mine[: FRONT_BYTES + SEALED] + other[FRONT_BYTES + SEALED :]
    with pytest.raises(NotAuthentic):
        opened(swapped)


@BOTH
def test_it_opens_in_its_place_and_with_its_key_only(provider):
    raw = sealed(b"x", provider)
    others = [
        Place(UUID(int=9), PLACE.record, "file", 1),
        Place(PLACE.realm, UUID(int=9), "file", 1),
        Place(PLACE.realm, PLACE.record, "name", 1),
        Place(PLACE.realm, PLACE.record, "file", 2),
    ]
    for place in others:
        with pytest.raises(WrongPlace):
            opened(raw, place)
    with pytest.raises(NotAuthentic):
        opened(raw, dek=bytes(32))


@BOTH
def test_a_text_is_no_attachment_and_an_attachment_no_text(provider):
    with pytest.raises(WrongPlace):
        opened(seal_text(provider, DEK, PLACE, b"x", kek_version=1))
    with pytest.raises(WrongPlace):
        open_text(DEK, PLACE, sealed(b"x", provider))


def test_the_suite_cannot_be_exchanged():
    for suite in SUITES:
        raw = bytearray(sealed(b"x", SUITES[suite]))
        raw[4] = 3 - suite
        with pytest.raises(NotAuthentic):
            opened(bytes(raw))


def test_nothing_is_yielded_before_it_was_checked():
    raw = bytearray(sealed(content_of(2 * CHUNK)))
    raw[-1] ^= 1
    pieces = open_chunks(DEK, PLACE, [bytes(raw)])
    good = [next(pieces), next(pieces)]
    assert b"".join(good) == content_of(2 * CHUNK)
    with pytest.raises(NotAuthentic):
        next(pieces)


def test_a_last_chunk_that_is_not_filled_as_ours_is_refused(monkeypatch):
    for filled in (
        lambda piece: piece,
        lambda piece: piece + b"\x80" + bytes(9),
        lambda piece: bytes(4096),
    ):
        monkeypatch.setattr("tanxin.core.vault.chunks._filled", filled)
        raw = sealed(b"abc")
        monkeypatch.undo()
        with pytest.raises(Malformed):
            opened(raw)


def test_there_is_a_limit(monkeypatch):
    assert MOST_CHUNKS * CHUNK == 64 * 2**30
    monkeypatch.setattr("tanxin.core.vault.chunks.MOST_CHUNKS", 1)
    with pytest.raises(TooLong):
        sealed(bytes(2 * CHUNK))
