"""Finds the heading row under titles and date lines, also where it takes two merged rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tanxin.apps.org.roster.cells import Cell
from tanxin.apps.org.roster.columns import Column, SheetKind, bare_head, kinds
from tanxin.apps.org.roster.grids import Merge
from tanxin.apps.org.roster.values import plain

LOOKED_AT = 30
MOST_COLUMNS = 200
# So many known headings make a header by themselves.
SURE = 4
Rows = Sequence[Sequence[Cell]]


class Head(NamedTuple):
    """Texts one column may be headed by, the best first, and the one to show."""

    at: int
    texts: tuple[str, ...]
    shown: str


@dataclass(frozen=True)
class Header:
    kind: SheetKind
    columns: tuple[tuple[int, str, Column], ...]
    unknown: tuple[str, ...]
    data_from: int
    score: int


def find_header(rows: Rows, merges: Sequence[Merge], title: str) -> Header | None:
    """The best header within the first rows; the earliest of equals."""
    best: Header | None = None
    rows = [row[:MOST_COLUMNS] for row in rows]
    for at in range(min(len(rows), LOOKED_AT)):
        for heads, height in readings(rows, merges, at):
            for kind in kinds().values():
                found = matched(kind, heads, at + height, titled(kind, title))
                if found and (best is None or found.score > best.score):
                    best = found
    return best


def readings(rows: Rows, merges: Sequence[Merge], at: int) -> Iterator[tuple[list[Head], int]]:
    """The row read alone, and with the one below as its second half."""
    single = [
        Head(index, (bare_head(text),), text)
        for index, cell in enumerate(rows[at])
        if (text := plain(cell))
    ]
    reaches_down = any(
        first[0] == at and last[0] == at + 1 and first[1] == last[1] for first, last in merges
    )
    if at + 1 >= len(rows):
        yield single, 1
    elif reaches_down:
        yield double(rows, merges, at), 2
    else:
        yield single, 1
        yield double(rows, merges, at), 2


def double(rows: Rows, merges: Sequence[Merge], at: int) -> list[Head]:
    above, below = spread(rows[at], merges, at), rows[at + 1]
    heads = []
    for index in range(max(len(above), len(below))):
        top = above[index] if index < len(above) else ""
        bottom = plain(below[index]) if index < len(below) else ""
        if top or bottom:
            texts = (bare_head(top + bottom), bare_head(bottom), bare_head(top))
            heads.append(Head(index, tuple(filter(None, texts)), bottom or top))
    return heads


def spread(row: Sequence[Cell], merges: Sequence[Merge], at: int) -> list[str]:
    """The row's texts with each merged cell's repeated over the columns it covers."""
    texts = [plain(cell) for cell in row]
    for first, last in merges:
        if first[0] <= at <= last[0] and first[1] < len(texts):
            for index in range(first[1], min(last[1] + 1, len(texts))):
                texts[index] = texts[index] or texts[first[1]]
    return texts


def titled(kind: SheetKind, title: str) -> int:
    """How well the sheet's or file's name fits: 2 exactly, 1 in part."""
    name = bare_head(title)
    if name in kind.titles:
        return 2
    return int(any(known in name for known in kind.titles))


def matched(kind: SheetKind, heads: list[Head], data_from: int, fit: int) -> Header | None:
    found: dict[int, tuple[Head, Column]] = {}
    for head in heads:
        column = next((kind.by_head[text] for text in head.texts if text in kind.by_head), None)
        if column:
            found[head.at] = (head, column)
    kept = without_doubles(found)
    fields = {column.field for _, column in kept.values()}
    if not kind.needs <= fields or not enough(len(fields), len(heads), fit):
        return None
    return Header(
        kind=kind,
        columns=tuple((index, head.shown, column) for index, (head, column) in kept.items()),
        unknown=tuple(head.shown for head in heads if head.at not in kept),
        data_from=data_from,
        score=len(fields) * 10 + fit,
    )


def enough(known: int, all_heads: int, fit: int) -> bool:
    if known >= SURE:
        return True
    return known > 1 and (fit > 0 or known == all_heads > 2)  # noqa: PLR2004  two words are chance


def without_doubles(found: dict[int, tuple[Head, Column]]) -> dict[int, tuple[Head, Column]]:
    """Of two columns for one field the one with the more usual heading stays."""
    best: dict[str, int] = {}
    for index, (head, column) in found.items():
        rival = best.get(column.field)
        if rival is None or usual(head, column) < usual(*found[rival]):
            best[column.field] = index
    return {
        index: pair for index, pair in found.items() if pair[1].many or best[pair[1].field] == index
    }


def usual(head: Head, column: Column) -> int:
    order = [bare_head(text) for text in column.heads]
    return min((order.index(text) for text in head.texts if text in order), default=len(order))
