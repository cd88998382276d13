"""Files in forms and in answers: several at once, cleaned in memory, and why one is refused."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import StreamingHttpResponse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from tanxin.apps.archive.attachments import MOST_OF_ONE, Opened
from tanxin.core.uploads import Admitted, FileRefused, admit_all
from tanxin.core.uploads.kinds import ENDINGS, Kind
from tanxin.web.downloads import HEADERS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SCANS = (Kind.PDF, Kind.JPEG, Kind.PNG)
REFUSED: dict[str, Promise] = {
    "empty": _("The file is empty. Please choose it again."),
    "broken": _("The file cannot be read to its end. Please scan or save it again."),
    "too-large": _("A file may have 20 MB, all together 60 MB. Please scan at a lower resolution."),
    "too-many-pixels": _("The picture has too many pixels. Please scan at a lower resolution."),
    "virus": _("The file is reported as a virus. It was not kept."),
    "marked": _("The file bears a mark of classification. It does not belong here."),
    "encrypted": _("The file is protected by a password. Please save it without one."),
    "active": _("The PDF carries a script, a file or a password. Please print it to PDF anew."),
    "author-packed": _("The PDF names its author in a hidden place. Please print it to PDF anew."),
    "picture-packed": _(
        "The PDF hides a picture too deep to be cleaned. Please print it to PDF anew."
    ),
    "macros": _("The file holds macros. Please save it without them."),
}
NOT_OF_THESE = _("Only PDF, JPEG and PNG can be attached here.")
NOT_KNOWN = _("A file of this kind cannot be attached.")
TOO_MANY = _("At most %(most)s files hang on one thing.")


def why_refused(code: str) -> Promise:
    return REFUSED.get(code, NOT_KNOWN)


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Answers with what may be sealed; ``kinds`` are those that are meant here."""

    def __init__(
        self,
        *,
        label: "_StrPromise",
        help_text: "str | _StrPromise" = "",
        kinds: Sequence[Kind] = SCANS,
        required: bool = True,
    ) -> None:
        accept = ",".join(ENDINGS[kind] for kind in kinds)
        widget = FilesInput(attrs={"accept": accept})
        super().__init__(label=label, help_text=help_text, required=required, widget=widget)
        self.kinds = kinds

    def clean(self, data: Any, initial: Any = None) -> Any:  # noqa: ANN401 - Django's signature
        given = data if isinstance(data, list | tuple) else [data]
        files = [one for one in given if one]
        if not files:
            super().clean(None, initial)
            return []
        return self.admitted(files)

    def admitted(self, files: "list[UploadedFile[bytes]]") -> list[Admitted]:
        if len(files) > MOST_OF_ONE:
            raise forms.ValidationError(TOO_MANY, params={"most": MOST_OF_ONE})
        named = {f"{at}/{file.name or ''}": file.read() for at, file in enumerate(files)}
        try:
            found = admit_all(named)
        except FileRefused as refused:
            raise forms.ValidationError(str(why_refused(refused.code))) from None
        if any(one.kind not in self.kinds for one in found):
            raise forms.ValidationError(NOT_OF_THESE if self.kinds == SCANS else NOT_KNOWN)
        return found


def download_of(opened: Opened, name: str) -> StreamingHttpResponse:
    """As ``downloads.download``, a chunk at a time; ``name`` tells nothing, and has no ending."""
    ending = ENDINGS[Kind(opened.media)]
    pieces: Iterable[bytes] = opened.pieces
    response = StreamingHttpResponse(pieces, content_type=opened.media, headers=dict(HEADERS))
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"{name}{ending}") or ""
    )
    return response
