"""What makes two derivations find the same duty."""

from collections.abc import Hashable
from hashlib import blake2b
from uuid import UUID

KEY_SIZE = 16


def id_bytes(value: Hashable) -> bytes:
    """Return 16 bytes for an id; a UUID, its integer and its bytes give the same."""
    if isinstance(value, bytes) and len(value) == KEY_SIZE:
        return value
    if isinstance(value, UUID):
        return value.int.to_bytes(KEY_SIZE, "big")
    if isinstance(value, int):
        return (value % (1 << 128)).to_bytes(KEY_SIZE, "big")
    text = value if isinstance(value, bytes) else str(value).encode()
    return blake2b(text, digest_size=KEY_SIZE).digest()


def seed(pack: str, rule: str, window: str, ordinal: int) -> bytes:
    """Return what all duties of one rule, window and ordinal share; the version is no part."""
    text = "\0".join((pack, rule, window, str(ordinal))).encode()
    return blake2b(text, digest_size=KEY_SIZE).digest()
