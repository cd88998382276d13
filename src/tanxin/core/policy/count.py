"""What one duty stands for: the rows of a group, seen through a window, become found duties.

Where the same people may meet at several places or in several stretches the best meeting counts:
due last, then open first, then by place and initiator; so the order of facts changes nothing.

Millions pass here, so what passes is plain tuples, taken apart where they arrive.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import combinations, product

from tanxin.core.policy.fit import part_of, spread_over
from tanxin.core.policy.relate import Group
from tanxin.core.policy.rows import Row
from tanxin.core.policy.schema import Count, Share, Terms
from tanxin.core.policy.windows import Window

# Rank, key, first and last day within the window, and the row; so they sort by who leads.
Seen = tuple[int, bytes, int, int, Row]

# The sides (what the identity is made of), the initiator, the subject if there is one, the first
# and the last day, how many of the wanted talks are possible, whether the talk is shared, and
# whether the same sides are surely found at no other place and in no other stretch.
Found = tuple[bytes, Row, Row | None, int, int, int, bool, bool]

Counting = Callable[[Group, Window], Iterator[Found]]


def counting(terms: Terms) -> Counting:
    """Return what finds the duties of a group in a window."""
    find = _COUNTINGS[terms.count]
    if terms.count is Count.PAIR and terms.mutual:
        find = _mutual_pairs
    elif terms.count is Count.SUBJECT and terms.share is Share.SPREAD:
        find = _spread
    return _pro_rata(find) if terms.pro_rata else find


def _pro_rata(find: Counting) -> Counting:
    """Whoever is there for a part of the window owes that part of its talks, rounded up."""

    def finding(group: Group, window: Window) -> Iterator[Found]:
        whole = window.due - window.opens + 1
        for sides, who, whom, first, last, talks, shared, once in find(group, window):
            part = -(-talks * (last - first + 1) // whole)
            yield sides, who, whom, first, last, part, shared, once

    return finding


def better(one: tuple[Group, Found], other: tuple[Group, Found]) -> tuple[Group, Found]:
    return min(one, other, key=_preference)


def _preference(meeting: tuple[Group, Found]) -> tuple[int, int, int, bytes, int, bytes]:
    group, (_, initiator, _, opens, due, talks, _, _) = meeting
    return -due, opens, -talks, group.via_key, initiator.rank, initiator.key


def _seen(rows: Iterable[Row], window: Window) -> list[Seen]:
    """Return the rows that count in the window, with their days in it."""
    opens, due = window.opens, window.due
    most, least = min(due, max(opens, window.latest)), max(opens, window.floor)
    # A row that counts on its own counts with any other that does, on the days they share.
    return [
        (row.rank, row.key, opens, due, row)
        if first <= opens and last >= due  # which is so for most
        else (row.rank, row.key, max(first, opens), min(last, due), row)
        for row in rows
        if (first := row.first) <= most and (last := row.last) >= least
    ]


def _pairs(group: Group, window: Window) -> Iterator[Found]:
    talks = len(window.seeds)
    for one, other in product(_seen(group.who, window), _seen(group.whom, window)):
        (_, key, opens, due, a), (_, other_key, begins, ends, b) = one, other
        if opens != begins or due != ends:
            opens, due = max(opens, begins), min(due, ends)
        if opens <= due and key != other_key:
            yield key + other_key, a, b, opens, due, talks, False, a.single and b.single


def _mutual_pairs(group: Group, window: Window) -> Iterator[Found]:
    """Each couple once, whichever side either is on."""
    talks = len(window.seeds)
    who = _seen(group.who, window)
    if group.same:
        couples: Iterable[tuple[Seen, Seen]] = combinations(sorted(who), 2)
    else:
        couples = product(who, _seen(group.whom, window))
    apart = group.same or group.apart
    for (_, key, opens, due, a), (_, other_key, begins, ends, b) in couples:
        first, last = opens, due
        if opens != begins or due != ends:
            first, last = max(opens, begins), min(due, ends)
        if first <= last and key != other_key:
            sides = key + other_key if key < other_key else other_key + key
            yield sides, a, b, first, last, talks, False, apart and a.single and b.single


def _subjects(group: Group, window: Window) -> Iterator[Found]:
    """Each subject whom anybody can talk to; the one who leads the others answers for it."""
    who = sorted(_seen(group.who, window))
    talks = len(window.seeds)
    for seen in _seen(group.whom, window):
        able = _others(seen, who, 2)
        if able:
            _, key, first, last, row = seen
            yield key, able[0], row, first, last, talks, len(able) > 1, row.single


def _spread(group: Group, window: Window) -> Iterator[Found]:
    """Each subject falls by lot to one of those who can talk to him, so all have their part."""
    who = sorted(_seen(group.who, window))
    talks = len(window.seeds)
    for seen in _seen(group.whom, window):
        able = _others(seen, who, len(who))
        if able:
            _, key, first, last, row = seen
            lead = min(able, key=partial(_lot, key))
            yield key, lead, row, first, last, talks, len(able) > 1, row.single


def _lot(subject: bytes, initiator: Row) -> bytes:
    return spread_over(subject, initiator.key)


def _partners(group: Group, window: Window) -> Iterator[Found]:
    """Each initiator, as often as there are different people to talk to."""
    whom = _seen(group.whom, window)
    for seen in _seen(group.who, window):
        _, key, first, last, row = seen
        able = _others(seen, whom, _wanted_of(key, group, window))
        if able:
            yield key, row, None, first, last, len(able), False, row.single


def _initiators(group: Group, window: Window) -> Iterator[Found]:
    """Each initiator who has anybody to talk to, all the talks that are wanted."""
    for sides, row, _, first, last, _, shared, once in _partners(group, window):
        talks = _wanted_of(row.key, group, window)
        yield sides, row, None, first, last, talks, shared, once


def _wanted_of(initiator: bytes, group: Group, window: Window) -> int:
    """Return how many talks one owes; where it is a share, one of those there beside himself."""
    if not window.percent:
        return len(window.seeds)
    day = window.opens
    others = {row.key for row in group.whom if row.first <= day <= row.last} - {initiator}
    return part_of(len(others), window.percent)


_COUNTINGS: Mapping[Count, Counting] = {
    Count.PAIR: _pairs,
    Count.SUBJECT: _subjects,
    Count.INITIATOR: _initiators,
    Count.PARTNERS: _partners,
}


def _others(seen: Seen, rows: Iterable[Seen], most: int) -> list[Row]:
    """Return up to ``most`` other people whose days meet those of ``seen``, each once."""
    _, key, first, last, _ = seen
    known = [key]
    others: list[Row] = []
    if not most:
        return others
    for _, other_key, begins, ends, row in rows:
        if begins <= last and ends >= first and other_key not in known:
            others.append(row)
            if len(others) == most:
                break
            known.append(other_key)
    return others
