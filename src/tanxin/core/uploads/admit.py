"""The one way in for an attachment: known kind, within bounds, without what tells of its makers."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from tanxin.core.markings import screen
from tanxin.core.uploads import office, pictures
from tanxin.core.uploads.kinds import ENDINGS, Kind, kind_of
from tanxin.core.uploads.pdf import packed_parts
from tanxin.core.uploads.refusals import FileRefused
from tanxin.core.uploads.texts import texts_in

MOST_BYTES = 20 * 2**20
MOST_NAME = 120
MOST_BYTES_TOGETHER = 60 * 2**20
# A PDF can carry scripts, files and names; those who read it are shown none of it by us.
PDF_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA|Encrypt)\b")
PDF_KEYS = rb"/(Author|Creator|Producer|Title|Subject|Keywords|Company)(\s{0,4})"
PDF_NAMED = re.compile(PDF_KEYS + rb"\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
PDF_NAMED_HEX = re.compile(PDF_KEYS + rb"<([0-9A-Fa-f\s]*)>")
PDF_AUTHOR = re.compile(rb"/Author\s{0,4}[(<]")
XMP_BEGINS, XMP_ENDS = b"<?xpacket begin", re.compile(rb"<\?xpacket end[^<>]{0,40}\?>")


@dataclass(frozen=True, slots=True)
class Admitted:
    """What may be sealed; ``name`` ends as its kind does, whatever it was called."""

    name: str = field(repr=False)
    kind: Kind
    data: bytes = field(repr=False)


def admit(name: str, data: bytes) -> Admitted:
    """Raises ``FileRefused``; a classification mark in the file or its name is ``marked``."""
    if len(data) > MOST_BYTES:
        raise FileRefused("too-large")
    kind = kind_of(data)
    clean = CLEANERS[kind](data)
    called = called_by_kind(name, kind)
    if any(screen(text).stops for text in (called, *texts_in(clean))):
        raise FileRefused("marked")
    return Admitted(called, kind, clean)


def admit_all(files: Mapping[str, bytes]) -> list[Admitted]:
    """Several at once, under one bound for all of them."""
    if sum(map(len, files.values())) > MOST_BYTES_TOGETHER:
        raise FileRefused("too-large")
    return [admit(name, data) for name, data in files.items()]


def called_by_kind(name: str, kind: Kind) -> str:
    """Neither a path nor a second ending nor a sign that nobody sees remains."""
    stem = PurePath(name.replace("\\", "/")).name
    stem = "".join(sign for sign in stem if sign.isprintable() and sign not in '<>:"/|?*')
    stem = stem.partition(".")[0].strip() or "file"
    return stem[:MOST_NAME] + ENDINGS[kind]


def cleaned_pdf(data: bytes) -> bytes:
    """Same length throughout, so that the table of places stays true."""
    if b"%%EOF" not in data[-2048:]:
        raise FileRefused("broken")
    if PDF_ACTIVE.search(data):
        raise FileRefused("active")
    for packed in packed_parts(data):
        if PDF_ACTIVE.search(packed):
            raise FileRefused("active")
        if PDF_AUTHOR.search(packed):
            raise FileRefused("author-packed")
    data = PDF_NAMED.sub(lambda m: b"/%s%s(%s)" % (m[1], m[2], b" " * len(m[3])), data)
    data = PDF_NAMED_HEX.sub(lambda m: b"/%s%s<%s>" % (m[1], m[2], b"0" * len(m[3])), data)
    return without_xmp(data)


def without_xmp(data: bytes) -> bytes:
    """In one pass: a packet that never ends is left, and no other is looked for after it."""
    parts, at = [], 0
    while (begins := data.find(XMP_BEGINS, at)) >= 0:
        ends = XMP_ENDS.search(data, begins)
        if ends is None:
            break
        parts += [data[at:begins], b" " * (ends.end() - begins)]
        at = ends.end()
    return b"".join([*parts, data[at:]])


def as_it_is(data: bytes) -> bytes:
    return data


CLEANERS: Mapping[Kind, Callable[[bytes], bytes]] = {
    Kind.TEXT: as_it_is,
    Kind.PDF: cleaned_pdf,
    Kind.JPEG: pictures.cleaned_jpeg,
    Kind.PNG: pictures.cleaned_png,
    Kind.DOCX: office.cleaned,
    Kind.XLSX: office.cleaned,
}
