"""What a cryptographic suite must offer. A new suite is a new ``Provider`` and a new byte."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from secrets import token_bytes
from typing import ClassVar, Protocol

SECRET_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16


class Aead(Protocol):
    """An authenticated cipher that already holds its key."""

    def seal(self, nonce: bytes, plaintext: bytes, header: bytes) -> bytes: ...

    def open(self, nonce: bytes, ciphertext: bytes, header: bytes) -> bytes:
        """Return the plaintext or raise ``NotAuthentic``."""
        ...


class Provider(ABC):
    """One suite. Secrets are 32 bytes in every suite; cipher keys are derived to ``key_bytes``."""

    suite: ClassVar[int]
    name: ClassVar[str]
    key_bytes: ClassVar[int]

    def __init__(self, random: Callable[[int], bytes] = token_bytes) -> None:
        self.random = random

    @abstractmethod
    def aead(self, key: bytes) -> Aead: ...

    @abstractmethod
    def mac(self, key: bytes, data: bytes) -> bytes:
        """HMAC over the suite's hash, 32 bytes."""

    @abstractmethod
    def hash(self, data: bytes) -> bytes:
        """Hash of the suite, 32 bytes."""

    @abstractmethod
    def kdf(self, secret: bytes, info: bytes, length: int) -> bytes:
        """HKDF (RFC 5869) over the suite's hash, without salt."""

    def secret(self) -> bytes:
        return self.random(SECRET_BYTES)
