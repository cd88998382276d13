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


def named(account=ADA, person=BEN):
    """How the demo's keeper is told who is at the door."""
    return {"account": account, "person": person, "proof": {"kind": "named", "password": ""}}


class Kept:
    """A realm with sealed texts, asked for through ``call`` (a service or a socket).

    Account ``ADA`` is person ``BEN`` here, who is the subject of every record unless said otherwise.
    """

    def __init__(self, call) -> None:
        self.call = call
        self.realm = str(uuid4())
        self.call("ensure_realm", realm=self.realm)
        self._session = ""

    @property
    def session(self) -> str:
        if not self._session:
            self._session = self.login()
        return self._session

    def login(self, account=ADA, person=BEN) -> str:
        return self.call("session.open", realm=self.realm, **named(account, person))["token"]

    def record(
        self, *texts: str, field: str = "record", role: str = "subject", **more
    ) -> list[dict]:
        """Items as ``open`` wants them, one per text, of one new record of ``BEN``'s."""
        record = str(uuid4())
        party = {"person": BEN, "role": role, "may_pass_on": True} | more
        new = {"record": record, "field": field, "text": b64(texts[0].encode()), "parties": [party]}
        (made,) = self.call("create", realm=self.realm, items=[new])["made"]
        place = {"record": record, "wrapped": made["wrapped"], "field": field}
        grant = {
            name: made["grants"][0][name] for name in ("role", "may_pass_on", "start", "end", "mac")
        }
        later = [
            {**place, "version": number, "text": b64(text.encode()), "grant": grant}
            for number, text in enumerate(texts[1:], start=2)
        ]
        boxes = self.seal(later) if later else []
        return [
            {
                **place,
                "version": number,
                "sealed": box,
                "latest": number == len(texts),
                "grant": grant,
            }
            for number, box in enumerate([made["sealed"], *boxes], start=1)
        ]

    def seal(self, items, **changes) -> list[str]:
        who = {"realm": self.realm, "session": self.session, **changes}
        return self.call("seal", **who, items=items)["sealed"]

    def opening(self, items, **changes) -> dict:
        return {
            "realm": self.realm,
            "session": changes.pop("session", None) or self.session,
            "ground": "subject",
            "items": items,
            **changes,
        }

    def open(self, items, **changes) -> list[str]:
        texts = self.call("open", **self.opening(items, **changes))["texts"]
        return [b64decode(text).decode() for text in texts]

    def releases(self, record: str) -> list[dict]:
        return self.call("releases", realm=self.realm, record=record)["releases"]
