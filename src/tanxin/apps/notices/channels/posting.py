"""One request to a server of the organisation or of a vendor: in time, in JSON, not redirected."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from tanxin.apps.notices.channels.refusals import NotSent

SECONDS = 10
MOST_BYTES = 65_536
SERVER_FAILED, TOO_MANY = 500, 429


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    said: Mapping[str, Any]

    def number(self, name: str, default: int = -1) -> int:
        value = self.said.get(name, default)
        return value if isinstance(value, int) else default

    def text(self, name: str) -> str:
        value = self.said.get(name, "")
        return value if isinstance(value, str) else ""


def ask(
    method: str, url: str, body: bytes = b"", headers: Mapping[str, str] | None = None
) -> Answer:
    """Raises ``NotSent`` where there is no answer in time, or none that can be read."""
    whole = {"Content-Type": "application/json; charset=utf-8", **(headers or {})}
    try:
        status, said = exchange(method, url, body, whole)
    except (OSError, HTTPException, ValueError, RecursionError) as failed:
        raise NotSent from failed
    if status >= SERVER_FAILED or status == TOO_MANY:
        raise NotSent(status)
    return Answer(status, said if isinstance(said, dict) else {})


def exchange(method: str, url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, Any]:
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    where = f"{parts.path}?{parts.query}" if parts.query else parts.path
    connection = kind(parts.hostname or "", parts.port, timeout=SECONDS)
    try:
        connection.request(method, where, body, dict(headers))
        response = connection.getresponse()
        read = response.read(MOST_BYTES)
    finally:
        connection.close()
    return response.status, json.loads(read) if read.strip() else {}


def post(url: str, body: Mapping[str, object], headers: Mapping[str, str] | None = None) -> Answer:
    return ask("POST", url, json.dumps(body, ensure_ascii=False).encode(), headers)
