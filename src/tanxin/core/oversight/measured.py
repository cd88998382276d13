"""How often each sign erred in the trial year; written by ``tools/trial_year.py write``."""

from dataclasses import dataclass

from tanxin.core.oversight.facts import Sign


@dataclass(frozen=True, slots=True)
class Measured:
    """``planted`` people, ``found`` of them; ``shown`` signs, ``harmless`` of these."""

    planted: int
    found: int
    shown: int
    harmless: int

    @property
    def of_a_hundred(self) -> int:
        """How many of a hundred such signs were harmless."""
        return round(100 * self.harmless / self.shown) if self.shown else 0


MEASURED: dict[Sign, Measured] = {
    Sign.COPY: Measured(planted=12, found=12, shown=17, harmless=4),
    Sign.LAST_YEAR: Measured(planted=12, found=12, shown=17, harmless=1),
    Sign.ACROSS: Measured(planted=24, found=24, shown=26, harmless=2),
    Sign.PERMUTED: Measured(planted=12, found=12, shown=7, harmless=0),
    Sign.STOCK: Measured(planted=12, found=12, shown=12, harmless=0),
    Sign.TEMPLATE: Measured(planted=12, found=12, shown=36, harmless=0),
    Sign.OVERLAP: Measured(planted=12, found=12, shown=21, harmless=9),
    Sign.ABSENT: Measured(planted=12, found=12, shown=17, harmless=3),
    Sign.BURST: Measured(planted=12, found=12, shown=20, harmless=8),
    Sign.RUSH: Measured(planted=12, found=12, shown=20, harmless=8),
    Sign.LATE: Measured(planted=12, found=12, shown=17, harmless=5),
    Sign.SAME_ISSUE: Measured(planted=12, found=12, shown=20, harmless=8),
    Sign.NO_ISSUE: Measured(planted=12, found=12, shown=20, harmless=8),
    Sign.SAME_DAY: Measured(planted=12, found=12, shown=20, harmless=8),
    Sign.AT_ONCE: Measured(planted=12, found=12, shown=20, harmless=8),
    Sign.UNCONFIRMED: Measured(planted=12, found=12, shown=14, harmless=2),
}
