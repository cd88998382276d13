"""Reads a grid: header, then row after row."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import PurePath

from tanxin.apps.org.roster.build import BUILDERS, Values
from tanxin.apps.org.roster.cells import READERS, Cell, Manner
from tanxin.apps.org.roster.columns import EXPLAINING, bare_head, kinds
from tanxin.apps.org.roster.findings import Report
from tanxin.apps.org.roster.grids import Form, Grid, Merge
from tanxin.apps.org.roster.header import LOOKED_AT, Header, find_header
from tanxin.apps.org.roster.places import Where
from tanxin.apps.org.roster.plan import Plan, planned
from tanxin.apps.org.roster.rows import Row
from tanxin.apps.org.roster.values import plain

Progress = Callable[[int, int], None]
MOST_ROWS = 200_000
EVERY = 1000
# What belongs to one person alone is never carried down a merged cell of the people sheet.
PERSONAL = frozenset({"name", "number", "id_number", "phone", "mail", "career", "note"})
CLOSING = re.compile(r"(合计|总计|共计|小计|制表|填表|审核|审批|注[:：]|备注[:：]|说明[:：])")
HEADING_CELLS = 2


@dataclass
class Reading:
    """What has been read so far, of all files; ``total`` grows as files are opened."""

    report: Report = field(default_factory=Report)
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in kinds()})
    variant: str = ""
    progress: Progress | None = None
    done: int = 0
    total: int = 0

    def expect(self, count: int) -> None:
        self.total += count

    def step(self, count: int) -> None:
        """``total`` is what the file claims; it never falls behind what has been read."""
        self.done += count
        self.total = max(self.done, self.total)
        if self.progress:
            self.progress(self.done, self.total)

    def finish(self) -> None:
        self.total = self.done
        self.step(0)


def read_grid(grid: Grid, reading: Reading) -> None:
    """Add the rows of one sheet, or say why it has none."""
    where = Where(grid.file, grid.sheet)
    source = iter(grid.rows)
    first = list(islice(source, LOOKED_AT + 1))
    if any(name == bare_head(grid.sheet) for name in EXPLAINING):
        reading.step(grid.height)
        return
    if not any(plain(cell) for row in first for cell in row):
        reading.report.note(where, "sheet-empty")
        reading.step(grid.height)
        return
    title = grid.sheet or PurePath(grid.file).stem
    header = find_header(first, grid.merges, title)
    if header is None:
        say_no_header(where, reading)
        reading.step(grid.height)
        return
    say_unknown(where, header, grid, reading)
    read_rows(grid, header, chain(first, source), reading)


def say_no_header(where: Where, reading: Reading) -> None:
    looked_for = "、".join(column.heads[0] for column in kinds()["people"].columns[:12])
    titles = "、".join(kind.title for kind in kinds().values())
    reading.report.error(
        where, "no-header", "use-template", rows=LOOKED_AT, heads=looked_for, kinds=titles
    )


def say_unknown(where: Where, header: Header, grid: Grid, reading: Reading) -> None:
    if header.unknown:
        reading.report.note(where, "columns-ignored", heads="、".join(header.unknown)[:300])
    if grid.empty_formulas:
        reading.report.note(where, "formulas-empty", "save-in-excel", count=grid.empty_formulas)


def read_rows(grid: Grid, header: Header, rows: Iterator[Sequence[Cell]], reading: Reading) -> None:
    plan = planned(header, Manner(typed=grid.typed, variant=reading.variant))
    found = reading.rows[plan.kind.name]
    builder = BUILDERS[plan.kind.name]
    carried = Carried(grid.merges, plan)
    before, since = len(found), 0
    skipped: list[int] = []
    for at, row in enumerate(rows):
        since += 1
        if since == EVERY:
            reading.step(since)
            since = 0
        if at < header.data_from:
            continue
        filled = carried.fill(at, row)
        if is_no_row(filled, plan):
            if any(map(plain, filled)):
                skipped.append(at + 1)
            continue
        if len(found) - before >= MOST_ROWS:
            reading.report.error(Where(grid.file, grid.sheet), "too-many-rows", most=MOST_ROWS)
            break
        where = Where(grid.file, grid.sheet, at + 1)
        found.extend(builder(read_values(filled, plan, where, reading), where, reading.report))
    reading.step(since)
    say_skipped(Where(grid.file, grid.sheet), skipped, len(found) - before, reading)


def say_skipped(where: Where, skipped: list[int], found: int, reading: Reading) -> None:
    if skipped:
        shown = "、".join(map(str, skipped[:10]))
        reading.report.note(where, "rows-skipped", count=len(skipped), rows=shown)
    if not found:
        reading.report.note(where, "no-rows")


def is_no_row(row: Sequence[Cell], plan: Plan) -> bool:
    """Empty rows, section headings, sums, signatures, and the header printed once more."""
    cell = row[plan.name_at] if plan.name_at < len(row) else None
    if isinstance(cell, str) and cell.isalpha() and plan.heading.isdisjoint(cell):
        return False
    name = plain(cell)
    if plan.kind.name != "people" and 0 <= plan.number_at < len(row) and plain(row[plan.number_at]):
        return False
    if name:
        column = plan.kind.by_head.get(bare_head(name))
        return column is not None and column.field in plan.kind.needs
    texts = [text for cell in row if cell is not None and (text := plain(cell))]
    return len(texts) <= HEADING_CELLS or any(CLOSING.match(text) for text in texts)


def read_values(row: Sequence[Cell], plan: Plan, where: Where, reading: Reading) -> Values:
    values: Values = {}
    for (name, seen), raw in zip(plan.readers, plan.cells(row), strict=True):
        if not raw and (raw is None or raw == ""):
            continue
        value, problem = seen[raw] if raw.__class__ is str else seen.read(raw)
        if problem is not None:
            reading.report.add(where.at(*seen.heading), problem, name)
        if name in values:  # one of several columns that make up one value
            value = "，".join(filter(None, (values[name], str(value))))
        values[name] = value
    return values


def read_form(form: Form, reading: Reading) -> None:
    """One person's form, its fields read as the columns of the people sheet are."""
    kind = kinds()["people"]
    manner = Manner(typed=True, variant=reading.variant)
    where = Where(form.file, row=1)
    values: Values = {}
    for name, raw in form.fields.items():
        column = kind.column(name)
        value, problem = READERS[column.reader](raw, manner)
        if problem is not None:
            reading.report.add(where.at("", column.heads[0]), problem, name)
        values[name] = value
    reading.rows["people"].extend(BUILDERS["people"](values, where, reading.report))
    reading.step(1)


class Carried:
    """Fills the cells a merged cell covers downwards with its value."""

    def __init__(self, merges: Sequence[Merge], plan: Plan) -> None:
        personal = PERSONAL if plan.kind.name == "people" else frozenset[str]()
        self.columns = frozenset(
            index for index, field in plan.fields.items() if field not in personal
        )
        self.starts: dict[int, list[Merge]] = {}
        for merge in merges:
            if merge[1][0] > merge[0][0]:
                self.starts.setdefault(merge[0][0], []).append(merge)
        self.active: dict[int, tuple[int, Cell]] = {}

    def fill(self, at: int, row: Sequence[Cell]) -> Sequence[Cell]:
        for first, last in self.starts.get(at, ()):
            if first[1] in self.columns and first[1] < len(row):
                self.active[first[1]] = (last[0], row[first[1]])
        if not self.active:
            return row
        self.active = {c: held for c, held in self.active.items() if held[0] >= at}
        filled = list(row)
        for column, (_, value) in self.active.items():
            if column < len(filled) and filled[column] in {"", None}:
                filled[column] = value
        return filled
