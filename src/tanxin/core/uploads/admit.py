"""The one way in for an attachment: known kind, within bounds, without what tells of its makers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from tanxin.core.markings import screen
from tanxin.core.uploads import names_in_pdf, office, pictures
from tanxin.core.uploads.inside_pdf import without_traces
from tanxin.core.uploads.kinds import ENDINGS, Kind, kind_of
from tanxin.core.uploads.pdf import packed_parts
from tanxin.core.uploads.refusals import FileRefused
from tanxin.core.uploads.texts import texts_in

MOST_BYTES = 20 * 2**20
MOST_NAME = 120
MOST_BYTES_TOGETHER = 60 * 2**20


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
    names_in_pdf.check_names(data)
    for packed in packed_parts(data):
        names_in_pdf.check_packed_names(packed)
    return without_traces(names_in_pdf.without_names(data))


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
