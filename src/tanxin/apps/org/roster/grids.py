"""A sheet as rows of cells, whatever file it came from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tanxin.apps.org.roster.cells import Cell

# ((first row, first column), (last row, last column)), counted from 0.
Merge = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Grid:
    """``rows`` begins at the first row of the sheet and is read once.

    ``typed`` is false where the file cannot tell text from numbers; ``empty_formulas`` counts
    the cells whose formula was never computed.
    """

    file: str
    sheet: str
    rows: Iterable[Sequence[Cell]]
    height: int
    typed: bool = True
    merges: tuple[Merge, ...] = ()
    empty_formulas: int = 0


@dataclass(frozen=True)
class Form:
    """One person's form (任免审批表): heading of the people sheet → what stands in its field."""

    file: str
    fields: dict[str, str]
