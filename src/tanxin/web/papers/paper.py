"""What stands on an official paper, for a PDF and for Word alike.

Papers are in Chinese whatever language the pages are in: they are signed and filed here.
"""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Table:
    """``widths`` are shares of the line, one for each column."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words under a heading, and a table. ``lines`` empty lines follow, to write on by hand."""

    heading: str
    text: str = ""
    lines: int = 0
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """``grade`` stands above on the right, ``foot`` below on every page."""

    title: str
    issuer: str
    grade: str
    facts: tuple[tuple[str, str], ...] = ()
    opening: str = ""
    closing: str = ""
    passages: tuple[Passage, ...] = ()
    boxes: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    foot: str = ""
    dated: str = ""
    remark: str = ""

    def values(self) -> dict[str, Any]:
        return asdict(self)
