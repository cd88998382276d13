import tempfile
from pathlib import Path

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from tanxin.config.safe_doors import the_marking_door_stands, uploads_stay_in_memory


def test_as_delivered_both_doors_stand():
    assert the_marking_door_stands() == uploads_stay_in_memory() == []


def test_a_site_without_the_marking_door_does_not_start(settings):
    settings.MIDDLEWARE = settings.MIDDLEWARE[:-1]

    assert [fault.id for fault in the_marking_door_stands()] == ["tanxin.E010"]


def test_a_middleware_behind_the_door_does_not_start(settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "somewhere.Behind"]

    assert the_marking_door_stands()


def test_a_handler_that_writes_temporary_files_does_not_start(settings):
    settings.FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

    assert [fault.id for fault in uploads_stay_in_memory()] == ["tanxin.E011"]


def posted(size):
    file = SimpleUploadedFile("a.bin", b"\0" * size)
    return RequestFactory().post("/", {"file": file})


def test_a_large_upload_never_touches_the_disk(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    request = posted(8 * 2**20)

    assert request.FILES["file"].size == 8 * 2**20
    assert list(Path(tmp_path).iterdir()) == []
    assert not hasattr(request.FILES["file"], "temporary_file_path")


def test_a_request_over_the_cap_is_refused_before_it_is_read(settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 2**20

    with pytest.raises(RequestDataTooBig):
        posted(2**20).FILES  # noqa: B018 - parsing happens when asked for


def test_of_a_request_no_more_is_read_than_it_announced():
    file = SimpleUploadedFile("a.bin", b"\0" * 2**20)
    request = RequestFactory().post("/", {"file": file}, CONTENT_LENGTH="1000")

    assert sum(len(kept) for kept in request.FILES.values()) < 1000
