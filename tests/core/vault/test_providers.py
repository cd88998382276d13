"""What every provider must do and refuse, through every way the vault uses it.

Bit flips in every region, truncation, exchanged fields, a wrong label, a downgrade of the suite, a
wrong key, a cut tag; and no nonce ever twice under one key.
"""

from itertools import product
from uuid import UUID

import pytest

from tanxin.core.vault import chunks, envelope, escrow, personal
from tanxin.core.vault.box import COMMITMENT_BYTES, Box
from tanxin.core.vault.envelope import Place
from tanxin.core.vault.header import HEADER_BYTES, Kind
from tanxin.core.vault.keys import Label, RealmKey, cipher_key, derive
from tanxin.core.vault.provider import NONCE_BYTES, TAG_BYTES
from tanxin.core.vault.refusals import Malformed, VaultRefusal
from tanxin.core.vault.suites import SUITES

PROVIDERS = list(SUITES.values())
REALM, RECORD = UUID(int=1), UUID(int=2)
OTHER = UUID(int=3)
ROOT, DEK = bytes(range(32)), bytes(range(32, 64))
TEXT = "我们谈了工作和家里的困难。".encode()
PLACE = Place(REALM, RECORD, "record", 3)


def keys_of(provider, version=7):
    return {version: RealmKey(REALM, version, provider.suite, bytes(range(64, 96)))}


class Way:
    """One thing the vault seals: ``seal`` gives bytes, ``open`` takes them at a place."""

    def __init__(self, name, seal, open_, elsewhere):
        self.name, self.seal, self.open, self.elsewhere = name, seal, open_, elsewhere


def text_way(provider):
    def opened(raw, place=PLACE, dek=DEK):
        return envelope.open_text(dek, place, raw)

    return Way(
        "text",
        lambda: envelope.seal_text(provider, DEK, PLACE, TEXT, kek_version=7),
        opened,
        [
            {"place": Place(OTHER, RECORD, "record", 3)},
            {"place": Place(REALM, OTHER, "record", 3)},
            {"place": Place(REALM, RECORD, "memo", 3)},
            {"place": Place(REALM, RECORD, "record", 4)},
            {"dek": ROOT},
        ],
    )


def record_key_way(provider):
    def opened(raw, record=RECORD, keys=None):
        return envelope.unwrap_record_key(keys or keys_of(provider), record, raw)

    return Way(
        "record key",
        lambda: envelope.wrap_record_key(keys_of(provider)[7], RECORD, DEK),
        opened,
        [
            {"record": OTHER},
            {"keys": keys_of(provider, 8)},
            {"keys": {7: RealmKey(REALM, 7, provider.suite, ROOT)}},
            {"keys": {7: RealmKey(OTHER, 7, provider.suite, keys_of(provider)[7].secret)}},
            {"keys": {7: RealmKey(REALM, 7, 3 - provider.suite, keys_of(provider)[7].secret)}},
        ],
    )


def realm_key_way(provider):
    def opened(raw, realm=REALM, version=7, root=ROOT):
        return envelope.unwrap_realm_key(root, raw, realm=realm, version=version)

    return Way(
        "realm key",
        lambda: envelope.wrap_realm_key(ROOT, keys_of(provider)[7]),
        opened,
        [{"realm": OTHER}, {"version": 8}, {"root": DEK}],
    )


def personal_way(provider):
    key = personal.personal_key(keys_of(provider)[7])

    def opened(raw, name="phone", person=RECORD, keys=None):
        return personal.open_personal(keys or {7: key}, name, [(person, raw)])

    def other(**changes):
        values = {name: getattr(key, name) for name in key.__slots__} | changes
        return {"keys": {values["version"]: personal.PersonalKey(**values)}}

    return Way(
        "personal",
        lambda: personal.seal_personal(key, "phone", [(RECORD, "13800138000")])[0],
        opened,
        [
            {"name": "mail"},
            {"person": OTHER},
            other(version=8),
            other(sealing=ROOT),
            other(realm=OTHER),
            other(suite=3 - provider.suite),
        ],
    )


