"""Writes a roster in the columns it is read from, so that it comes back the same.

Every cell is text. In a CSV file what a spreadsheet would take for a formula is marked with an
apostrophe, which reading takes off again.
"""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Any, Literal, cast
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

from tanxin.apps.org import codes
from tanxin.apps.org.roster.career import career_text
from tanxin.apps.org.roster.columns import Column, SheetKind, kinds
from tanxin.apps.org.roster.rows import Roster, Row
from tanxin.apps.org.roster.texts import guarded

Format = Literal["xlsx", "csv"]
EXPLANATION_SHEET = "填写说明"
WIDE = {"career": 40, "id_number": 22, "post": 24, "unit": 20, "note": 20}


def write_roster(roster: Roster, format: Format = "xlsx", *, variant: str = "organ") -> bytes:  # noqa: A002  the agreed name
    """A workbook with a sheet per kind; as ``csv`` one file, or a zip of them for several kinds."""
    tables = [
        (kind, [written(row, at, kind, variant) for at, row in enumerate(rows_of(roster, kind), 1)])
        for kind in kinds().values()
        if kind.name == "people" or rows_of(roster, kind)
    ]
    if len(tables) > 1 and not roster.people:
        tables = tables[1:]
    return workbook(tables) if format == "xlsx" else csv_files(tables)


def write_template(format: Format = "xlsx", explanation: Sequence[str] = ()) -> bytes:  # noqa: A002
    """All sheets with headings only, and a sheet that explains."""
    tables: list[Table] = [(kind, []) for kind in kinds().values()]
    return workbook(tables, explanation) if format == "xlsx" else csv_files(tables)


Table = tuple[SheetKind, list[list[str]]]


def rows_of(roster: Roster, kind: SheetKind) -> Sequence[Row]:
    return cast("Sequence[Row]", getattr(roster, kind.name))


def written(row: Row, at: int, kind: SheetKind, variant: str) -> list[str]:
    return [
        str(at) if column.reader == "serial" else cell(column, getattr(row, column.field), variant)
        for column in kind.columns
    ]


def cell(column: Column, value: Any, variant: str) -> str:  # noqa: ANN401  each column has its own type
    if value is None or value in {"", ()}:
        return ""
    write = WRITERS.get(column.reader)
    if write:
        return write(value)
    if column.reader == "rank":
        return codes.rank_word(value, variant)
    return str(value)


def word(table: str) -> Callable[[Any], str]:
    return lambda code: codes.table(table).word(code)


def last_day(end: date) -> str:
    return (end - timedelta(days=1)).isoformat()


def several_states(states: Iterable[str]) -> str:
    return "、".join(codes.table("state").word(code) for code in states)


def month(read: str) -> str:
    """``1980年10月``: no spreadsheet takes it for the number 1980.1."""
    year, number = read.split("-")
    return f"{year}年{number}月"


WRITERS: Mapping[str, Callable[[Any], str]] = {
    "month": month,
    "day": date.isoformat,
    "joined": date.isoformat,
    "until": last_day,
    "states": several_states,
    "career": career_text,
    "gender": word("gender"),
    "politics": word("politics"),
    "state": word("state"),
    "unit_kind": word("unit_kind"),
    "team_kind": word("team_kind"),
    "contact_kind": word("contact_kind"),
    "seat_role": word("seat_role"),
    "event": word("event"),
}


def workbook(tables: Sequence[Table], explanation: Sequence[str] = ()) -> bytes:
    """In memory: a temporary file would leave names on the disk."""
    held = BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    text = book.add_format({"num_format": "@"})
    bold = book.add_format({"num_format": "@", "bold": True, "bottom": 1})
    for kind, rows in tables:
        sheet = book.add_worksheet(kind.title)
        sheet.freeze_panes(1, 0)
        for index, column in enumerate(kind.columns):
            sheet.set_column(index, index, WIDE.get(column.field, 14), text)
            sheet.write_string(0, index, column.heads[0], bold)
        for at, row in enumerate(rows, 1):
            for index, written_text in enumerate(row):
                if written_text:
                    sheet.write_string(at, index, written_text, text)
    if explanation:
        sheet = book.add_worksheet(EXPLANATION_SHEET)
        sheet.set_column(0, 0, 100)
        for at, line in enumerate(explanation):
            sheet.write_string(at, 0, line)
    book.close()
    return held.getvalue()


def csv_files(tables: Sequence[Table]) -> bytes:
    if len(tables) == 1:
        return csv_file(*tables[0])
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for kind, rows in tables:
            archive.writestr(f"{kind.title}.csv", csv_file(kind, rows))
    return held.getvalue()


def csv_file(kind: SheetKind, rows: Iterable[Sequence[str]]) -> bytes:
    """With a byte order mark, or Excel reads Chinese as GB18030."""
    held = StringIO(newline="")
    out = csv.writer(held)
    out.writerow([column.heads[0] for column in kind.columns])
    out.writerows([guarded(text) for text in row] for row in rows)
    return held.getvalue().encode("utf-8-sig")
