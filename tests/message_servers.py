"""Servers on this machine that take messages as the vendors' do, and look at what they are given."""

import hmac
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

SECRET = "shared-by-two"
NOBODY = "nobody-here"
Said = tuple[int, object]


@dataclass
class Asked:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    raw: bytes

    @property
    def body(self) -> Any:
        return json.loads(self.raw) if self.raw else {}


@dataclass
class Kept:
    """``asked`` is all that came; ``answers`` overrides what is said next, one by one."""

    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    answers: list[Said] = field(default_factory=list)

    def to(self, path: str) -> list[Asked]:
        return [one for one in self.asked if one.path == path]


def wecom(asked: Asked) -> Said:
    if asked.path == "/cgi-bin/gettoken":
        right = asked.query == {"corpid": "corp", "corpsecret": SECRET}
        return 200, {"errcode": 0, "access_token": "T", "expires_in": 7200} if right else {
            "errcode": 40001
        }
    if asked.query != {"access_token": "T"}:
        return 200, {"errcode": 40014, "errmsg": "invalid access_token"}
    gone = NOBODY if asked.body["touser"] == NOBODY else ""
    return 200, {"errcode": 0, "errmsg": "ok", "invaliduser": gone}


def dingtalk(asked: Asked) -> Said:
    if asked.path == "/gettoken":
        right = asked.query == {"appkey": "key", "appsecret": SECRET}
        return 200, {"errcode": 0, "access_token": "T", "expires_in": 7200} if right else {
            "errcode": 40089
        }
    if asked.query != {"access_token": "T"}:
        return 200, {"errcode": 88, "sub_code": "40014"}
    return 200, {"errcode": 33012 if asked.body["userid_list"] == NOBODY else 0}


def feishu(asked: Asked) -> Said:
    if asked.path.startswith("/open-apis/auth/"):
        right = asked.body == {"app_id": "app", "app_secret": SECRET}
        return 200, {"code": 0, "tenant_access_token": "T", "expire": 7200} if right else {
            "code": 10014
        }
    if asked.headers.get("Authorization") != "Bearer T":
        return 400, {"code": 99991663}
    return (400, {"code": 230013}) if asked.body["receive_id"] == NOBODY else (200, {"code": 0})


def webhook(asked: Asked) -> Said:
    signed = asked.headers["X-Tanxin-Timestamp"].encode() + b"." + asked.raw
    right = "v1=" + hmac.new(SECRET.encode(), signed, sha256).hexdigest()
    if asked.headers["X-Tanxin-Signature"] != right:
        return 401, {}
    return (410 if asked.body["to"] == NOBODY else 204), None


VENDORS: dict[str, Callable[[Asked], Said]] = {
    "wecom": wecom, "dingtalk": dingtalk, "feishu": feishu, "webhook": webhook,
}  # fmt: skip


@contextmanager
def message_server(vendor: str) -> Iterator[Kept]:
    kept, answer = Kept(), VENDORS[vendor]

    class Handler(BaseHTTPRequestHandler):
        def taken(self) -> None:
            parts = urlsplit(self.path)
            size = int(self.headers.get("Content-Length") or 0)
            asked = Asked(
                self.command, parts.path, dict(parse_qsl(parts.query)), dict(self.headers),
                self.rfile.read(size),
            )  # fmt: skip
            kept.asked.append(asked)
            status, said = kept.answers.pop(0) if kept.answers else answer(asked)
            body = (
                b""
                if said is None
                else said
                if isinstance(said, bytes)
                else json.dumps(said).encode()
            )
            self.send_response(status)
            if status == 302:
                self.send_header("Location", kept.url)
            if status != 204:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = taken  # noqa: N815 - the server's own names

        def log_message(self, *_: object) -> None:
            """Nothing: pytest shows what fails."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    kept.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def switched_on(settings: Any, vendor: str, url: str) -> None:
    """The site's settings name the server of this vendor and no other."""
    at = {
        "wecom": {"api": url, "corp": "corp", "agent": "1000002", "secret": SECRET},
        "dingtalk": {"api": url, "key": "key", "agent": "1000002", "secret": SECRET},
        "feishu": {"api": url, "app": "app", "id_type": "user_id", "secret": SECRET},
        "webhook": {"url": f"{url}/oa", "secret": SECRET},
    }
    setattr(settings, f"TANXIN_{vendor.upper()}", at[vendor])
