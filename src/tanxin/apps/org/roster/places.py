"""Where in which file something stands."""

from typing import NamedTuple


class RowKey(NamedTuple):
    file: str
    sheet: str
    row: int


class Where(NamedTuple):
    """``row`` counts from 1 as the spreadsheet shows it; 0 means the sheet or file as a whole.

    ``column`` holds the letters, ``header`` the heading as the file writes it.
    """

    file: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    header: str = ""

    @property
    def key(self) -> RowKey:
        return RowKey(self.file, self.sheet, self.row)

    def at(self, column: str, header: str) -> "Where":
        return self._replace(column=column, header=header)


def letters(index: int) -> str:
    """Column letters of a 0-based index.

    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    found = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        found = chr(65 + rest) + found
    return found
