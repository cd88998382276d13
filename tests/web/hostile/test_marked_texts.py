"""What bears a mark of a state secret is stopped before any view, and leaves one line in the log."""

import json
import logging
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from apps.org.roster import made
from talk_steps import held
from tanxin.apps.archive.models import Record
from tanxin.apps.audit.models import AuditDetail, AuditLeaf
from tanxin.apps.org.models import Upload
from tanxin.apps.talks.models import Talk

MARKED = "金丝雀转述：機 密 ☆ 1 0 年"
CANARY = "金丝雀"


def paths(resolver=None, prefix=""):
    """Every address of the site, with made-up rows in it."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from paths(
                pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            )
        elif isinstance(pattern, URLPattern):
            kinds = pattern.pattern.converters
            made_up = {name: invented(type(kind).__name__) for name, kind in kinds.items()}
            yield reverse(f"{prefix}{pattern.name}", kwargs=made_up)


def invented(kind):
    return {"UUIDConverter": uuid4(), "IntConverter": 2026}.get(kind, "xlsx")


def leaves(world):
    return AuditLeaf.objects.filter(realm=world.realm_id, event="marking.refused").count()


def everything_stored():
    """All rows of all tables, as one text."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += [table, *map(str, cursor.fetchall())]
    return "\n".join(rows)


def test_no_address_lets_a_marked_field_through(world):
    client = world.client("ada")
    asked = list(paths())

    for path in asked:
        answer = client.post(path, {"whatever": MARKED})
        assert answer.status_code == 422, path
        assert CANARY not in answer.content.decode()

    assert leaves(world) == len(asked) > 40
    assert CANARY not in everything_stored()


def carriers():
    """Everything in which text can travel."""
    docx = made.zipped(
        {
            "word/document.xml": "<w:p><w:r><w:t>机</w:t></w:r><w:r><w:t>密★10年</w:t></w:r></w:p>".encode()
        }
    )
    name = SimpleUploadedFile("机密★10年 名册.csv", b"x")
    return {
        "value": {"data": {"text": MARKED}},
        "name of a field": {"data": {MARKED: "x"}},
        "file name": {"data": {"file": name}},
        "text file": {"data": {"file": SimpleUploadedFile("a.txt", MARKED.encode("gb18030"))}},
        "document": {"data": {"file": SimpleUploadedFile("a.docx", docx)}},
        "packed document": {"data": {"file": SimpleUploadedFile("a.zip", made.zipped({"b.docx": docx}))}},
        "json": {"data": json.dumps({"a": ["机密★10年"]}), "content_type": "application/json"},
        "query": {"QUERY_STRING": "q=%E6%9C%BA%E5%AF%86%E2%98%8510%E5%B9%B4"},
    }  # fmt: skip


@pytest.mark.parametrize("carrier", list(carriers()))
def test_whatever_carries_it_one_entry_is_all_that_remains(world, carrier, caplog):
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, "django.db.backends")
    client, before = world.client("dora"), everything_stored().count("\n")

    answer = client.post(reverse("roster:start"), **carriers()[carrier])

    assert answer.status_code == 422
    assert "保密员" in answer.content.decode()
    assert everything_stored().count("\n") == before + 2  # the leaf, and what it says
    assert AuditDetail.objects.latest("leaf__seq").content["rule"] == "M1"
    assert AuditLeaf.objects.latest("seq").person == world.dora
    assert not Upload.objects.exists()
    for text in (CANARY, "机密★", "機"):
        assert text not in caplog.text + str(AuditDetail.objects.latest("leaf__seq").content)


def test_a_record_and_its_draft_are_stopped_before_anything_is_sealed(world):
    talk, client = held(world), world.client("ada")
    fields = {"form": str(uuid4()), "expected_version": "0", "text": f"谈了工作。{MARKED}"}

    page = client.post(reverse("talks:write", args=[talk.pk]), fields)
    kept = client.post(
        reverse("talks:draft", args=[talk.pk]), fields, headers={"HX-Request": "true"}
    )

    assert (page.status_code, kept.status_code) == (422, 422)
    assert kept["HX-Retarget"] == "#toasts"
    assert "未保存任何内容" in kept.content.decode()
    assert not Record.objects.exists()
    assert Talk.objects.get().state == "held"


def test_a_page_that_is_not_there_does_not_log_a_marked_address(world, caplog):
    answer = world.client("ada").get("/机密★10年/")

    assert answer.status_code == 422
    assert "机密" not in caplog.text


def test_nobody_in_particular_leaves_a_line_and_no_text(world, caplog):
    answer = Client().post(reverse("login:login"), {"username": MARKED, "password": "x"})

    assert answer.status_code == 422
    assert "M1" in caplog.text
    assert CANARY not in caplog.text
    assert leaves(world) == 0


@pytest.mark.parametrize(
    "text", ["保守秘密，做好机密文件柜的管理", "自评★★★★☆，近10年", "长期坚持"]
)
def test_bare_words_and_stars_are_written_like_anything_else(world, text):
    talk = held(world)
    fields = {"form": str(uuid4()), "expected_version": "0", "text": text, "unclassified": "on"}

    world.client("ada").post(reverse("talks:write", args=[talk.pk]), fields)

    assert Talk.objects.get().state == "recorded"
