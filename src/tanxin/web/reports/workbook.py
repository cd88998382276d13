"""A ledger as a workbook: every cell a string or a number; who took it stands on each page.

In memory: a temporary file would leave names on the disk.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tanxin.web.reports.sheets import Sheet

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MARK = "tanxin"


@dataclass(frozen=True, slots=True)
class Cover:
    """``mark`` is who took it and when; ``taken_id`` is hidden in the file."""

    title: str
    facts: tuple[tuple[str, str], ...]
    figures: tuple[tuple[str, int], ...]
    address: str
    mark: str
    taken_id: UUID


def workbook_of(cover: Cover, sheets: Sequence[Sheet]) -> bytes:
    held = BytesIO()
    book = xlsxwriter.Workbook(
        held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": cover.title, "author": cover.mark})
    book.set_custom_property(MARK, str(cover.taken_id))
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    bold = book.add_format({"num_format": "@", "bold": True, "bottom": 1, "text_wrap": True})
    first = book.add_worksheet("说明")
    cover_on(first, cover, text, bold)
    on_paper(first, cover)
    for sheet in sheets:
        page = book.add_worksheet(sheet.title)
        fill(page, sheet, text, bold)
        on_paper(page, cover)
    hidden = book.add_worksheet("id")
    hidden.write_string(0, 0, str(cover.taken_id))
    hidden.very_hidden()
    book.close()
    return held.getvalue()


def cover_on(page: Worksheet, cover: Cover, text: Format, bold: Format) -> None:
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 70)
    page.write_string(0, 0, cover.title, bold)
    page.write_string(0, 1, cover.mark, bold)
    at = 1
    for label, said in cover.facts:
        page.write_string(at, 0, label, text)
        page.write_string(at, 1, said, text)
        at += 1
    for label, number in cover.figures:
        page.write_string(at, 0, label, text)
        page.write_number(at, 1, number)
        at += 1
    page.write_string(at, 0, "数字出处（系统内页面）", text)
    page.write_string(at, 1, cover.address, text)


def fill(page: Worksheet, sheet: Sheet, text: Format, bold: Format) -> None:
    page.freeze_panes(1, 0)
    for at, (word, width) in enumerate(sheet.columns):
        page.set_column(at, at, width)
        page.write_string(0, at, word, bold)
    for line, row in enumerate(sheet.rows, 1):
        for at, said in enumerate(row):
            if said:
                page.write_string(line, at, said, text)


def on_paper(page: Worksheet, cover: Cover) -> None:
    """Who took it stands above and below on every page that is printed."""
    mark = cover.mark.replace("&", "&&")
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_header(f"&L&9{mark}&R&9{cover.title.replace('&', '&&')}")
    page.set_footer(f"&L&9{mark}&C&9&P / &N&R&9{str(cover.taken_id)[:8]}")
