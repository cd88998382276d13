"""When everything goes wrong at once, what somebody typed is in no log and in no file."""

import logging
import sys
import tempfile
import zlib
from io import BytesIO
from uuid import uuid4

import pytest
from django.conf import settings as live_settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse

import canaries
from talk_steps import proposed
from tanxin.config import urls
from tanxin.config.quiet_logs import ReporterWithoutLocals, WithoutWords

CANARY = "金丝雀辰巳：家里有人病重"


def breaks(request):
    confided = {"deep": [request.POST["text"]]}
    try:
        {}[confided["deep"][0]]
    except KeyError as first:
        raise ValueError(f"cannot read {confided}") from first


def breaks_the_database(request):
    confided = request.POST["text"]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO nowhere (a) VALUES (%s)", [confided])
    return HttpResponse()


urlpatterns = [*urls.urlpatterns, path("breaks/", breaks), path("database/", breaks_the_database)]
handler400, handler403, handler404, handler500 = (
    urls.handler400, urls.handler403, urls.handler404, urls.handler500,
)  # fmt: skip


@pytest.fixture
def everything_logged(tmp_path):
    """Our own formatter on the most talkative of all logs."""
    file = tmp_path / "everything.log"
    handler = logging.FileHandler(file, encoding="utf-8")
    handler.setFormatter(WithoutWords(live_settings.LOGGING["formatters"]["plain"]["format"]))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield file
    root.setLevel(before)
    root.removeHandler(handler)
    handler.close()


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.parametrize("where", ["/breaks/", "/database/"])
def test_an_error_is_logged_by_its_place_and_never_by_its_words(
    world, settings, everything_logged, temporary, where
):
    settings.ROOT_URLCONF = __name__
    client = world.client("ada")
    client.raise_request_exception = False

    answer = client.post(where, {"text": CANARY})

    log = everything_logged.read_text("utf-8")
    assert answer.status_code == 500
    assert CANARY not in answer.content.decode()
    assert f"Internal Server Error: {where}" in log
    assert "test_canaries.py" in log
    assert canaries.found_below(everything_logged.parent, [CANARY]) == {}


def test_a_report_of_an_error_has_neither_variables_nor_words(rf):
    request = rf.post("/breaks/", {"text": CANARY})
    try:
        breaks(request)
    except ValueError:
        reporter = ReporterWithoutLocals(request, *sys.exc_info())

    told = (
        reporter.get_traceback_text()
        + reporter.get_traceback_html()
        + str(reporter.get_traceback_data())
    )
    assert "ValueError" in told
    assert CANARY not in told
    assert "金丝雀" not in told


def multipart(text, filler=b""):
    parts = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="'
        + text.encode()
        + b'.txt"\r\n\r\n'
    )
    return parts + text.encode() + filler + b"\r\n--x--\r\n"


class CutOff(BytesIO):
    """A connection that ends in the middle."""

    def read(self, size=-1):
        held = super().read(min(size, 2**16) if size and size > 0 else 2**16)
        if not held:
            raise OSError("connection reset")
        return held


def test_an_upload_cut_off_in_the_middle_leaves_nothing(world, everything_logged, temporary):
    body = multipart(CANARY, bytes(10 * 2**20))
    dora = world.client("dora")
    dora.get(reverse("roster:start"))
    environ = dora._base_environ(
        PATH_INFO=reverse("roster:start"), REQUEST_METHOD="POST", CONTENT_LENGTH=str(len(body)),
        CONTENT_TYPE="multipart/form-data; boundary=x", **{"wsgi.input": CutOff(body[: len(body) // 2])},
    )  # fmt: skip
    dora.handler._middleware_chain or dora.handler.load_middleware()

    answer = dora.handler.get_response(WSGIRequest(environ))

    assert answer.status_code in {400, 422, 500, 403, 302}
    assert list(temporary.iterdir()) == []
    assert canaries.found_below(everything_logged.parent, [CANARY]) == {}


def test_a_record_a_draft_and_an_upload_leave_nothing_in_clear(world, everything_logged, temporary):
    client = world.client("ada")
    url = f"{reverse('talks:ask')}?of={world.emil}"
    client.post(url, {"form": str(uuid4()), "channel": "face", "topic": CANARY})
    client.get(reverse("talks:mine"))
    talk = proposed(world)
    client.post(reverse("preparing:outline", args=[talk.pk]), {"text": CANARY})
    topics = reverse("preparing:topics", args=[talk.pk])
    world.client("ben").post(topics, {"expected_version": 0, "text": CANARY})
    client.get(reverse("preparing:sheet", args=[talk.pk]))
    dora = world.client("dora")
    dora.post(
        reverse("roster:start"),
        {"on": "2026-11-23", "file": BytesIO(f"姓名,单位\n{CANARY},局".encode())},
    )

    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += [
                bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
                for row in cursor.fetchall()
                for cell in row
            ]
    assert canaries.found_in(b"\n".join(rows), [CANARY]) == set()
    assert list(temporary.iterdir()) == []
    assert canaries.found_below(everything_logged.parent, [CANARY]) == {}


@pytest.mark.parametrize(
    "form", ["utf-8", "utf-16-le", "gb18030", "hex", "url", "json", "base64+1", "zlib utf-8"]
)
def test_the_search_would_find_it(form):
    data = (
        zlib.compress(f"x{CANARY}y".encode())
        if form.startswith("zlib")
        else canaries.forms(CANARY)[form]
    )

    assert (CANARY, form) in canaries.found_in(b"..." + data + b"...", [CANARY])


def test_a_client_that_is_nobody_leaves_nothing_either(db, everything_logged, temporary):
    Client().post(reverse("login:login"), {"username": CANARY, "password": CANARY})

    assert canaries.found_below(everything_logged.parent, [CANARY]) == {}
