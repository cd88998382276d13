import zlib

import pytest

from core.uploads.bombs import chunk, png
from tanxin.core.uploads.ink import is_inked

WHITE, INK = b"\xff" * 3, b"\x1b" * 3


def drawing(width=200, height=40, inked=20, way=0):
    """Rows of white, a bar of ink in each; packed by ``way`` as the specification has it."""
    row = WHITE * 50 + INK * inked + WHITE * (width - 50 - inked)
    above, packed = bytes(len(row)), b""
    for _ in range(height):
        packed += bytes([way]) + bytes(
            (byte - foretold(way, row, above, at)) & 0xFF for at, byte in enumerate(row)
        )
        above = row
    return png(width, height, pixels=zlib.compress(packed))


def foretold(way, row, above, at):
    left, up, corner = (row[at - 3], above[at], above[at - 3]) if at > 2 else (0, above[at], 0)
    guess = left + up - corner
    paeth = min((left, up, corner), key=lambda one: abs(guess - one))
    return (0, left, up, (left + up) // 2, paeth)[way]


@pytest.mark.parametrize("way", range(5))
def test_ink_is_seen_however_the_rows_are_packed_and_blank_paper_is_none(way):
    assert is_inked(drawing(way=way))
    assert not is_inked(drawing(inked=0, way=way))


@pytest.mark.parametrize(
    "data",
    [
        b"", b"GIF89a", png(200, 40, pixels=b""), png(200, 40, pixels=zlib.compress(b"\0" * 9)),
        png(200, 40, pixels=b"nothing packed"), drawing(inked=2), png(), drawing(99), drawing(height=29),
        png(200, 40, pixels=zlib.compress(bytes(50 * 2**20))), png(16_000, 2_000),
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"") + chunk(b"IEND", b""),
    ],
    ids=[
        "empty", "no PNG", "no pixels", "too few rows", "not packed", "a dot", "tiny", "narrow", "low",
        "a bomb", "huge", "no head",
    ],
)  # fmt: skip
def test_what_is_no_signature_is_not_taken_for_one(data):
    assert not is_inked(data)
