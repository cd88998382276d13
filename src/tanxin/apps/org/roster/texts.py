"""Text files: which encoding, and what separates the fields of a CSV."""

import csv
from collections.abc import Iterator
from io import StringIO
from unicodedata import normalize

from tanxin.apps.org.roster.grids import Grid
from tanxin.apps.org.roster.places import Where

BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# What a spreadsheet begins a formula with, after what it passes over; and what it swallows.
FORMULA = ("=", "+", "-", "@")
UNSEEN = " \t\r\n\v\f\0\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff"
QUOTED = ("'", "\t", "\r", "\n", "\0")
SEPARATORS = ",\t;，"
# A field may hold a whole résumé; csv's own bound is 128 KiB and we refuse larger ones anyway.
SAMPLE = 20
# A row of a hundred columns, résumés among them, is far shorter.
MOST_OF_A_LINE = 2**20


def decoded(data: bytes) -> str | None:
    """The text, or None where no encoding in use here fits."""
    marked = next((name for mark, name in BOMS if data.startswith(mark)), None)
    for name in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    return None


def separator(text: str) -> str:
    lines = text.split("\n", SAMPLE)[:SAMPLE]
    return max(SEPARATORS, key=lambda mark: sum(line.count(mark) for line in lines))


def csv_grid(text: str, where: Where, sheet: str) -> Grid:
    """Numbers and text look alike in a CSV, so the grid is untyped.

    Raises ``csv.Error`` where a line is endless, or while its rows are read, where a field is.
    """
    if has_endless_line(text):
        raise csv.Error
    mark = separator(text)
    return Grid(where.file, sheet, rows(text, mark), text.count("\n") + 1, typed=False)


def has_endless_line(text: str) -> bool:
    """Whether one is longer than any row; looked at in steps as long as that, not line by line."""
    begin = 0
    while len(text) - begin > MOST_OF_A_LINE:
        after = begin + MOST_OF_A_LINE + 1
        end = max(text.rfind("\n", begin, after), text.rfind("\r", begin, after))
        if end < 0:
            return True
        begin = end + 1
    return False


def rows(text: str, mark: str) -> Iterator[list[str]]:
    for row in csv.reader(StringIO(text, newline=""), delimiter=mark):
        yield [unguarded(cell) for cell in row]


def unguarded(cell: str) -> str:
    """What was meant by ``="0123"``, ``'0123`` or a tab before it: ways to keep text text."""
    if cell.startswith("'"):
        return cell[1:]
    if cell.startswith('="') and cell.endswith('"') and len(cell) > 2:  # noqa: PLR2004  the marks
        return cell[2:-1]
    return cell


def guarded(cell: str) -> str:
    """A cell no spreadsheet takes for a formula; ``unguarded`` gives it back."""
    first = cell[:1]
    if first.isalnum():
        return cell
    begins = normalize("NFKC", cell).lstrip(UNSEEN)[:1]
    return "'" + cell if first in QUOTED or begins in FORMULA else cell
