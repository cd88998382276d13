"""What an indicator rests on: single things one can be led to, or sums where none may be known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from tanxin.core.vault.canonical import Json

# Things are counted in halves: as it should be (2), in part (1), not (0).
FULL, HALF, NONE = 2, 1, 0
# What an appeal may make of one thing: leave it out, or count it as it should be.
OUT, MET = "out", "met"
Changes: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """``rows`` name things by an opaque id, each with its halves; ``sums`` are yes, partly, no."""

    rows: tuple[tuple[str, int], ...] = ()
    sums: tuple[int, int, int] = (0, 0, 0)

    @property
    def count(self) -> int:
        return len(self.rows) + sum(self.sums)

    @property
    def halves(self) -> int:
        yes, partly, _ = self.sums
        return sum(half for _, half in self.rows) + FULL * yes + HALF * partly

    def changed(self, changes: Changes) -> "Evidence":
        """As an appeal has it."""
        rows = tuple(
            (ref, FULL if changes.get(ref) == MET else half)
            for ref, half in self.rows
            if changes.get(ref) != OUT
        )
        return Evidence(rows, self.sums)

    def data(self) -> dict[str, Json]:
        return {"rows": [[ref, half] for ref, half in sorted(self.rows)], "sums": list(self.sums)}


def together(pieces: Iterable[Evidence]) -> tuple[int, int]:
    """How many things there are in the whole organisation, and their halves."""
    given = list(pieces)
    return sum(one.count for one in given), sum(one.halves for one in given)
