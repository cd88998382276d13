"""A number that changes from a day on, as parameters of rules do."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Dated:
    """``values`` are ``(from, number)``, by day. ``name`` is the parameter it was taken from."""

    values: tuple[tuple[date, int], ...]
    name: str = ""

    def on(self, day: date) -> int:
        """Return the number in force on ``day``; before the first, the first."""
        index = bisect_right([start for start, _ in self.values], day)
        return self.values[max(index - 1, 0)][1]

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(number for _, number in self.values)


def always(number: int) -> Dated:
    return Dated(((date.min, number),))


ONCE = always(1)
