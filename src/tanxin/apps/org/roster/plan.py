"""How the columns of one sheet are read, worked out once and not for each row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from tanxin.apps.org.roster.cells import READERS, Cell, Manner, Reader, Value
from tanxin.apps.org.roster.columns import SheetKind
from tanxin.apps.org.roster.header import Header
from tanxin.apps.org.roster.places import letters

# So many texts of a column are remembered, and none longer than a word or two.
MOST_SEEN = 10_000
LONGEST_SEEN = 60
PASSED_OVER = "serial"


class Seen(dict[str, Value]):
    """What the texts of a column were read as: units, dates and ranks repeat from row to row."""

    def __init__(self, read: Reader, manner: Manner, heading: tuple[str, str]) -> None:
        super().__init__()
        self.reader, self.manner, self.heading = read, manner, heading

    def __missing__(self, raw: str) -> Value:
        value = self.reader(raw, self.manner)
        if len(self) < MOST_SEEN and len(raw) <= LONGEST_SEEN:
            self[raw] = value
        return value

    def read(self, raw: Cell) -> Value:
        """A number or a date; 1, 1.0 and True are one key, but not one cell."""
        return self.reader(raw, self.manner)


@dataclass(frozen=True)
class Plan:
    """``readers`` are of the cells that ``pick`` takes out of a row of at least ``width``.

    ``fields`` are those of the columns; ``heading`` are the characters that the name of a row has
    where the headings are printed once more.
    """

    kind: SheetKind
    readers: tuple[tuple[str, Seen], ...]
    pick: Callable[[Sequence[Cell]], tuple[Cell, ...]]
    width: int
    fields: dict[int, str]
    name_at: int
    number_at: int
    heading: frozenset[str]

    def cells(self, row: Sequence[Cell]) -> tuple[Cell, ...]:
        missing = self.width - len(row)
        return self.pick([*row, *[None] * missing] if missing > 0 else row)


def planned(header: Header, manner: Manner) -> Plan:
    kind = header.kind
    read = [entry for entry in header.columns if entry[2].reader != PASSED_OVER]
    fields = {index: column.field for index, _, column in read}
    first = {field: index for index, field in reversed(fields.items())}
    key = "name" if "name" in kind.needs else min(kind.needs)
    return Plan(
        kind=kind,
        readers=tuple(
            (column.field, Seen(READERS[column.reader], manner, (letters(index), head)))
            for index, head, column in read
        ),
        pick=picker(list(fields)),
        width=max(fields) + 1,
        fields=fields,
        name_at=first[key],
        number_at=first.get("number", -1),
        heading=frozenset(
            mark
            for head, column in kind.by_head.items()
            if column.field in kind.needs
            for mark in head
        ),
    )


def picker(indices: list[int]) -> Callable[[Sequence[Cell]], tuple[Cell, ...]]:
    only = indices[0]
    return itemgetter(*indices) if len(indices) > 1 else lambda row: (row[only],)
