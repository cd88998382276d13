"""Signatures of both suites: frozen ones fit for ever, bent ones never."""

import json
import shutil
import subprocess
from base64 import b64encode
from itertools import chain
from pathlib import Path

import pytest

from tanxin.core.vault.refusals import Malformed, NotAuthentic, VaultRefusal
from tanxin.core.vault.signing import (
    OF_SUITE,
    Algorithm,
    SignaturesMissing,
    algorithm_of,
    can_sign,
    check_signature,
    signer_for,
)
from tanxin.core.vault.suites import SUITES

VECTORS = json.loads(Path(__file__).with_name("signatures.json").read_text(encoding="utf-8"))
NEVER = [(v, name) for v in VECTORS for name in v["never"]]
BOTH = pytest.mark.parametrize("algorithm", list(Algorithm))
SEED = bytes(range(32))


def check(vector, **changes):
    values = {
        "public": bytes.fromhex(vector["public"]),
        "message": bytes.fromhex(vector["message"]),
        "signature": bytes.fromhex(vector["signature"]),
        **changes,
    }
    check_signature(**values)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["name"])
def test_what_was_signed_fits(vector):
    check(vector)
    assert (
        signer_for(Algorithm[vector["algorithm"]], bytes.fromhex(vector["seed"])).public.hex()
        == vector["public"]
    )


@pytest.mark.parametrize(("vector", "name"), NEVER)
def test_what_was_bent_never_fits(vector, name):
    with pytest.raises(VaultRefusal):
        check(vector, **{part: bytes.fromhex(raw) for part, raw in vector["never"][name].items()})


def test_there_are_more_refusals_than_acceptances():
    assert len(NEVER) > 5 * len(VECTORS)


@BOTH
def test_every_bit_of_a_signature_counts(algorithm):
    signer = signer_for(algorithm, SEED)
    signature = signer.sign(b"checkpoint")
    for at, bit in chain.from_iterable(((at, b) for b in range(8)) for at in range(len(signature))):
        bent = bytearray(signature)
        bent[at] ^= 1 << bit
        with pytest.raises((NotAuthentic, Malformed)):
            check_signature(signer.public, bytes(bent), b"checkpoint")


@BOTH
def test_another_key_or_message_does_not_fit(algorithm):
    signer, other = signer_for(algorithm, SEED), signer_for(algorithm, bytes(31) + b"\7")
    signature = signer.sign(b"checkpoint")
    check_signature(signer.public, signature, b"checkpoint")
    for public, message in ((other.public, b"checkpoint"), (signer.public, b"checkpoint\n")):
        with pytest.raises(NotAuthentic):
            check_signature(public, signature, message)


@BOTH
def test_a_signature_of_the_other_suite_never_fits(algorithm):
    other = next(a for a in Algorithm if a is not algorithm)
    mine, theirs = signer_for(algorithm, SEED), signer_for(other, SEED)
    with pytest.raises(NotAuthentic):
        check_signature(mine.public, theirs.sign(b"m"), b"m")
    relabelled = algorithm.value + theirs.public.removeprefix(other.value)
    with pytest.raises(Malformed):
        check_signature(relabelled, mine.sign(b"m"), b"m")


@BOTH
def test_a_seed_is_32_bytes(algorithm):
    for seed in (b"", bytes(31), bytes(33)):
        with pytest.raises(Malformed):
            signer_for(algorithm, seed)


def test_sm2_keys_stay_within_the_order():
    assert len(signer_for(Algorithm.SM2, bytes(32)).public) == 5 + 65
    assert len(signer_for(Algorithm.SM2, b"\xff" * 32).public) == 5 + 65


def test_sm2_signatures_satisfy_another_implementation(tmp_path):
    openssl = shutil.which("openssl")
    assert openssl, "OpenSSL's command is part of every system we run on"
    signer = signer_for(Algorithm.SM2, SEED)
    # SubjectPublicKeyInfo: id-ecPublicKey, curve 1.2.156.10197.1.301.
    der = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200") + signer.public[5:]
    pem = b"-----BEGIN PUBLIC KEY-----\n" + b64encode(der) + b"\n-----END PUBLIC KEY-----\n"
    (tmp_path / "key.pem").write_bytes(pem)
    (tmp_path / "message").write_bytes(b"checkpoint")
    (tmp_path / "signature").write_bytes(signer.sign(b"checkpoint"))

    def fits():
        command = ["pkeyutl", "-verify", "-pubin", "-inkey", "key.pem", "-in", "message", "-rawin"]
        more = ["-digest", "sm3", "-sigfile", "signature", "-pkeyopt", "distid:1234567812345678"]
        done = subprocess.run(
            [openssl, *command, *more], check=False, cwd=tmp_path, capture_output=True
        )
        return done.returncode == 0

    assert fits()
    (tmp_path / "message").write_bytes(b"checkpoinT")
    assert not fits()


def test_without_its_package_sm2_is_refused_in_words(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "tanxin.core.vault.sm2", None)
    with pytest.raises(SignaturesMissing, match="tanxin\\[sm\\]"):
        signer_for(Algorithm.SM2, SEED)
    assert not can_sign(Algorithm.SM2)
    assert can_sign(Algorithm.ED25519)


def test_a_public_key_says_what_it_is():
    assert set(OF_SUITE) == set(SUITES)
    for suite, algorithm in OF_SUITE.items():
        assert algorithm_of(signer_for(algorithm, SEED).public) is algorithm, suite
    for public in (b"", b"\x02" + bytes(32), b"\xff" + bytes(65)):
        with pytest.raises(Malformed):
            check_signature(public, bytes(64), b"m")


def test_with_its_package_both_can_sign():
    assert all(map(can_sign, Algorithm))
