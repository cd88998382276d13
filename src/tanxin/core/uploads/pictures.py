"""JPEG and PNG, walked part by part, without decoding a pixel.

What tells of people, places or devices is left out.
"""

import struct
import zlib
from collections.abc import Iterator

from tanxin.core.uploads.refusals import FileRefused

MOST_PIXELS = 40_000_000
MOST_SIDE = 16_384
MOST_PARTS = 20_000
PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
# What a picture is drawn with; all other chunks (text, time, EXIF) are left out.
PNG_KEPT = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD",
    b"pHYs",
}  # fmt: skip
JPEG_FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
JPEG_ALONE = {0x01, *range(0xD0, 0xD8)}
# APP0 is the plain header, APP14 says how colours are written; comments and other APPn go.
JPEG_DROPPED = {0xE1, 0xE2, 0xFE, *range(0xE3, 0xEE), 0xEF}
END, SCAN, SIGN = 0xD9, 0xDA, 0xFF
LENGTH_BYTES = 2


def cleaned_png(data: bytes) -> bytes:
    kept = [PNG_MAGIC]
    for at, (kind, whole) in enumerate(png_chunks(data)):
        if (at == 0) != (kind == b"IHDR"):
            raise FileRefused("broken")
        if kind == b"IHDR":
            check_size(*struct.unpack(">II", whole[8:16].ljust(8, b"\0")))
        if kind in PNG_KEPT:
            kept.append(whole)
    return b"".join(kept)


def png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, count = len(PNG_MAGIC), 0
    while at + 12 <= len(data) and count < MOST_PARTS:
        length = int.from_bytes(data[at : at + 4])
        whole = data[at : at + 12 + length]
        if len(whole) < 12 + length or zlib.crc32(whole[4:-4]) != int.from_bytes(whole[-4:]):
            raise FileRefused("broken")
        yield whole[4:8], whole
        if whole[4:8] == b"IEND":
            return
        at, count = at + len(whole), count + 1
    raise FileRefused("broken")


def cleaned_jpeg(data: bytes) -> bytes:
    kept, sized = [b"\xff\xd8"], False
    for marker, at, end in jpeg_places(data):
        whole = data[at:end]
        if marker in JPEG_FRAMES:
            height, width = struct.unpack(">HH", whole[5:9].ljust(4, b"\0"))
            check_size(width, height)
            sized = True
        if marker not in JPEG_DROPPED:
            kept.append(whole)
    if not sized:
        raise FileRefused("broken")
    return b"".join(kept)


def jpeg_places(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Where each marker begins and ends with what belongs to it; a scan with its pixels.

    What follows the end is left.
    """
    at, count = 2, 0
    while at + 2 <= len(data) and data[at] == SIGN and count < MOST_PARTS:
        marker, count = data[at + 1], count + 1
        if marker == SIGN:  # a filler
            at += 1
            continue
        end = end_of(data, at, marker)
        yield marker, at, end
        if marker == END:
            return
        at = end
    raise FileRefused("broken")


def end_of(data: bytes, at: int, marker: int) -> int:
    if marker == END or marker in JPEG_ALONE:
        return at + 2
    length = int.from_bytes(data[at + 2 : at + 4])
    end = at + 2 + length
    if length < LENGTH_BYTES or end > len(data):
        raise FileRefused("broken")
    return end_of_scan(data, end) if marker == SCAN else end


def end_of_scan(data: bytes, at: int) -> int:
    """Pixels go on until a marker that is neither a stuffed byte nor a restart."""
    while (at := data.find(b"\xff", at)) != -1 and at + 1 < len(data):
        if data[at + 1] != 0 and data[at + 1] not in JPEG_ALONE:
            return at
        at += 2
    raise FileRefused("broken")


def check_size(width: int, height: int) -> None:
    if not 0 < width <= MOST_SIDE or not 0 < height <= MOST_SIDE or width * height > MOST_PIXELS:
        raise FileRefused("too-many-pixels")
