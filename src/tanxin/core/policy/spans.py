"""Stretches of days as pairs of ordinals, first day and last day, both included."""

from collections.abc import Iterable
from datetime import date

Span = tuple[int, int]

FIRST = 1
LAST = date.max.toordinal()
ALWAYS: Span = (FIRST, LAST)


def span_of(start: date | None, end: date | None) -> Span:
    """Turn half-open dates into a span; what ends before it starts gives an empty one."""
    return (start.toordinal() if start else FIRST, end.toordinal() - 1 if end else LAST)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the same days as few spans, in order; empty ones vanish, touching ones join."""
    result: list[Span] = []
    for first, last in sorted(spans):
        if last < first:
            continue
        if result and first <= result[-1][1] + 1:
            result[-1] = (result[-1][0], max(last, result[-1][1]))
        else:
            result.append((first, last))
    return result


def common(some: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """Return the days in both."""
    others = list(others)
    return merged((max(a, c), min(b, d)) for a, b in some for c, d in others)


def without(some: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """Return the days of ``some`` that are not in ``others``."""
    left = merged(some)
    for first, last in others:
        if first <= last:
            left = [
                piece
                for a, b in left
                for piece in ((a, min(b, first - 1)), (max(a, last + 1), b))
                if piece[0] <= piece[1]
            ]
    return left