def attachment_way(provider):
    def opened(raw, place=PLACE, dek=DEK):
        return b"".join(chunks.open_chunks(dek, place, [raw]))

    def sealed():
        return b"".join(chunks.seal_chunks(provider, DEK, PLACE, [TEXT], kek_version=7))

    return Way(
        "attachment",
        sealed,
        opened,
        [
            {"place": Place(REALM, OTHER, "record", 3)},
            {"place": Place(REALM, RECORD, "x", 3)},
            {"dek": ROOT},
        ],
    )


def escrow_way(provider):
    kept, shares = escrow.make_escrow(provider, ROOT, needed=3, count=5)

    def opened(raw, given=shares[:3]):
        numbers = tuple(share.number for share in given)
        held = escrow.Escrow(kept.set_id, kept.suite, 3, kept.checks, {numbers: raw})
        return escrow.recover_root(held, given)

    return Way(
        "escrow",
        lambda: kept.wraps[1, 2, 3],
        opened,
        [{"given": shares[1:4]}, {"given": shares[2:]}],
    )


MAKERS = [text_way, record_key_way, realm_key_way, personal_way, attachment_way, escrow_way]
EVERY = pytest.mark.parametrize(
    "way",
    [make(provider) for make, provider in product(MAKERS, PROVIDERS)],
    ids=[f"{make.__name__[:-4]} {provider.name}" for make, provider in product(MAKERS, PROVIDERS)],
)


def refused(way, raw, **elsewhere):
    with pytest.raises(VaultRefusal):
        way.open(raw, **elsewhere)


@EVERY
def test_it_opens_in_its_place(way):
    assert way.open(way.seal())


@EVERY
def test_a_flipped_bit_in_any_byte_does_not_open(way):
    raw = way.seal()
    for at in range(min(len(raw), 400)):
        refused(way, raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
    for at in range(1, TAG_BYTES + 1):
        refused(way, raw[:-at] + bytes([raw[-at] ^ 128]) + raw[len(raw) - at + 1 :])


@EVERY
def test_cut_or_lengthened_bytes_do_not_open(way):
    raw = way.seal()
    body = HEADER_BYTES + COMMITMENT_BYTES
    for length in (
        *range(0, HEADER_BYTES, 11),
        HEADER_BYTES,
        body - 1,
        body,
        body + 1,
        body + TAG_BYTES,
        len(raw) - TAG_BYTES,
        len(raw) - 1,
    ):
        refused(way, raw[:length])
    for longer in (raw + b"\0", raw + raw, b"\0" + raw, raw[:body] + raw):
        refused(way, longer)


@EVERY
def test_it_opens_nowhere_else_and_with_no_other_key(way):
    raw = way.seal()
    for elsewhere in way.elsewhere:
        refused(way, raw, **elsewhere)


@EVERY
def test_parts_of_two_that_fit_each_other_do_not_open(way):
    one, two = way.seal(), way.seal()
    if one == two:
        two = bytes(len(one))
    for cut in (
        HEADER_BYTES - NONCE_BYTES // 2,
        HEADER_BYTES,
        HEADER_BYTES + COMMITMENT_BYTES,
        len(one) - TAG_BYTES,
    ):
        refused(way, one[:cut] + two[cut:])


@EVERY
def test_the_suite_and_the_kind_cannot_be_relabelled(way):
    raw = way.seal()
    for suite in (0, 3 - raw[4], 3, 255):
        refused(way, raw[:4] + bytes([suite]) + raw[5:])
    for kind in Kind:
        if kind.value != raw[2:3]:
            refused(way, raw[:2] + kind.value + raw[3:])


@pytest.mark.parametrize(("one", "two"), [(a, b) for a in MAKERS for b in MAKERS if a is not b])
@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda p: p.name)
def test_nothing_passes_for_another_kind_of_thing(provider, one, two):
    refused(one(provider), two(provider).seal())


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda p: p.name)
def test_keys_of_different_labels_fields_versions_and_suites_differ(provider):
    keys = [derive(provider, ROOT, label) for label in Label]
    keys += [derive(provider, ROOT, Label.FIELD, bytes([n])) for n in range(3)]
    ciphers = [cipher_key(provider, ROOT, k, f, v) for k, f, v in product(Kind, ("a", "b"), (1, 2))]
    other = next(p for p in PROVIDERS if p is not provider)
    keys += [derive(other, ROOT, label) for label in Label]
    assert len(set(keys)) == len(keys)
    assert len(set(ciphers)) == len(ciphers)


