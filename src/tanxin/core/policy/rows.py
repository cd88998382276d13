"""Who holds what where, as rows of one person and one stretch of days."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from tanxin.core.policy.facts import StateFact
from tanxin.core.policy.identity import id_bytes
from tanxin.core.policy.schema import Exemption, Holder, Holding, Rule, Side
from tanxin.core.policy.snapshot import Snapshot
from tanxin.core.policy.spans import ALWAYS, Span, common, merged, span_of, without
from tanxin.core.policy.words import GONE, LOWEST_RANK, POST_LEVELS, RANKS

_LEADING_POSTS = ("chief", "head")
_CHIEF = Holder(Holding.SEAT, ("chief",), ("leadership",))


class Row(NamedTuple):
    """``first`` and ``last`` are day ordinals, both included. ``basis`` names the fact used.

    ``single`` promises that the person has no other fact of this sort, at any place.
    """

    person: Hashable
    key: bytes
    first: int
    last: int
    rank: int
    basis: str
    role: str
    single: bool = False
    sensitive: bool = False


@lru_cache(maxsize=1 << 16)
def trace(code: str, what: str, start: date | None, end: date | None) -> str:
    return f"{code}:{what}:{start or ''}:{end or ''}"


def row_of(
    person: Hashable,
    code: str,
    role: str,
    start: date | None,
    end: date | None,
    *,
    single: bool = False,
) -> Row:
    first, last = span_of(start, end)
    rank = RANKS.get(role, LOWEST_RANK)
    basis = trace(code, role, start, end)
    return Row(person, id_bytes(person), first, last, rank, basis, role, single)


class Holdings:
    """Rows of everybody at a place, made once and used by every rule that looks there."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._made: dict[tuple[Holding, Hashable], list[Row]] = {}
        self._making: dict[Holding, Callable[[Hashable], Iterable[Row]]] = {
            Holding.SEAT: self._seats,
            Holding.BRANCH: self._branch,
            Holding.POST: self._posts,
            Holding.HEAD: self._heads,
        }

    def at(self, holder: Holder, place: Hashable) -> list[Row]:
        """Return those meant at a team (seats), a branch (its roles) or a unit (heads, posts)."""
        if holder.holding is Holding.ANYONE:
            return []
        if holder.teams and self._snapshot.teams[place].kind not in holder.teams:
            return []
        rows = self._all(holder.holding, place)
        roles = holder.roles
        return [row for row in rows if row.role in roles] if roles else rows

    def _all(self, holding: Holding, place: Hashable) -> list[Row]:
        made = self._made.get((holding, place))
        if made is None:
            made = [row for row in self._making[holding](place) if row.first <= row.last]
            self._made[holding, place] = made
        return made

    def _seats(self, team: Hashable) -> Iterator[Row]:
        others = self._snapshot.seats_by_person
        for _, person, role, start, end in self._snapshot.seats_by_team.get(team, ()):
            yield row_of(person, "seat", role, start, end, single=len(others[person]) == 1)

    def _branch(self, branch: Hashable) -> Iterator[Row]:
        others = self._snapshot.members_by_person
        for person, _, role, start, end in self._snapshot.members_by_branch.get(branch, ()):
            yield row_of(person, "branch", role, start, end, single=len(others[person]) == 1)

    def _posts(self, unit: Hashable, levels: tuple[str, ...] = POST_LEVELS) -> Iterator[Row]:
        posts = self._snapshot.posts
        for person, post, start, end in self._snapshot.tenures_by_unit.get(unit, ()):
            level = posts[post].level
            if level in levels:
                yield row_of(person, "post", level, start, end)

    def _heads(self, unit: Hashable) -> Iterator[Row]:
        """The chief of the unit's leadership team; on days without one, its chief by post."""
        teams = self._snapshot.teams_by_unit.get(unit, ())
        seats = [row for team in teams for row in self.at(_CHIEF, team.id)]
        yield from (row._replace(single=False) for row in seats)
        filled = [(row.first, row.last) for row in seats]
        for row in self._posts(unit, _LEADING_POSTS):
            for first, last in without([(row.first, row.last)], filled):
                yield row._replace(first=first, last=last)


class Cut:
    """Leaves of what is held the days that count for one side of a rule.

    Days on which the person is gone or exempted never count; where the rule asks for a state only
    the days in it do.
    """

    def __init__(self, snapshot: Snapshot, rule: Rule, side: Side, today: int) -> None:
        self._snapshot = snapshot
        self._today = today
        whom = rule.terms.whom if rule.terms and side is Side.SUBJECT else None
        self._wanted = whom.states if whom else ()
        excluded = [*GONE, *(whom.not_states if whom else ())]
        for exemption in rule.exemptions:
            if _covers(exemption, side):
                excluded.extend(exemption.states)
        self._excluded = frozenset(excluded)
        self._in_wanted = self._keys_in(self._wanted)
        self._touched = self._keys_in(self._excluded | {*self._wanted}) | snapshot.bounded

    def _keys_in(self, kinds: Iterable[str]) -> frozenset[bytes]:
        """Return the keys of everybody who ever was in one of these states."""
        by_kind = self._snapshot.states_by_kind
        states = (state for kind in kinds for state in by_kind.get(kind, ()))
        return frozenset(id_bytes(state.person) for state in states)

    def rows(self, held: Iterable[Row]) -> list[Row]:
        """Return unbroken rows, one person's stretches joined where they touch."""
        touched = self._touched
        if self._wanted:
            held = [row for row in held if row.key in self._in_wanted]
        rows: list[Row] = []
        others: dict[bytes, list[Row]] = {}
        for row in held:
            if row.single and row.key not in touched:
                rows.append(row)
            else:
                others.setdefault(row.key, []).append(row)
        for key, mine in others.items():
            if len(mine) > 1 or key in touched:
                rows.extend(self._cut(mine))
            else:
                rows.extend(mine)
        return rows

    def _cut(self, held: list[Row]) -> Iterator[Row]:
        person = held[0].person
        states = self._snapshot.states_by_person.get(person, [])
        wanted = [state for state in states if state.kind in self._wanted]
        spans = merged((row.first, row.last) for row in held)
        spans = common(spans, [self._present(person)])
        spans = without(spans, [_days(s) for s in states if s.kind in self._excluded])
        if self._wanted:
            spans = common(spans, [_days(state) for state in wanted])
        for first, last in spans:
            # What he is today, or was at the end or will be at the start, names the stretch.
            day = min(max(self._today, first), last)
            naming = min((row for row in held if row.first <= day <= row.last), key=_naming)
            within = [state for state in wanted if _meets(_days(state), (first, last))]
            yield naming._replace(
                first=first,
                last=last,
                basis=",".join([naming.basis, *sorted(_state_trace(state) for state in within)]),
                single=False,
                sensitive=any(state.sensitive for state in within),
            )

    def _present(self, person: Hashable) -> Span:
        known = self._snapshot.persons.get(person)
        return span_of(known.start, known.end) if known else ALWAYS


def _naming(row: Row) -> tuple[int, str]:
    return row.rank, row.basis


def _covers(exemption: Exemption, side: Side) -> bool:
    return exemption.side in (side, Side.EITHER)


def _days(state: StateFact) -> Span:
    return span_of(state.start, state.end)


def _meets(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and one[1] >= other[0]


def _state_trace(state: StateFact) -> str:
    """What is sensitive is not named: the basis is read by more people than the fact."""
    if state.sensitive:
        return "state:-::"
    return trace("state", state.kind, state.start, state.end)
