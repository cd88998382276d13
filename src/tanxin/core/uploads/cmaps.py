"""The table in which a PDF's font says what its codes mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

HEX = rb"<([0-9A-Fa-f\s]*)>"
BEGINS = re.compile(rb"begin(bfchar|bfrange)")
PAIR = re.compile(HEX + rb"\s*" + HEX)
RANGE = re.compile(HEX + rb"\s*" + HEX + rb"\s*(?:" + HEX + rb"|\[([^\[\]]*)\])")
ONE = re.compile(HEX)
MOST_RANGE = 65_536
# Of all fonts of a file together; many times what a book in Chinese needs.
MOST_SIGNS = 500_000


@dataclass(frozen=True)
class Table:
    """``read_from``: so many entries were read, also where one took the place of another."""

    width: int
    signs: dict[int, str]
    read_from: int

    def read(self, codes: bytes) -> str:
        width = self.width
        numbers = (int.from_bytes(codes[at : at + width]) for at in range(0, len(codes), width))
        return "".join(self.signs.get(number, "") for number in numbers)


def table_in(source: bytes, most: int = MOST_SIGNS) -> Table | None:
    """``most``: so many entries are read."""
    signs: dict[int, str] = {}
    width, count = 2, 0
    entries = (pair for kind, section in sections(source) for pair in pairs(kind, section))
    for code, digits, text in islice(entries, most):
        width = max(1, digits // 2)
        signs[code] = text
        count += 1
    return Table(width, signs, count) if signs else None


def sections(source: bytes) -> Iterator[tuple[bytes, bytes]]:
    """In one pass: what never ends is not looked for again."""
    at, endless = 0, set[bytes]()
    while (begins := BEGINS.search(source, at)) is not None:
        kind, at = begins[1], begins.end()
        end = -1 if kind in endless else source.find(b"end" + kind, at)
        if end < 0:
            endless.add(kind)
            continue
        yield kind, source[at:end]
        at = end


def pairs(kind: bytes, section: bytes) -> Iterator[tuple[int, int, str]]:
    if kind == b"bfchar":
        for pair in PAIR.finditer(section):
            yield number(pair[1]), length(pair[1]), words(pair[2])
        return
    for line in RANGE.finditer(section):
        first, last, text, several = line.groups(b"")
        start, end = number(first), min(number(last), number(first) + MOST_RANGE)
        listed, base = ONE.findall(several), words(text)
        for at in range(end - start + 1):
            yield start + at, length(first), item(listed, at) if listed else moved(base, at)


def item(listed: list[bytes], at: int) -> str:
    return words(listed[at]) if at < len(listed) else ""


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
