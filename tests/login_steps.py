"""A phone's app and its owner, for tests: written after RFC 6238, not after what it is tried on."""

import base64
import hmac
import struct
import time
from hashlib import sha1

from django.urls import reverse

PASSWORD = "gelbe-lampe-am-fenster"


def code_of(secret: str, at: float | None = None) -> str:
    key = base64.b32decode(secret.replace(" ", ""))
    count = int(time.time() if at is None else at) // 30
    digest = hmac.new(key, struct.pack(">Q", count), sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def log_in(client, handle: str = "F100", password: str = PASSWORD, **more):
    return client.post(reverse("login:login"), {"handle": handle, "password": password} | more)


def set_up_app(client) -> tuple[str, list[str]]:
    """Returns the secret and the recovery codes."""
    page = client.get(reverse("prefs:app"))
    secret = page.context["secret"]
    answer = client.post(reverse("prefs:app"), {"code": code_of(secret)})
    return secret.replace(" ", ""), list(answer.context["codes"])
