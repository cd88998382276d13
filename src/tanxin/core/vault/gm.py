"""Suite 2, GM-1: SM4-128-GCM (RFC 8998), SM3, HMAC-SM3, HKDF-SM3."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.hashes import SM3, Hash
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tanxin.core.vault.provider import TAG_BYTES, Aead, Provider
from tanxin.core.vault.refusals import NotAuthentic


class Sm4Gcm:
    def __init__(self, key: bytes) -> None:
        self._algorithm = SM4(key)

    def seal(self, nonce: bytes, plaintext: bytes, header: bytes) -> bytes:
        encryptor = Cipher(self._algorithm, GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(header)
        return encryptor.update(plaintext) + encryptor.finalize() + encryptor.tag

    def open(self, nonce: bytes, ciphertext: bytes, header: bytes) -> bytes:
        body, tag = ciphertext[:-TAG_BYTES], ciphertext[-TAG_BYTES:]
        if len(tag) != TAG_BYTES:
            raise NotAuthentic("there is no whole tag")
        decryptor = Cipher(self._algorithm, GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(header)
        plaintext = decryptor.update(body)
        try:
            return plaintext + decryptor.finalize()
        except InvalidTag:
            raise NotAuthentic("the tag does not fit") from None


class Gm1(Provider):
    suite = 2
    name = "GM-1"
    key_bytes = 16

    def aead(self, key: bytes) -> Aead:
        return Sm4Gcm(key)

    def mac(self, key: bytes, data: bytes) -> bytes:
        mac = HMAC(key, SM3())
        mac.update(data)
        return mac.finalize()

    def hash(self, data: bytes) -> bytes:
        digest = Hash(SM3())
        digest.update(data)
        return digest.finalize()

    def kdf(self, secret: bytes, info: bytes, length: int) -> bytes:
        return HKDF(SM3(), length, salt=None, info=info).derive(secret)
