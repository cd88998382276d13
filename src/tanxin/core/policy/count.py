"""What one duty stands for: the rows of a group, cut to a window, become found duties.

A found duty is kept aside (``Late``) where the same people may meet at several places or in
several stretches, and the best of them counts: due last, then open first, then by place and
initiator, so that the order in which facts are stored changes nothing.
"""

from collections.abc import Iterable, Iterator
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


def counted(count: Count, group: Group, window: Window, *, mutual: bool) -> Iterator[Found]:
    """Return the duties of a group in a window."""
    if count is Count.PAIR:
        return _pairs(group, window) if not mutual else _mutual_pairs(group, window)
    if count is Count.SUBJECT:
        return _subjects(group, window)
    return _initiators(group, window, different=count is Count.PARTNERS)


def better(one: Found, other: Found) -> Found:
    return min(one, other, key=_preference)


def _preference(found: Found) -> tuple[int, int, int, bytes, int, bytes]:
    initiator = found.initiator
    by_place = found.group.via_key
    return -found.due, found.opens, -found.talks, by_place, initiator.rank, initiator.key


def _leading(row: Row) -> tuple[int, bytes]:
    return row.rank, row.key


def clip(rows: Iterable[Row], window: Window) -> list[Row]:
    """Return the rows that count in the window, cut to the days of it they cover."""
    opens, due, floor, latest = window.opens, window.due, window.floor, window.latest
    clipped = []
    for row in rows:
        first = max(opens, row.first)
        last = min(due, row.last)
        if first <= last and last >= floor and (first == opens or first <= latest):
            clipped.append(Row(row[0], row[1], first, last, *row[4:]))
    return clipped


def _pairs(group: Group, window: Window) -> Iterator[Found]:
    whom = clip(group.whom, window)
    talks = len(window.seeds)
    for a, b in product(clip(group.who, window), whom):
        first, last = max(a.first, b.first), min(a.last, b.last)
        if first <= last and a.key != b.key:
            once = a.single and b.single
            yield Found(a.key + b.key, a, b, first, last, talks, False, once, group)  # noqa: FBT003


def _mutual_pairs(group: Group, window: Window) -> Iterator[Found]:
    """Each couple once, whichever side either is on."""
    who = clip(group.who, window)
    couples: Iterable[tuple[Row, Row]]
    if group.same:
        who.sort(key=_leading)
        couples = combinations(who, 2)
    else:
        couples = product(who, clip(group.whom, window))
    apart = group.same or group.apart
    talks = len(window.seeds)
    for a, b in couples:
        first = max(b.first, a.first)
        last = min(b.last, a.last)
        if first <= last and a.key != b.key:
            sides = a.key + b.key if a.key < b.key else b.key + a.key
            once = apart and a.single and b.single
            yield Found(sides, a, b, first, last, talks, False, once, group)  # noqa: FBT003


def _subjects(group: Group, window: Window) -> Iterator[Found]:
    """Each subject whom anybody can talk to; the one who leads the others answers for it."""
    who = sorted(clip(group.who, window), key=_leading)
    talks = len(window.seeds)
    for row in clip(group.whom, window):
        able = list(islice(_others(row, who), 2))
        if able:
            shared = len(able) > 1
            yield Found(
                row.key, able[0], row, row.first, row.last, talks, shared, row.single, group
            )


def _initiators(group: Group, window: Window, *, different: bool) -> Iterator[Found]:
    """Each initiator who has anybody to talk to; ``different`` wants a new partner each time."""
    whom = clip(group.whom, window)
    wanted = len(window.seeds)
    for row in clip(group.who, window):
        partners = len(list(islice(_others(row, whom), wanted)))
        if partners:
            talks = partners if different else wanted
            yield Found(row.key, row, None, row.first, row.last, talks, False, row.single, group)  # noqa: FBT003


def _others(row: Row, rows: Iterable[Row]) -> Iterator[Row]:
    """Return other people whose days meet those of ``row``, each once."""
    seen = {row.key}
    for other in rows:
        meet = other.first <= row.last and other.last >= row.first
        if meet and other.key not in seen:
            seen.add(other.key)
            yield other
