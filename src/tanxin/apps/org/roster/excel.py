"""Spreadsheets (.xlsx), weighed before calamine, which holds a sheet whole, opens them."""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from tanxin.apps.org.roster.archives import ArchiveRefused, chunks, opened
from tanxin.apps.org.roster.findings import Report
from tanxin.apps.org.roster.grids import Grid
from tanxin.apps.org.roster.places import Where

# calamine lays a sheet out as a full rectangle, so one cell far away costs memory for all between.
MOST_COLUMNS = 100
MOST_ROWS = 200_000
MOST_MERGES = 50_000
SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
BLOCK = 2**20
# A place in column CW or beyond, or in row 200,000 or beyond, of a cell with content.
FAR = (
    rb"(?:(?:[A-Za-z]{3,}|[D-Zd-z][A-Za-z]|[Cc][W-Zw-z])\d+"
    rb"|[A-Za-z]{1,3}(?:[2-9]\d{5}|\d{7,}))[\"'][^>]*(?<!/)>"
)
FAR_CELL = re.compile(rb"<(?:[\w.-]+:)?c\b[^>]*\br\s*=\s*[\"']" + FAR)
# Nearly every program writes the place first, nearly always a near one: found ten times as fast.
USUAL_CELL = b'<c r="'
FAR_USUAL_CELL = re.compile(USUAL_CELL + rb"(?![ABab]?[A-Za-z]\d{1,5}\")" + FAR)
# Cells may leave their place out and then follow one another; only few programs write so.
PLACELESS = re.compile(rb"<(?:[\w.-]+:)?c\b(?![^>]*\br\s*=)[^>]*(?<!/)>")
ROW = re.compile(rb"<(?:[\w.-]+:)?row\b")
FAR_ROW = re.compile(rb"<(?:[\w.-]+:)?row\b[^>]*\br\s*=\s*[\"'](?:[2-9]\d{5}|\d{7,})[\"']")
MERGE = b"mergeCell"
# A formula that was never computed: nothing, or an empty value, follows it.
UNCOMPUTED = re.compile(rb"(?:</f>|<f\b[^>]*/>)(?:<v></v>|<v\s*/>)?</c>")
ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


def grids(data: bytes, where: Where, report: Report) -> Iterator[Grid]:
    """The sheets of a workbook; hidden ones are passed over with a note.

    Raises ``ArchiveRefused`` where the file is broken or too large to open.
    """
    empty_formulas = weigh(data)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        for meta in book.sheets_metadata:
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            if meta.visible != SheetVisibleEnum.Visible:
                report.note(Where(where.file, meta.name), "sheet-hidden")
                continue
            sheet = book.get_sheet_by_name(meta.name)
            yield Grid(
                file=where.file,
                sheet=meta.name,
                rows=sheet.iter_rows(),
                height=sheet.end[0] + 1 if sheet.end else 0,
                merges=tuple(sheet.merged_cell_ranges or ()),
                empty_formulas=empty_formulas,
            )
            empty_formulas = 0
    except CalamineError as reason:
        raise ArchiveRefused("file-broken") from reason


def weigh(data: bytes) -> int:
    """Refuse what would not fit; the number of formulas without a value."""
    uncomputed = 0
    with opened(BytesIO(data)) as archive:
        for info in archive.infolist():
            if SHEET_PART.fullmatch(info.filename):
                uncomputed += sum(map(weigh_block, blocks(chunks(archive, info))))
            elif info.filename.lower().endswith((".xml", ".rels")):
                refuse_entities(chunks(archive, info))
    return uncomputed


def blocks(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in large blocks that end with a row, or at least with a tag."""
    held = b""
    for part in parts:
        held += part
        if len(held) < BLOCK:
            continue
        cut = held.rfind(b"</row>") + 6
        if cut == 5:  # noqa: PLR2004  none found: -1 + 6
            cut = held.rfind(b">") + 1
        if len(held) - cut > 4 * BLOCK:
            raise ArchiveRefused("file-broken")
        yield held[:cut]
        held = held[cut:]
    yield held


def weigh_block(block: bytes) -> int:
    if ENTITIES.search(block):
        raise ArchiveRefused("xml-entities")
    usual = has_only_usual_cells(block)
    reaches_far = FAR_USUAL_CELL.search(block) if usual else FAR_CELL.search(block)
    if reaches_far or block.count(MERGE) > MOST_MERGES or (not usual and is_wide(block)):
        raise ArchiveRefused("sheet-too-large", rows=MOST_ROWS, columns=MOST_COLUMNS)
    return len(UNCOMPUTED.findall(block)) if b"<f" in block else 0


def has_only_usual_cells(block: bytes) -> bool:
    """Whether nothing but ``<col …`` and usual cells can be told to begin with ``c``."""
    others = block.count(b"<c") - block.count(USUAL_CELL)
    return b":c" not in block and (not others or others == block.count(b"<col"))


def is_wide(block: bytes) -> bool:
    """Whether cells that do not say where they stand would reach too far."""
    if not PLACELESS.search(block):
        return False
    if FAR_ROW.search(block):
        return True
    return any(len(PLACELESS.findall(row)) > MOST_COLUMNS for row in ROW.split(block))


def refuse_entities(parts: Iterable[bytes]) -> None:
    """Declared entities stand at the head of a part; calamine would read past them."""
    for number, part in enumerate(parts):
        if number == 0 and ENTITIES.search(part):
            raise ArchiveRefused("xml-entities")
