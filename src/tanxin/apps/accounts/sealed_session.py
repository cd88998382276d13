"""The two secrets that a cookie stands for: a name to find its row by, and a key to read it with.

Neither can be had from the other, nor the cookie from either; a stolen table logs nobody in.
"""

from hashlib import sha256
from secrets import token_bytes

from tanxin.core.vault.provider import NONCE_BYTES, Aead
from tanxin.core.vault.refusals import NotAuthentic
from tanxin.core.vault.suites import provider_for

_SUITE = 1
_KEY_INFO = b"tanxin session content"


def digest_of(cookie: str) -> str:
    return sha256(cookie.encode()).hexdigest()


def seal(cookie: str, bound_to: str, content: bytes) -> bytes:
    """``bound_to`` says what else the row says; the content is unreadable beside anything else."""
    nonce = token_bytes(NONCE_BYTES)
    return nonce + _cipher(cookie).seal(nonce, content, bound_to.encode())


def unseal(cookie: str, bound_to: str, sealed: bytes) -> bytes | None:
    """None for a row that was changed."""
    nonce, content = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return _cipher(cookie).open(nonce, content, bound_to.encode())
    except NotAuthentic:
        return None


def _cipher(cookie: str) -> Aead:
    provider = provider_for(_SUITE)
    return provider.aead(provider.kdf(cookie.encode(), _KEY_INFO, provider.key_bytes))
