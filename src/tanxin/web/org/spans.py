"""A picture of dated facts: one lane each, on a common scale of years."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

# So many years back a fact without a first day is drawn, and so is one that began long ago.
MOST_YEARS = 20
MOST_LABELS = 8


@dataclass(frozen=True, slots=True)
class Span:
    """One dated fact. ``title`` and ``detail`` are words; ``url`` leads to what it is about."""

    start: date | None
    end: date | None
    group: str
    title: str
    detail: str = ""
    url: str = ""
    source: str = ""

    def holds_on(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or self.end > day)


@dataclass(frozen=True, slots=True)
class Lane:
    """Places are percent of the width, as SVG takes them."""

    span: Span
    x: str
    width: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Picture:
    lanes: Sequence[Lane]
    years: Sequence[tuple[str, int]]
    day_x: str


def picture(spans: Iterable[Span], on: date, today: date) -> Picture:
    spans = list(spans)
    left, right = scale(spans, max(on, today))
    width = (right - left).days

    def place(day: date) -> float:
        return 100 * min(max((day - left).days / width, 0.0), 1.0)

    lanes = []
    for span in spans:
        begin = place(span.start) if span.start else 0.0
        end = place(span.end) if span.end else 100.0
        lanes.append(Lane(span, percent(begin), percent(max(end - begin, 0.5)), span.holds_on(on)))
    step = max(1, -(-(right.year - left.year) // MOST_LABELS))
    years = [
        (percent(place(date(year, 1, 1))), year)
        for year in range(left.year + 1, right.year + 1, step)
    ]
    return Picture(lanes, years, percent(place(on)))


def scale(spans: Sequence[Span], latest: date) -> tuple[date, date]:
    """From the first day drawn to some months after the last day that is certain.

    A fact "for ever" (9999-12-31) is drawn to the end and does not stretch the picture.
    """
    days = [day for span in spans for day in (span.start, span.end) if day]
    furthest = latest + timedelta(days=365 * MOST_YEARS // 4)
    right = min(max([latest, *days]), furthest) + timedelta(days=120)
    floor = date(right.year - MOST_YEARS, 1, 1)
    first = max(min([*days, latest - timedelta(days=365)]), floor)
    return max(first - timedelta(days=30), floor), right


def percent(share: float) -> str:
    return f"{share:.2f}%"
