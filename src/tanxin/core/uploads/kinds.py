"""What a file is, told by its bytes. A name may say anything."""

from enum import StrEnum

from tanxin.core.uploads import packed
from tanxin.core.uploads.refusals import FileRefused


class Kind(StrEnum):
    """What may be attached; everything else is refused."""

    TEXT = "text/plain"
    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


ENDINGS = {
    Kind.TEXT: ".txt",
    Kind.PDF: ".pdf",
    Kind.JPEG: ".jpg",
    Kind.PNG: ".png",
    Kind.DOCX: ".docx",
    Kind.XLSX: ".xlsx",
}
MAGIC = (
    (b"%PDF-", Kind.PDF),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
)
OFFICE = (("word/document.xml", Kind.DOCX), ("xl/workbook.xml", Kind.XLSX))
# Text that a browser or an office would run.
ACTIVE = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"{\\rtf", b"#!", b"mz")
# The test file of virus scanners; a real scanner stands in front of this, see docs.
EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!"
CONTROL = bytes({*range(32), 127} - {9, 10, 12, 13})


def kind_of(data: bytes) -> Kind:
    """Raises ``FileRefused`` for what is nothing of ours."""
    if not data.strip():
        raise FileRefused("empty")
    if EICAR in data:
        raise FileRefused("virus")
    for magic, kind in MAGIC:
        if data.startswith(magic):
            return kind
    return office_kind(data) if data.startswith(b"PK\x03\x04") else text_kind(data)


def office_kind(data: bytes) -> Kind:
    with packed.opened(data) as archive:
        names = set(archive.namelist())
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileRefused("macros")
    kinds = [kind for part, kind in OFFICE if part in names]
    if len(kinds) != 1:
        raise FileRefused("unknown-kind")
    return kinds[0]


def text_kind(data: bytes) -> Kind:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(ACTIVE) or data.translate(None, CONTROL) != data:
        raise FileRefused("unknown-kind")
    for encoding in ("utf-8", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return Kind.TEXT
    raise FileRefused("unknown-kind")
