"""The doors that text and files come in by may not be left out of the settings."""

from collections.abc import Sequence

from django.conf import settings
from django.core.checks import CheckMessage, Error

DOOR = "tanxin.web.marking_door.MarkingDoor"
UPLOADS = ["tanxin.web.uploads.CappedUploadHandler"]


def the_marking_door_stands(*_: object, **__: object) -> Sequence[CheckMessage]:
    """Last: whatever stands behind it would see text that it has not."""
    if settings.MIDDLEWARE[-1:] == [DOOR]:
        return []
    return [
        Error(
            "The door that keeps out classified marks is not the last middleware.",
            hint=f"Put {DOOR} at the end of MIDDLEWARE.",
            id="tanxin.E010",
        )
    ]


def uploads_stay_in_memory(*_: object, **__: object) -> Sequence[CheckMessage]:
    if settings.FILE_UPLOAD_HANDLERS == UPLOADS:
        return []
    return [
        Error(
            "Uploaded files could be written to a temporary file in clear.",
            hint=f"FILE_UPLOAD_HANDLERS must be {UPLOADS}.",
            id="tanxin.E011",
        )
    ]
