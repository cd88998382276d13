"""The table in which a PDF's font says what its codes mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

HEX = rb"<([0-9A-Fa-f\s]*)>"
SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
PAIR = re.compile(HEX + rb"\s*" + HEX)
RANGE = re.compile(HEX + rb"\s*" + HEX + rb"\s*(?:" + HEX + rb"|\[(.*?)\])", re.DOTALL)
ONE = re.compile(HEX)
MOST_RANGE = 65_536


@dataclass(frozen=True)
class Table:
    width: int
    signs: dict[int, str]

    def read(self, codes: bytes) -> str:
        width = self.width
        numbers = (int.from_bytes(codes[at : at + width]) for at in range(0, len(codes), width))
        return "".join(self.signs.get(number, "") for number in numbers)


def table_in(source: bytes) -> Table | None:
    signs: dict[int, str] = {}
    width = 2
    for kind, section in SECTION.findall(source):
        for code, digits, text in pairs(kind, section):
            width = max(1, digits // 2)
            signs[code] = text
    return Table(width, signs) if signs else None


def pairs(kind: bytes, section: bytes) -> Iterator[tuple[int, int, str]]:
    if kind == b"bfchar":
        for code, text in PAIR.findall(section):
            yield number(code), length(code), words(text)
        return
    for first, last, text, several in RANGE.findall(section):
        start, end = number(first), min(number(last), number(first) + MOST_RANGE)
        listed = ONE.findall(several)
        for at in range(end - start + 1):
            if listed:
                said = words(listed[at]) if at < len(listed) else ""
            else:
                said = moved(words(text), at)
            yield start + at, length(first), said


def number(digits: bytes) -> int:
    return int(b"".join(digits.split()) or b"0", 16)


def length(digits: bytes) -> int:
    return len(b"".join(digits.split()))


def words(digits: bytes) -> str:
    tight = b"".join(digits.split())
    return bytes.fromhex((tight + b"0" * (-len(tight) % 4)).decode("ascii")).decode(
        "utf-16-be", "replace"
    )


def moved(text: str, by: int) -> str:
    if not text:
        return ""
    return text[:-1] + chr(min(ord(text[-1]) + by, 0x10FFFF))
