"""The primitives, against published vectors."""

import pytest

from tanxin.core.vault.refusals import NotAuthentic, UnknownSuite
from tanxin.core.vault.suites import GM_1, INTL_1, SUITES, provider_for

INTL, GM = provider_for(INTL_1), provider_for(GM_1)
BOTH = pytest.mark.parametrize("provider", SUITES.values(), ids=lambda p: p.name)


def test_sm4_gcm_gives_the_tag_of_rfc_8998():
    key = bytes.fromhex("0123456789abcdeffedcba9876543210")
    nonce = bytes.fromhex("00001234567800000000abcd")
    header = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    text = bytes.fromhex(
        "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
        "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa"
    )
    sealed = GM.aead(key).seal(nonce, text, header)

    assert sealed[-16:].hex() == "83de3541e4c2b58177e065a9bf7b62ec"
    assert GM.aead(key).open(nonce, sealed, header) == text


def test_sm3_gives_the_published_hash_of_abc():
    digest = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert GM.hash(b"abc").hex() == digest


def test_sha256_and_its_hmac_give_the_published_values():
    abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    mac = "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    assert INTL.hash(b"abc").hex() == abc
    assert INTL.mac(b"\x0b" * 20, b"Hi There").hex() == mac


def test_hkdf_gives_the_third_vector_of_rfc_5869():
    derived = INTL.kdf(b"\x0b" * 22, b"", 42)
    assert derived.hex().startswith(
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
    )


@BOTH
def test_a_changed_or_cut_tag_is_refused(provider):
    aead = provider.aead(bytes(provider.key_bytes))
    sealed = aead.seal(bytes(12), b"text", b"header")
    for bent in (sealed[:-1], sealed[:15], b"", sealed[:-1] + bytes([sealed[-1] ^ 1])):
        with pytest.raises(NotAuthentic):
            aead.open(bytes(12), bent, b"header")
    with pytest.raises(NotAuthentic):
        aead.open(bytes(12), sealed, b"other")


@BOTH
def test_secrets_are_32_bytes_and_differ(provider):
    assert len(provider.secret()) == len(provider.mac(b"", b"")) == 32
    assert provider.secret() != provider.secret()
    assert provider.mac(b"k", b"") != provider.mac(b"l", b"")


def test_an_unknown_suite_is_refused():
    with pytest.raises(UnknownSuite):
        provider_for(3)
