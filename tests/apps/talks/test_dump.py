"""A stolen database shows when people talked, and nothing of what they said or who they are."""

import base64
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from talk_steps import agreed, asked, digest_of, held, proposed, write
from tanxin.apps.archive.services import Window, save_draft
from tanxin.apps.talks import services
from world import NAMES

CANARY = "金丝雀"


def spelled(text):
    """The ways in which a text may lie in a file."""
    for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
        raw = text.encode(code)
        yield raw
        yield raw.hex().encode()
        yield base64.b64encode(raw).rstrip(b"=")[:-1]
    yield text.encode("unicode_escape")


def everything_is_typed(world):
    now, ada, ben = timezone.now(), world.actor("ada"), world.actor("ben")
    talk = held(world, ago=timedelta(days=9), place=f"{CANARY}会议室")
    save_draft(ada, "record", talk.pk, {"text": f"{CANARY}草稿"}, window=Window(uuid4()), at=now)
    write(world, talk, f"{CANARY}记录", memo=f"{CANARY}备忘", late_reason=f"{CANARY}迟了")
    save_draft(ada, "record", talk.pk, {"text": f"{CANARY}草稿"}, window=Window(uuid4()), at=now)
    services.dispute_record(
        ben, talk.pk, verdict="not_right", digest=digest_of(talk), remark=f"{CANARY}异议", at=now
    )
    services.add_remark(ben, talk.pk, text=f"{CANARY}附言", at=now)
    services.cancel(ada, agreed(world).pk, reason=f"{CANARY}取消", at=now)
    services.refuse(ben, proposed(world).pk, reason=f"{CANARY}谢绝", at=now)
    request = asked(world, topic=f"{CANARY}想谈")
    services.refuse_request(ada, request.pk, reason=f"{CANARY}不便", at=now)


def test_neither_words_nor_names_reach_the_database_or_its_log(world):
    with CaptureQueriesContext(connection) as log:
        everything_is_typed(world)
    statements = "\n".join(query["sql"] for query in log).encode()
    rows = b"".join(raw_rows())

    for secret in (CANARY, *NAMES.values()):
        for bytes_ in spelled(secret):
            assert bytes_ not in statements
            assert bytes_ not in rows


def raw_rows():
    """Every column of every table as bytes, as they lie in the database."""
    for model in apps.get_models():
        for values in model.objects.values_list():
            for value in values:
                yield bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                yield b"\n"


def test_the_search_itself_would_find_what_is_plain(world):
    rows = b"".join(raw_rows())

    assert "规划处".encode() in rows


@pytest.mark.parametrize("name", ["cleo", "dora"])
def test_nobody_else_gets_a_single_byte_of_it(world, name):
    everything_is_typed(world)
    client = world.client(name)

    for address in ("/talks/", "/talks/?show=realm", "/talks/requests/"):
        assert CANARY not in client.get(address).content.decode()
