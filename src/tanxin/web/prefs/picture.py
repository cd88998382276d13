"""The square that a phone reads, as one SVG path: no image has to be loaded for it."""

import qrcode
from qrcode.constants import ERROR_CORRECT_M


def matrix_of(text: str) -> list[list[bool]]:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    code.make(fit=True)
    squares: list[list[bool]] = code.get_matrix()
    return squares


def qr_path(text: str) -> str:
    return "".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(matrix_of(text))
        for x, dark in enumerate(row)
        if dark
    )


def qr_size(text: str) -> int:
    return len(matrix_of(text))
