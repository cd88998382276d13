"""What one duty stands for: the rows of a group, seen through a window, become found duties.

Where the same people may meet at several places or in several stretches the best meeting counts:
due last, then open first, then by place and initiator; so the order of facts changes nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations, islice, product
from typing import NamedTuple

from tanxin.core.policy.relate import Group
from tanxin.core.policy.rows import Row
from tanxin.core.policy.schema import Count
from tanxin.core.policy.windows import Window


class Found(NamedTuple):
    """``sides`` is what the identity is made of; ``talks`` how many of the wanted are possible.

    ``once`` promises that the same sides are found at no other place and in no other stretch.
    """

    sides: bytes
    initiator: Row
    subject: Row | None
    opens: int
    due: int
    talks: int
    shared: bool
    once: bool
    group: Group


Counting = Callable[[Group, Window], Iterator[Found]]


def counting(count: Count, *, mutual: bool) -> Counting:
    """Return what finds the duties of a group in a window."""
    if count is Count.PAIR and mutual:
        return _mutual_pairs
    return _COUNTINGS[count]


def better(one: Found, other: Found) -> Found:
    return min(one, other, key=_preference)


def _preference(found: Found) -> tuple[int, int, int, bytes, int, bytes]:
    initiator = found.initiator
    by_place = found.group.via_key
    return -found.due, found.opens, -found.talks, by_place, initiator.rank, initiator.key


def _leading(row: Row) -> tuple[int, bytes]:
    return row.rank, row.key


def _seen(rows: Iterable[Row], window: Window) -> list[Row]:
    """Return the rows that count in the window."""
    opens, due, floor, latest = window.opens, window.due, window.floor, window.latest
    # A row that counts on its own counts with any other that does, on the days they share.
    return [
        row
        for row in rows
        if row.first <= due and row.last >= floor and row.last >= opens
        and (row.first <= opens or row.first <= latest)
    ]  # fmt: skip


def _days(row: Row, window: Window) -> tuple[int, int]:
    return max(row.first, window.opens), min(row.last, window.due)


def _pairs(group: Group, window: Window) -> Iterator[Found]:
    opens, due, talks = window.opens, window.due, len(window.seeds)
    for a, b in product(_seen(group.who, window), _seen(group.whom, window)):
        first, last = max(a.first, b.first, opens), min(a.last, b.last, due)
        if first <= last and a.key != b.key:
            once = a.single and b.single
            yield Found(a.key + b.key, a, b, first, last, talks, False, once, group)  # noqa: FBT003


def _mutual_pairs(group: Group, window: Window) -> Iterator[Found]:
    """Each couple once, whichever side either is on."""
    opens, due, talks = window.opens, window.due, len(window.seeds)
    who = _seen(group.who, window)
    if group.same:
        who.sort(key=_leading)
        couples: Iterable[tuple[Row, Row]] = combinations(who, 2)
    else:
        couples = product(who, _seen(group.whom, window))
    apart = group.same or group.apart
    for a, b in couples:
        first, last = max(a.first, b.first, opens), min(a.last, b.last, due)
        if first <= last and a.key != b.key:
            sides = a.key + b.key if a.key < b.key else b.key + a.key
            once = apart and a.single and b.single
            yield Found(sides, a, b, first, last, talks, False, once, group)  # noqa: FBT003


def _subjects(group: Group, window: Window) -> Iterator[Found]:
    """Each subject whom anybody can talk to; the one who leads the others answers for it."""
    who = sorted(_seen(group.who, window), key=_leading)
    talks = len(window.seeds)
    for row in _seen(group.whom, window):
        able = list(islice(_others(row, who), 2))
        if able:
            opens, due = _days(row, window)
            shared = len(able) > 1
            yield Found(row.key, able[0], row, opens, due, talks, shared, row.single, group)


def _partners(group: Group, window: Window) -> Iterator[Found]:
    """Each initiator, as often as there are different people to talk to."""
    whom = _seen(group.whom, window)
    wanted = len(window.seeds)
    for row in _seen(group.who, window):
        talks = len(list(islice(_others(row, whom), wanted)))
        if talks:
            opens, due = _days(row, window)
            yield Found(row.key, row, None, opens, due, talks, False, row.single, group)  # noqa: FBT003


def _initiators(group: Group, window: Window) -> Iterator[Found]:
    """Each initiator who has anybody to talk to, all the talks that are wanted."""
    wanted = len(window.seeds)
    return (found._replace(talks=wanted) for found in _partners(group, window))


_COUNTINGS: Mapping[Count, Counting] = {
    Count.PAIR: _pairs,
    Count.SUBJECT: _subjects,
    Count.INITIATOR: _initiators,
    Count.PARTNERS: _partners,
}


def _others(row: Row, rows: Iterable[Row]) -> Iterator[Row]:
    """Return other people whose days meet those of ``row``, each once.

    Both count in the window, so days they share after it opened are days in it.
    """
    seen = {row.key}
    for other in rows:
        meet = other.first <= row.last and other.last >= row.first
        if meet and other.key not in seen:
            seen.add(other.key)
            yield other