# ── nonces


class NonceUsedTwice(Exception):
    pass


def watched(provider, random=None):
    """A provider of the same suite that notices a nonce used twice under one key."""
    seen = set()

    class Watching:
        def __init__(self, key, aead):
            self._key, self._aead = key, aead

        def seal(self, nonce, plaintext, header):
            if (self._key, nonce) in seen:
                raise NonceUsedTwice
            seen.add((self._key, nonce))
            return self._aead.seal(nonce, plaintext, header)

        def open(self, nonce, ciphertext, header):
            return self._aead.open(nonce, ciphertext, header)

    class Watched(type(provider)):
        def aead(self, key):
            return Watching(key, super().aead(key))

    made = Watched(random) if random else Watched()
    made.seen = seen
    return made


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda p: p.name)
def test_a_thousand_texts_under_one_key_have_a_thousand_nonces(provider):
    watch = watched(provider)
    box = Box(watch, DEK, Kind.TEXT, realm=REALM, field="record", version=1)
    for _ in range(1000):
        box.seal(RECORD, b"same", kek_version=1)
    assert len(watch.seen) == 1000
    assert len({nonce for _, nonce in watch.seen}) == 1000


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda p: p.name)
def test_each_chunk_has_its_own_nonce_and_each_file_its_own_start(provider):
    watch = watched(provider)
    for _ in range(3):
        list(chunks.seal_chunks(watch, DEK, PLACE, [bytes(3 * chunks.CHUNK + 5)], kek_version=1))
    assert len(watch.seen) == 12
    assert len({nonce[:7] for _, nonce in watch.seen}) == 3


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda p: p.name)
def test_a_set_of_shares_uses_each_key_once(provider):
    watch = watched(provider)
    escrow.make_escrow(watch, ROOT, needed=3, count=5)
    assert len({key for key, _ in watch.seen}) == len(watch.seen) == 10


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda p: p.name)
def test_a_random_source_that_sticks_is_noticed(provider):
    """The detector detects: else the tests above would say nothing."""
    watch = watched(provider, random=bytes)
    box = Box(watch, DEK, Kind.TEXT, realm=REALM, field="record", version=1)
    box.seal(RECORD, b"one", kek_version=1)
    with pytest.raises(NonceUsedTwice):
        box.seal(RECORD, b"two", kek_version=1)
    list(chunks.seal_chunks(watch, DEK, PLACE, [b"one"], kek_version=1))
    with pytest.raises(NonceUsedTwice):
        list(chunks.seal_chunks(watch, DEK, PLACE, [b"two"], kek_version=1))


def test_even_a_stuck_source_does_not_repeat_between_fields_or_versions():
    """Each field and version has a key of its own, so that random nonces have little to do."""
    watch = watched(PROVIDERS[0], random=bytes)
    for field, version in product(("record", "memo"), (1, 2)):
        Box(watch, DEK, Kind.TEXT, realm=REALM, field=field, version=version).seal(
            RECORD, b"x", kek_version=1
        )
    assert len(watch.seen) == 4


def test_a_version_out_of_range_is_refused():
    for version in (-1, 2**32):
        with pytest.raises(Malformed):
            Box(PROVIDERS[0], DEK, Kind.TEXT, realm=REALM, field="record", version=version)
