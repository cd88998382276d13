"""A worksheet with a title, a line about who filled it in, headings, rows and a signature."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import xlsxwriter

Cell = str | float | date | None
Rows = Sequence[Sequence[Cell]]
FIRST_ROW = 4
WIDTHS = {
    "姓名": 10,
    "身份证号": 22,
    "手机号": 14,
    "邮箱": 24,
    "现任职务": 22,
    "所在党支部": 30,
    "分管部门、单位": 52,
    "单位名称": 28,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """``heads`` maps an upper heading to the ones below it; ``merged`` columns repeat downwards."""

    name: str
    title: str
    heads: Mapping[str, tuple[str, ...]]
    rows: Rows
    merged: frozenset[int] = field(default_factory=frozenset)
    signed: bool = False


def workbook(sheets: Sequence[Sheet], *, filled_in: str) -> bytes:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    looks = {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center"}),
        "head": book.add_format(
            {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
        ),
        "cell": book.add_format({"border": 1, "valign": "vcenter"}),
        "day": book.add_format({"border": 1, "num_format": "yyyy-mm-dd"}),
    }
    for sheet in sheets:
        write(book.add_worksheet(sheet.name), sheet, looks, filled_in)
    book.close()
    return held.getvalue()


def write(
    page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, looks: Mapping[str, object], filled_in: str
) -> None:
    width = sum(max(1, len(below)) for below in sheet.heads.values())
    page.merge_range(0, 0, 0, width - 1, sheet.title, looks["title"])
    page.write_string(1, 0, filled_in)
    write_heads(page, sheet.heads, looks["head"])
    for at, row in enumerate(sheet.rows, FIRST_ROW):
        for column, value in enumerate(row):
            put(page, at, column, value, looks)
    for column in sheet.merged:
        merge_equal(page, sheet.rows, column, looks["cell"])
    if sheet.signed:
        page.write_string(FIRST_ROW + len(sheet.rows) + 1, 0, "制表：人事处")
    page.freeze_panes(FIRST_ROW, 0)


def write_heads(
    page: xlsxwriter.worksheet.Worksheet, heads: Mapping[str, tuple[str, ...]], look: object
) -> None:
    column = 0
    for head, below in heads.items():
        page.set_column(column, column, WIDTHS.get(head.replace("\n", ""), 13))
        if not below:
            page.merge_range(FIRST_ROW - 2, column, FIRST_ROW - 1, column, head, look)
            column += 1
            continue
        page.merge_range(FIRST_ROW - 2, column, FIRST_ROW - 2, column + len(below) - 1, head, look)
        for each in below:
            page.write_string(FIRST_ROW - 1, column, each, look)
            column += 1


def put(
    page: xlsxwriter.worksheet.Worksheet,
    at: int,
    column: int,
    value: Cell,
    looks: Mapping[str, object],
) -> None:
    if isinstance(value, date):
        page.write_datetime(at, column, value, looks["day"])
    elif isinstance(value, int | float):
        page.write_number(at, column, value, looks["cell"])
    else:
        page.write_string(at, column, value or "", looks["cell"])


def merge_equal(
    page: xlsxwriter.worksheet.Worksheet, rows: Rows, column: int, look: object
) -> None:
    """Merge neighbours that say the same, as people do to make a table look tidy."""
    start = 0
    for at in range(1, len(rows) + 1):
        if at < len(rows) and rows[at][column] == rows[start][column]:
            continue
        if at - start > 1 and rows[start][column]:
            first, last = FIRST_ROW + start, FIRST_ROW + at - 1
            page.merge_range(first, column, last, column, rows[start][column], look)
        start = at
