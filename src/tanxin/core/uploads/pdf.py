"""The words of a PDF, without a renderer: its strings, read with the fonts' own tables.

Good enough to find a mark on a page; a scanned page has no words to find.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from tanxin.core.uploads.cmaps import MOST_SIGNS, Table, table_in

MOST_BYTES = 32 * 2**20
MOST_TEXT = 4 * 2**20
MOST_READINGS = 4
MOST_LISTS = 2_000
LONGEST_LIST = 4_096
OBJECT = re.compile(rb"(\d{1,9})\s{1,4}\d{1,5}\s{1,4}obj\b(.*?)(?:\bendobj\b|\Z)", re.DOTALL)
STREAM = re.compile(rb"\bstream\r?\n")
PACKED_OBJECTS = re.compile(rb"/Type\s*/ObjStm\b")
NOT_TEXT = re.compile(rb"/Subtype\s*/Image\b|/FontFile|/Length[123]\b|/Type\s*/(?:XRef|Metadata)\b")
REFERENCE = rb"\s{1,4}(\d{1,9})\s{1,4}\d{1,5}\s{1,4}R"
FIRST, NUMBER = re.compile(rb"/First\s{1,9}(\d{1,9})\b"), re.compile(rb"\d{1,9}")
TO_UNICODE = re.compile(rb"/ToUnicode" + REFERENCE)
FONTS = re.compile(rb"/Font\b")
FONTS_ELSEWHERE = re.compile(rb"/Font" + REFERENCE)
NAMED = re.compile(rb"/([^\s/<>\[\]()]{1,127})" + REFERENCE)
TOKEN = re.compile(
    rb"/([^\s/<>\[\]()]{1,127})\s{1,4}[-\d.]{1,12}\s{1,4}Tf\b|<([0-9A-Fa-f\s]*)>|\(((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*)\)"
    rb"|(\b(?:Td|TD|Tm|ET)\b|T\*)",
    re.DOTALL,
)
ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass(frozen=True)
class Part:
    head: bytes
    body: bytes


def pdf_texts(data: bytes) -> Iterator[str]:
    parts = parts_in(data[:MOST_BYTES])
    fonts = fonts_in(parts)
    left = MOST_TEXT
    for part in parts.values():
        if left > 0 and b"BT" in part.body and not NOT_TEXT.search(part.head):
            left -= len(part.body)
            yield from readings(part.body, fonts)


def parts_in(data: bytes) -> dict[int, Part]:
    parts: dict[int, Part] = {}
    left = MOST_TEXT * 4
    for number, content in OBJECT.findall(data):
        part = part_of(content, left)
        left -= len(part.body)
        parts[int(number)] = part
        if PACKED_OBJECTS.search(part.head):
            parts |= unpacked(part)
    return parts


def packed_parts(data: bytes) -> Iterator[bytes]:
    """The objects that stand compressed, as text."""
    for part in parts_in(data).values():
        if PACKED_OBJECTS.search(part.head):
            yield part.body


def part_of(content: bytes, most: int) -> Part:
    begins = STREAM.search(content)
    if begins is None:
        return Part(content, b"")
    head, body = content[: begins.start()], content[begins.end() :]
    if NOT_TEXT.search(head) or most <= 0:
        return Part(head, b"")
    if b"/FlateDecode" in head or b"/Fl " in head:
        try:
            body = zlib.decompressobj().decompress(body, most)
        except zlib.error:
            body = b""
    return Part(head, body[:most])


def unpacked(part: Part) -> dict[int, Part]:
    first = FIRST.search(part.head)
    if first is None:
        return {}
    start = int(first[1])
    numbers = [int(word) for word in part.body[:start].split() if NUMBER.fullmatch(word)]
    places = [*numbers[1::2], len(part.body) - start]
    return {
        number: Part(part.body[start + places[at] : start + places[at + 1]], b"")
        for at, number in enumerate(numbers[0 : 2 * len(numbers[1::2]) : 2])
    }


def fonts_in(parts: Mapping[int, Part]) -> dict[bytes, list[Table]]:
    """By the names that pages give their fonts; pages may give the same name to several."""
    fonts: dict[bytes, list[Table]] = {}
    tables: dict[int, Table | None] = {}
    left = MOST_SIGNS
    for names in islice(font_lists(parts), MOST_LISTS):
        for name, number in NAMED.findall(names):
            if int(number) not in tables:
                tables[int(number)] = read = table_of(parts, int(number), left)
                left -= read.read_from if read else 0
            table = tables[int(number)]
            known = fonts.setdefault(name, [])
            if table is not None and len(known) < MOST_READINGS and table not in known:
                known.append(table)
    return fonts


def font_lists(parts: Mapping[int, Part]) -> Iterator[bytes]:
    for part in parts.values():
        for found in FONTS.finditer(part.head):
            elsewhere = FONTS_ELSEWHERE.match(part.head, found.start())
            if elsewhere is None:
                yield part.head[found.end() : found.end() + LONGEST_LIST].partition(b">>")[0]
            elif int(elsewhere[1]) in parts:
                yield parts[int(elsewhere[1])].head[:LONGEST_LIST]


def table_of(parts: Mapping[int, Part], number: int, most: int) -> Table | None:
    font = parts.get(number)
    found = TO_UNICODE.search(font.head) if font else None
    source = parts.get(int(found[1])) if found else None
    return table_in(source.body, most) if source else None


def readings(body: bytes, fonts: Mapping[bytes, list[Table]]) -> Iterator[str]:
    """The page's words, once for each table that a font's name may stand for."""
    tokens = TOKEN.findall(body)
    used = {name for name, *_ in tokens if name}
    count = max([len(fonts.get(name, ())) for name in used], default=1)
    for reading in range(min(max(count, 1), MOST_READINGS)):
        yield "".join(words(tokens, fonts, reading))


def words(
    tokens: list[tuple[bytes, ...]], fonts: Mapping[bytes, list[Table]], reading: int
) -> Iterator[str]:
    table: Table | None = None
    for name, hexed, literal, move in tokens:
        if name:
            tables = fonts.get(name, [])
            table = tables[min(reading, len(tables) - 1)] if tables else None
        elif move:
            yield "\n"
        else:
            codes = from_hex(hexed) if hexed else unescaped(literal)
            yield table.read(codes) if table else codes.decode("latin-1")


def from_hex(digits: bytes) -> bytes:
    tight = b"".join(digits.split())
    return bytes.fromhex((tight + b"0" * (len(tight) % 2)).decode("ascii"))


def unescaped(literal: bytes) -> bytes:
    def sign(found: re.Match[bytes]) -> bytes:
        said = found[1]
        if said[:1].isdigit() and said[:1] not in {b"8", b"9"}:
            return bytes([int(said, 8) & 0xFF])
        return b"" if said.endswith(b"\n") else ESCAPES.get(said, said)

    return ESCAPE.sub(sign, literal)
