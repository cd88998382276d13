"""What a stolen database is worth at the door: nothing (T07, T09, G16).

Everything a login writes is filled with canaries and looked for in nine spellings; then every value
of the dump is tried as cookie, seed, recovery code and reset code.
"""

import base64
import json
import re
import time
import zlib
from urllib.parse import quote_from_bytes

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from login_steps import code_of, log_in, set_up_app
from software_key import SoftwareKey
from tanxin.apps.accounts.models import LoginFailures
from tanxin.apps.accounts.passwords import account_of_code
from tanxin.apps.accounts.sign_in import WrongLogin
from tanxin.apps.sealing import client as sealing
from tanxin.core.access import Role

HOME = reverse("home:home")
WORD = "金丝雀密码穿过雨巷" + "x7"
WORDS_OF_A_DUMP = re.compile(rb"[A-Za-z0-9+/=_.\-]{6,}")


def spelled(text: str) -> set[bytes]:
    """Nine ways in which a text may lie in a file."""
    raw = text.encode()
    return {
        raw, text.encode("utf-16-le"), text.encode("utf-16-be"), text.encode("gb18030"),
        base64.b64encode(raw).rstrip(b"=")[:-1], base64.b32encode(raw).rstrip(b"=")[:-1],
        raw.hex().encode(), quote_from_bytes(raw).encode(), json.dumps(text)[1:-1].encode(),
    }  # fmt: skip


def dumped() -> bytes:
    """The whole database: each value as it lies there, and inflated where it was deflated."""
    parts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                parts += [as_bytes(value) for value in row if value is not None]
    parts += [inflated(part) for part in parts]
    return b"\n".join(parts)


def as_bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def inflated(value: bytes) -> bytes:
    try:
        return zlib.decompress(value)
    except zlib.error:
        return b""


@pytest.fixture
def written(fay):
    """Everything that logging in writes; returns the secrets and the cookie of an open login."""
    fay.entrust("cleo", Role.SECURITY_ADMIN)
    sealing.entrust_task(fay.realm_id, fay.session("cleo"), fay.cleo, "security", on=True)
    owner = Client(SERVER_NAME="localhost", headers={"User-Agent": f"Firefox {WORD}"})
    log_in(owner)
    owner.post(reverse("prefs:password"), {"new_password": WORD, "password_again": WORD})
    secret, codes = set_up_app(owner)
    options = owner.get(reverse("prefs:passkey")).context["options"]
    owner.post(
        reverse("prefs:passkey"), {"name": WORD, "credential": SoftwareKey().create(options)}
    )
    waiting = Client()
    log_in(waiting, password=WORD, next=f"/{quote_from_bytes(WORD.encode())}/")
    log_in(Client(), handle=WORD, password=WORD)
    fay.person("gus")
    fay.account("gus", handle="G100")
    code = fay.client("cleo").post(reverse("login:code", args=[fay.people["gus"]])).context["code"]
    session = owner.session
    session["said"] = WORD
    session.save()
    return {
        "secrets": [
            WORD, secret, *codes, code, code.replace("-", ""), owner.session["keeper"],
            owner.cookies["sessionid"].value, waiting.cookies["sessionid"].value,
        ],
        "seed": secret, "codes": codes, "code": code, "cookie": owner.cookies["sessionid"].value,
    }  # fmt: skip


def test_no_secret_of_a_login_lies_in_the_database(written):
    everything = dumped()

    found = [
        (secret, spelling)
        for secret in written["secrets"]
        for spelling in spelled(secret)
        if spelling in everything
    ]
    assert found == []
    assert b"F100" in everything


def test_nothing_in_the_database_opens_a_door(written):
    values = sorted({value.decode() for value in WORDS_OF_A_DUMP.findall(dumped())})
    assert len(values) > 100

    accepted = [value for value in values if cookie_opens(value)]
    accepted += [value for value in values if is_the_seed(value, written["seed"])]
    accepted += [value for value in values if value in written["codes"]]
    accepted += [value for value in values if reset_opens(value)]

    assert accepted == []


def cookie_opens(value: str) -> bool:
    client = Client()
    client.cookies["sessionid"] = value
    return client.get(HOME).status_code == 200


def is_the_seed(value: str, seed: str) -> bool:
    """Would an app fed with it show the right codes?"""
    try:
        return code_of(value, time.time()) == code_of(seed, time.time())
    except ValueError:
        return False


def reset_opens(value: str) -> bool:
    LoginFailures.objects.all().delete()  # the limiter is not what is tried here
    try:
        account_of_code("G100", value, source="10.0.0.1", at=timezone.now())
    except WrongLogin:
        return False
    return True


def test_the_search_itself_would_find_what_is_plain(written):
    everything = dumped()

    assert any(spelling in everything for spelling in spelled("规划处"))
    assert cookie_opens(written["cookie"])
    assert reset_opens(written["code"])
    assert is_the_seed(written["seed"], written["seed"])
