"""Talking to a keeper the way any program could, without our client."""

import json
import socket
from base64 import b64decode, b64encode
from contextlib import contextmanager
from uuid import uuid4

ADA, BEN = str(uuid4()), str(uuid4())


def b64(raw: bytes) -> str:
    return b64encode(raw).decode()


@contextmanager
def connected(path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
        sock.settimeout(20)
        sock.connect(str(path))
        yield sock


def send(sock, body: bytes) -> None:
    sock.sendall(len(body).to_bytes(4, "big") + body)


def receive(sock):
    """The next answer, or nothing when the keeper hung up."""
    data = b""
    while len(data) < 4 or len(data) < 4 + int.from_bytes(data[:4], "big"):
        part = sock.recv(65536)
        if not part:
            return None
        data += part
    return json.loads(data[4:])


def ask(path, op, **args):
    with connected(path) as sock:
        send(sock, json.dumps({"v": 1, "op": op, "args": args}).encode())
        return receive(sock)


def result(path, op, **args):
    answer = ask(path, op, **args)
    assert answer["ok"], answer
    return answer["result"]


class Kept:
    """A realm with sealed texts, asked for through ``call`` (a service or a socket)."""

    def __init__(self, call) -> None:
        self.call = call
        self.realm = str(uuid4())
        self.call("ensure_realm", realm=self.realm)

    def record(self, *texts: str, field: str = "record") -> list[dict]:
        """Items as ``open`` wants them, one per text, of one new record."""
        record = str(uuid4())
        (wrapped,) = self.call("new_records", realm=self.realm, records=[record])["wrapped"]
        items = [
            {"record": record, "wrapped": wrapped, "field": field, "version": number}
            for number in range(1, len(texts) + 1)
        ]
        drafts = [
            {**item, "text": b64(text.encode())} for item, text in zip(items, texts, strict=True)
        ]
        sealed = self.call("seal", realm=self.realm, items=drafts)["sealed"]
        return [{**item, "sealed": box} for item, box in zip(items, sealed, strict=True)]

    def opening(self, items, **changes) -> dict:
        return {
            "realm": self.realm,
            "actor": ADA,
            "person": BEN,
            "session": "s",
            "ground": "subject",
            "items": items,
            **changes,
        }

    def open(self, items, **changes) -> list[str]:
        texts = self.call("open", **self.opening(items, **changes))["texts"]
        return [b64decode(text).decode() for text in texts]

    def releases(self, record: str) -> list[dict]:
        return self.call("releases", realm=self.realm, record=record)["releases"]
