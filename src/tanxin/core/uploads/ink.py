"""Whether somebody wrote on the field for his signature: a small PNG as a canvas makes it."""

import struct
import zlib
from collections.abc import Iterator

from tanxin.core.uploads.pictures import PNG_MAGIC, png_chunks
from tanxin.core.uploads.refusals import FileRefused

LEAST_WIDTH, LEAST_HEIGHT = 100, 30
MOST_PIXELS = 2**18
LEAST_MARKED = 200
# Bytes of a pixel by the kind of its colours, eight bits each. No browser draws other ones.
PIXEL_BYTES = {2: 3, 6: 4}
HEAD_BYTES, DEPTH = 13, 8


def is_inked(data: bytes) -> bool:
    """Enough pixels differ from the corner; what cannot be read is no signature."""
    try:
        chunks = list(png_chunks(data)) if data.startswith(PNG_MAGIC) else []
    except FileRefused:
        return False
    head = b"".join(whole[8:-4] for kind, whole in chunks if kind == b"IHDR")
    packed = b"".join(whole[8:-4] for kind, whole in chunks if kind == b"IDAT")
    if len(head) != HEAD_BYTES:
        return False
    width, height, depth, colours, *plain = struct.unpack(">IIBBBBB", head)
    if depth != DEPTH or colours not in PIXEL_BYTES or any(plain) or not fits(width, height):
        return False
    size = PIXEL_BYTES[colours]
    lines = unpacked(packed, height * (1 + width * size))
    return lines is not None and is_marked(rows(lines, width * size, size), size)


def fits(width: int, height: int) -> bool:
    return width >= LEAST_WIDTH and height >= LEAST_HEIGHT and width * height <= MOST_PIXELS


def unpacked(packed: bytes, wanted: int) -> bytes | None:
    """Exactly what the head promised, or nothing."""
    try:
        found = zlib.decompressobj().decompress(packed, wanted + 1)
    except zlib.error:
        return None
    return found if len(found) == wanted else None


def is_marked(lines: Iterator[bytes], size: int) -> bool:
    corner, marked = b"", 0
    for line in lines:
        corner = corner or line[:size]
        if line != corner * (len(line) // size):
            marked += sum(line[at : at + size] != corner for at in range(0, len(line), size))
        if marked >= LEAST_MARKED:
            return True
    return False


def rows(lines: bytes, length: int, size: int) -> Iterator[bytes]:
    """The pixels of each row: what was subtracted for packing is added again."""
    above = bytes(length + size)
    for start in range(0, len(lines), length + 1):
        way, row = lines[start], bytearray(size) + lines[start + 1 : start + 1 + length]
        for at in range(size, length + size) if way else ():
            left, up, corner = row[at - size], above[at], above[at - size]
            row[at] = (row[at] + foretold(way, left, up, corner)) & 0xFF
        yield bytes(row[size:])
        above = bytes(row)


def foretold(way: int, left: int, up: int, corner: int) -> int:
    """As the PNG specification names them: 1 sub, 2 up, 3 average, 4 Paeth."""
    if way == 4:  # noqa: PLR2004 - a number of the format
        guess = left + up - corner
        return min((left, up, corner), key=lambda one: abs(guess - one))
    return (0, left, up, (left + up) // 2)[way] if way in range(4) else 0
