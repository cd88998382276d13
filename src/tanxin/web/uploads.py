"""Uploads stay in memory, under one cap for the whole request; nothing is spilled to the disk."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler


class CappedUploadHandler(MemoryFileUploadHandler):
    """Refuses a request that announces more; of no request more is read than it announced."""

    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ANN401 - Django's signature
        META: dict[str, str],  # noqa: N803 - Django's signature
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        if content_length > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig("The files are larger than this site takes.")
        super().handle_raw_input(input_data, META, content_length, boundary, encoding)
