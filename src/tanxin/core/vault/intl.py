"""Suite 1, INTL-1: AES-256-GCM, SHA-256, HMAC-SHA-256, HKDF-SHA-256."""

import hmac
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tanxin.core.vault.provider import Aead, Provider
from tanxin.core.vault.refusals import NotAuthentic


class AesGcm:
    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, nonce: bytes, plaintext: bytes, header: bytes) -> bytes:
        return self._cipher.encrypt(nonce, plaintext, header)

    def open(self, nonce: bytes, ciphertext: bytes, header: bytes) -> bytes:
        try:
            return self._cipher.decrypt(nonce, ciphertext, header)
        except InvalidTag:
            raise NotAuthentic("the tag does not fit") from None


class Intl1(Provider):
    suite = 1
    name = "INTL-1"
    key_bytes = 32

    def aead(self, key: bytes) -> Aead:
        return AesGcm(key)

    def mac(self, key: bytes, data: bytes) -> bytes:
        return hmac.digest(key, data, "sha256")

    def hash(self, data: bytes) -> bytes:
        return sha256(data).digest()

    def kdf(self, secret: bytes, info: bytes, length: int) -> bytes:
        return HKDF(SHA256(), length, salt=None, info=info).derive(secret)
