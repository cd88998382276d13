"""Whether somebody was talked with before: judged on the day of what a rule answers to.

The talk that answers an event is no earlier talk for the same event. In a period a rule looks each
day, which ``rows`` sees to.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from tanxin.core.policy.narrowing import SECRET, ByPerson, talked
from tanxin.core.policy.relate import Group
from tanxin.core.policy.rows import Row
from tanxin.core.policy.schema import AfterEvent, Selector, Terms
from tanxin.core.policy.snapshot import Snapshot

Judged = Callable[[Group, date], Group]
_NOBODY: ByPerson = {}


def judged_apart(terms: Terms) -> Terms:
    """Return ``terms`` without what ``recurring`` judges."""
    if not _looks_back(terms):
        return terms
    return replace(
        terms,
        who=replace(terms.who, talked=None, not_talked=None),
        whom=replace(terms.whom, talked=None, not_talked=None),
    )


def recurring(snapshot: Snapshot, terms: Terms) -> Judged | None:
    """Return what leaves in a group who fits on a day, or None where the rule does not ask."""
    if not _looks_back(terms):
        return None
    who, whom = _Side(snapshot, terms.who), _Side(snapshot, terms.whom)

    def judge(group: Group, on: date) -> Group:
        day = on.toordinal()
        left, right = list(who.on(group.who, day)), list(whom.on(group.whom, day))
        return group._replace(who=left, whom=right, same=False, once=False)

    return judge


def _looks_back(terms: Terms) -> bool:
    sides = (terms.who, terms.whom)
    return isinstance(terms.time, AfterEvent) and any(
        side.talked or side.not_talked for side in sides
    )


class _Side:
    def __init__(self, snapshot: Snapshot, meant: Selector) -> None:
        self._asks = meant.talked is not None
        self._wanted = talked(snapshot, meant.talked) if meant.talked else _NOBODY
        self._unwanted = talked(snapshot, meant.not_talked) if meant.not_talked else _NOBODY

    def on(self, rows: Sequence[Row], day: int) -> Iterator[Row]:
        for row in rows:
            if _covers(self._unwanted, row, day):
                continue
            if not self._asks:
                yield row
            elif _covers(self._wanted, row, day):
                yield row._replace(basis=f"{row.basis},{SECRET}", single=False, sensitive=True)


def _covers(pieces: ByPerson, row: Row, day: int) -> bool:
    return any(piece.first <= day <= piece.last for piece in pieces.get(row.person, ()))
