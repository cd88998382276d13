"""What a file is, told by its bytes and not by its name."""

from enum import StrEnum
from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from tanxin.apps.org.roster.forms import is_lrm
from tanxin.apps.org.roster.texts import BOMS, decoded


class FileKind(StrEnum):
    XLSX = "xlsx"
    ZIP = "zip"
    CSV = "csv"
    LRMX = "lrmx"
    LRM = "lrm"
    EMPTY = "file-empty"
    OLD_OFFICE = "old-office"
    PDF = "pdf"
    WORD = "word-document"
    OTHER_SHEET = "other-sheet"
    IMAGE = "image"
    OTHER_ARCHIVE = "other-archive"
    WEB_PAGE = "web-page"
    OTHER_XML = "xml-unknown"
    UNKNOWN = "file-unknown"
    ENCODING = "encoding-unknown"
    PROTECTED = "password-protected"


READABLE = frozenset({FileKind.XLSX, FileKind.CSV, FileKind.LRMX, FileKind.LRM})
MAGIC = (
    (b"%PDF", FileKind.PDF),
    (b"\x89PNG", FileKind.IMAGE),
    (b"\xff\xd8\xff", FileKind.IMAGE),
    (b"GIF8", FileKind.IMAGE),
    (b"BM", FileKind.IMAGE),
    (b"Rar!", FileKind.OTHER_ARCHIVE),
    (b"7z\xbc\xaf", FileKind.OTHER_ARCHIVE),
    (b"\x1f\x8b", FileKind.OTHER_ARCHIVE),
    (b"{\\rtf", FileKind.WORD),
)
# A protected workbook is an OLE file that holds the real one under this name.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PARTS = (
    ("xl/workbook.xml", FileKind.XLSX),
    ("xl/workbook.bin", FileKind.OTHER_SHEET),
    ("word/document.xml", FileKind.WORD),
    ("content.xml", FileKind.OTHER_SHEET),
)
# Extensions that fit a kind; others are worth a note.
EXTENSIONS = {
    FileKind.XLSX: {".xlsx", ".xlsm"},
    FileKind.ZIP: {".zip"},
    FileKind.CSV: {".csv", ".txt", ".tsv"},
    FileKind.LRMX: {".lrmx", ".xml"},
    FileKind.LRM: {".lrm"},
}
LOOK = 4096


def kind_of(data: bytes) -> FileKind:
    head = data[:LOOK]
    if not head.strip():
        return FileKind.EMPTY
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return kind_of_zip(data)
    if head.startswith(OLE):
        return FileKind.PROTECTED if ENCRYPTED in data else FileKind.OLD_OFFICE
    found = next((kind for magic, kind in MAGIC if head.startswith(magic)), None)
    if found:
        return found
    if b"\0" in head and not any(head.startswith(mark) for mark, _ in BOMS):
        return FileKind.UNKNOWN
    text = decoded(data)
    return FileKind.ENCODING if text is None else kind_of_text(text)


def kind_of_zip(data: bytes) -> FileKind:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        return FileKind.ZIP
    return next((kind for part, kind in PARTS if part in names), FileKind.ZIP)


def kind_of_text(text: str) -> FileKind:
    start = text[:LOOK].lstrip("\ufeff \r\n\t")
    if is_lrm(text):
        return FileKind.LRM
    if not start.startswith("<"):
        return FileKind.CSV
    if "<html" in start.lower() or "<table" in start.lower():
        return FileKind.WEB_PAGE
    if "<Person" in start or "<!DOCTYPE" in start:
        return FileKind.LRMX
    return FileKind.OTHER_XML


def fits(kind: FileKind, name: str) -> bool:
    return PurePath(name).suffix.lower() in EXTENSIONS.get(kind, set())
