"""The keeper's language: four bytes length, then one JSON object, bytes in base64.

A request is ``{"v": 1, "op": …, "args": {…}}``; an answer is ``{"v": 1, "ok": true, "result":
{…}}`` or ``{"v": 1, "ok": false, "code": …, "params": {…}}``.
"""

import binascii
import json
from base64 import b64decode, b64encode
from typing import Any

from tanxin.core.vault.refusals import Malformed, TooLong

PROTOCOL = 1
LENGTH_BYTES = 4
MAX_FRAME = 16 * 1024 * 1024


def encode_frame(message: dict[str, Any]) -> bytes:
    body = json.dumps(message, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    if len(body) > MAX_FRAME:
        raise TooLong("the message is too large for one frame")
    return len(body).to_bytes(LENGTH_BYTES, "big") + body


def frame_length(head: bytes) -> int:
    """Return how many bytes follow, or raise ``TooLong`` before any of them is read."""
    length = int.from_bytes(head, "big")
    if length > MAX_FRAME:
        raise TooLong("the message is too large for one frame")
    return length


def decode_body(body: bytes) -> dict[str, Any]:
    """Return the message or raise ``Malformed``."""
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        raise Malformed("not JSON") from None
    if not isinstance(message, dict):
        raise Malformed("not an object")
    return message


def to_text(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")


def to_bytes(text: object) -> bytes:
    """Return the bytes of a base64 field or raise ``Malformed``."""
    if not isinstance(text, str):
        raise Malformed("not base64")
    try:
        return b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Malformed("not base64") from None
