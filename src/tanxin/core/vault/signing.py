"""Signatures for what is published: Ed25519 for INTL-1, SM2 with SM3 for GM-1 (extra ``sm``).

Keys are made from a 32-byte seed, so that they come out of the key tree like every other. A public
key begins with its kind, as C2SP notes want it, so that it says itself how to check with it.
"""

from enum import Enum
from importlib import import_module
from typing import Any, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tanxin.core.vault.provider import SECRET_BYTES
from tanxin.core.vault.refusals import Malformed, NotAuthentic, VaultRefusal


class Algorithm(Enum):
    """The value is the kind in front of a public key; 0xff is C2SP's door for one's own kinds."""

    ED25519 = b"\x01"
    SM2 = b"\xffsm2\x00"


# By the byte of the suite that is in force.
OF_SUITE = {1: Algorithm.ED25519, 2: Algorithm.SM2}


class Signer(Protocol):
    @property
    def public(self) -> bytes:
        """The kind, then 32 bytes for Ed25519 or an uncompressed point (65 bytes) for SM2."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Return 64 bytes for Ed25519, a DER pair of numbers for SM2."""
        ...


class SignaturesMissing(VaultRefusal):
    """The algorithm needs a package that is not installed."""

    code = "signatures_missing"


class Ed25519:
    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = Algorithm.ED25519.value + self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)


def signer_for(algorithm: Algorithm, seed: bytes) -> Signer:
    """Return the signer of ``seed``; raises ``Malformed`` or ``SignaturesMissing``."""
    if len(seed) != SECRET_BYTES:
        raise Malformed("not a seed")
    if algorithm is Algorithm.ED25519:
        return Ed25519(seed)
    signer: Signer = _sm2().Sm2(seed)
    return signer


def algorithm_of(public: bytes) -> Algorithm:
    """Return what ``public`` is a key of, or raise ``Malformed``."""
    for algorithm in Algorithm:
        if public.startswith(algorithm.value):
            return algorithm
    raise Malformed("not a kind of public key")


def check_signature(public: bytes, signature: bytes, message: bytes) -> None:
    """Return if it fits; raises ``NotAuthentic``, ``Malformed`` or ``SignaturesMissing``."""
    algorithm = algorithm_of(public)
    key = public.removeprefix(algorithm.value)
    if algorithm is Algorithm.ED25519:
        _check_ed25519(key, signature, message)
    else:
        _sm2().check_sm2(key, signature, message)


def _check_ed25519(key: bytes, signature: bytes, message: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except ValueError:
        raise Malformed("not an Ed25519 public key") from None
    except InvalidSignature:
        raise NotAuthentic("the signature does not fit") from None


def can_sign(algorithm: Algorithm) -> bool:
    """Say whether what ``algorithm`` needs is installed."""
    try:
        signer_for(algorithm, bytes(31) + b"\1")
    except SignaturesMissing:
        return False
    return True


def _sm2() -> Any:  # noqa: ANN401 - a module that may not be there
    try:
        return import_module("tanxin.core.vault.sm2")
    except ImportError:
        raise SignaturesMissing("SM2 needs the extra: pip install tanxin[sm]") from None
