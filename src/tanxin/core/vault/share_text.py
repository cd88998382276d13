"""A share as it is written on paper: eight rows of eight signs and two check signs.

The alphabet has no I, L, O and U, case does not matter, and each row's check covers all rows up to
it, so that the first row that was mistyped, left out or swapped can be named.
"""

import re
from hashlib import sha256

from tanxin.core.vault.escrow import SET_BYTES, Share
from tanxin.core.vault.provider import SECRET_BYTES
from tanxin.core.vault.refusals import VaultRefusal

ROWS = 8
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {sign: value for value, sign in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_FORM = 1
_SIGNS, _CHECKS = 8, 2
_NUMBER = re.compile(r"\s*[1-8][.、:)\s]\s*")
_ROW = re.compile(r"([0-9A-Z]{4})[-\s]*([0-9A-Z]{4})[-\s]*([0-9A-Z]{2})")
_BYTES = 1 + 1 + SET_BYTES + SECRET_BYTES


class MistypedShare(VaultRefusal):
    """``row`` (1 to 8) is the first that is wrong; 0 where it is not eight rows at all."""

    code = "mistyped_share"

    def __init__(self, row: int) -> None:
        super().__init__(f"row {row} is mistyped" if row else "a share has eight rows of ten signs")
        self.row = row


def written(share: Share) -> str:
    """Return the eight rows, each as ``XXXX-XXXX-CC``."""
    raw = bytes([_FORM, share.number]) + share.set_id + share.secret
    number = int.from_bytes(raw, "big")
    signs = "".join(_ALPHABET[number >> shift & 31] for shift in range(len(raw) * 8 - 5, -1, -5))
    rows = [signs[start : start + _SIGNS] for start in range(0, len(signs), _SIGNS)]
    return "\n".join(
        f"{row[:4]}-{row[4:]}-{_check(rows[: place + 1])}" for place, row in enumerate(rows)
    )


def read(text: str) -> Share:
    """Read what ``written`` gave, however it is spaced. Raises ``MistypedShare``."""
    rows = _rows(text)
    good: list[str] = []
    for place, row in enumerate(rows, start=1):
        good.append(row[:_SIGNS])
        if row[_SIGNS:] != _check(good):
            raise MistypedShare(place)
    number = 0
    for sign in "".join(good):
        number = number << 5 | _VALUES[sign]
    raw = number.to_bytes(_BYTES, "big")
    if raw[0] != _FORM:
        raise MistypedShare(1)
    return Share(raw[2 : 2 + SET_BYTES], raw[1], raw[2 + SET_BYTES :])


def _rows(text: str) -> list[str]:
    """Find the rows in ``text``, also within a whole sheet, where they stand behind numbers."""
    lines = (_unnumbered(line).strip().upper() for line in text.splitlines())
    matches = filter(None, map(_ROW.fullmatch, lines))
    found = ["".join(match.groups()) for match in matches]
    if len(found) != ROWS:
        raise MistypedShare(0)
    for place, row in enumerate(found, start=1):
        if not _VALUES.keys() >= set(row):
            raise MistypedShare(place)
    return ["".join(_ALPHABET[_VALUES[sign]] for sign in row) for row in found]


def _check(rows: list[str]) -> str:
    digest = sha256(b"tanxin/1/share\0" + "".join(rows).encode()).digest()
    return _ALPHABET[digest[0] >> 3] + _ALPHABET[digest[1] >> 3]


def _unnumbered(line: str) -> str:
    number = _NUMBER.match(line)
    return line[number.end() :] if number else line
