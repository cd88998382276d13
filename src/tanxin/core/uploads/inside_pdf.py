"""What stands in the streams of a PDF and tells of people, places or devices: pictures and notes.

Every length stays, so that the table of places stays true. Streams are found by their keywords:
what a dictionary says of its stream is up to whoever wrote it.
"""

import re
import zlib
from bisect import bisect_left
from collections.abc import Iterator

from tanxin.core.uploads.names_in_pdf import spelled
from tanxin.core.uploads.pictures import JPEG_DROPPED, jpeg_places
from tanxin.core.uploads.refusals import FileRefused

MOST_STREAMS = 50_000
BEGINS = re.compile(rb"(?<!end)stream[ \t]{0,8}(?:\r\n|\n|\r)")
ENDS = re.compile(rb"endstream")
PICTURE = b"\xff\xd8\xff"
# An end that the writer of the stream forgot.
JPEG_END = b"\xff\xd9"
JPEG_HEAD = 4
AS_JPEG = re.compile(rb"/DCT(?:Decode)?\b")
# Packed by zlib; so much of it is looked at.
PACKED, PEEKED = 8, 1_024
NOTES = (b"<?xpacket", b"<x:xmpmeta")


def without_traces(data: bytes) -> bytes:
    """Raises ``FileRefused`` for what cannot be blanked where it stands."""
    clean, walked = bytearray(data), 0
    for head, start, end in streams(data):
        if data.startswith(PICTURE, start):
            walked += end - start
            if walked > 2 * len(data):  # one stream within the other
                raise FileRefused("broken")
            blank_picture(clean, start, end)
        else:
            check_packed(head, data[start : min(end, start + PEEKED)])
    return bytes(clean)


def streams(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """All that stands before each stream since the last, and where it begins and ends."""
    ends = [found.start() for found in ENDS.finditer(data)]
    before = 0
    for count, found in enumerate(BEGINS.finditer(data)):
        if count == MOST_STREAMS:
            raise FileRefused("broken")
        next_end = bisect_left(ends, found.end())
        end = ends[next_end] if next_end < len(ends) else len(data)
        yield data[before : found.start()], found.end(), end
        before = found.end()


def blank_picture(clean: bytearray, start: int, end: int) -> None:
    """Also what follows the picture's end: telephones put a second picture there."""
    last = start
    for marker, at, after in jpeg_places(bytes(clean[start:end]) + JPEG_END):
        last = min(start + after, end)
        if marker in JPEG_DROPPED:
            held = start + at + JPEG_HEAD
            clean[held:last] = bytes(max(0, last - held))
    clean[last:end] = re.sub(rb"[^\r\n]", b"\0", clean[last:end])


def check_packed(head: bytes, begin: bytes) -> None:
    if AS_JPEG.search(spelled(head)):
        raise FileRefused("picture-packed")
    if not begin or begin[0] & 0xF != PACKED:
        return
    try:
        shown = zlib.decompressobj().decompress(begin, PEEKED)
    except zlib.error:
        return
    if shown.startswith(PICTURE):
        raise FileRefused("picture-packed")
    if any(note in shown for note in NOTES):
        raise FileRefused("author-packed")
