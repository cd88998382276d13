"""One byte string per JSON value (the part of RFC 8785 that needs no floats)."""

import json
from collections.abc import Mapping
from typing import TypeAlias

from tanxin.core.vault.refusals import VaultRefusal

Json: TypeAlias = "bool | int | str | list[Json] | tuple[Json, ...] | Mapping[str, Json] | None"
_SAFE = 2**53 - 1


class NotCanonical(VaultRefusal):
    """The value has no single spelling: a float, a huge number, a key that is not ASCII."""

    code = "not_canonical"


def canonical(value: Json) -> bytes:
    """Return UTF-8 JSON with sorted keys and no spaces, or raise ``NotCanonical``."""
    text = json.dumps(
        _checked(value), ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise NotCanonical("half a character") from None


def _checked(value: object) -> object:
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, int) and -_SAFE <= value <= _SAFE:
        return value
    if isinstance(value, (list, tuple)):
        return [_checked(item) for item in value]
    if isinstance(value, Mapping):
        return {_key(key): _checked(item) for key, item in value.items()}
    raise NotCanonical(f"{type(value).__name__} has no single spelling")


def _key(key: object) -> str:
    if isinstance(key, str) and key.isascii():
        return key
    raise NotCanonical("keys are ASCII texts")
