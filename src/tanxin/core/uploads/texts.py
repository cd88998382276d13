"""The words of a file, as far as the screen for marks needs them: its first pages and its parts.

Reads what it can and passes over what it cannot; whether the file may come in is asked elsewhere.
"""

import re
import zipfile
from collections.abc import Iterator
from html import unescape

from tanxin.core.uploads import packed
from tanxin.core.uploads.pdf import pdf_texts
from tanxin.core.uploads.refusals import FileRefused

MOST_TEXT = 4 * 2**20
LONGEST_SIGN = 4
# Of what is no text at all; passing over every bad byte of much of it would take seconds.
GUESSED = 2**17
WORDY = re.compile(
    r"^(?:word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"
    r"|xl/(?:sharedStrings|comments\d*|worksheets/[^/]+)\.xml|ppt/(?:slides|notesSlides)/[^/]+\.xml"
    r"|docProps/(?:core|app|custom)\.xml|content\.xml|styles\.xml|meta\.xml)$"
)
INNER = re.compile(r"\.(?:txt|csv|lrmx?|docx|xlsx|pptx|pdf|odt|ofd|md|html?)$", re.IGNORECASE)
# Where a reader sees a new line. All other tags stand within words.
LINE_ENDS = re.compile(
    r"</(?:w:p|a:p|text:p|text:h|si|is|c|v|row|dc:\w+|cp:\w+|p|div|tr|td)>"
    r"|<w:br\b[^<>]*>|<br\b[^<>]*>"
)
TAG = re.compile(r"<[^<>]*>")
BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def texts_in(data: bytes, *, within: bool = False) -> Iterator[str]:
    """What a person would read in the file; archives one level deep."""
    if data.startswith(b"PK\x03\x04"):
        yield from archive_texts(data, within=within)
    elif data.startswith(b"%PDF"):
        yield from pdf_texts(data)
    else:
        yield from plain_texts(data[:MOST_TEXT])


def archive_texts(data: bytes, *, within: bool) -> Iterator[str]:
    """Also of an archive that will be refused; what cannot be read is passed over."""
    try:
        archive = packed.unchecked(data)
    except FileRefused:
        return
    left = MOST_TEXT
    with archive:
        for info in archive.infolist():
            if left <= 0:
                return
            yield packed.real_name(info)
            held = wanted(archive, info, left, within=within)
            left -= len(held)
            if WORDY.match(info.filename):
                yield from marked_up(held.decode("utf-8", "replace"))
            elif held:
                yield from texts_in(held, within=True)


def wanted(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int, *, within: bool) -> bytes:
    wordy = WORDY.match(info.filename)
    if not wordy and (within or not INNER.search(info.filename)):
        return b""
    try:
        return packed.content(archive, info, most if wordy else packed.MOST_BYTES)
    except FileRefused:
        return b""


def plain_texts(data: bytes) -> Iterator[str]:
    text = decoded(data)
    yield text
    if "<" in text:
        yield from marked_up(text)


def decoded(data: bytes) -> str:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as reason:
            if reason.start >= len(data) - LONGEST_SIGN:  # the limit fell into a character
                return data[: reason.start].decode(encoding)
    return data[:GUESSED].decode("gb18030", "ignore")


def marked_up(text: str) -> Iterator[str]:
    yield unescape(TAG.sub("", LINE_ENDS.sub("\n", text)))
