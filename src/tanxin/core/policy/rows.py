"""Who holds what where, as rows of one person and one stretch of days."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from tanxin.core.policy.facts import StateFact
from tanxin.core.policy.identity import id_bytes
from tanxin.core.policy.narrowing import Piece, narrowings, spans, talked
from tanxin.core.policy.schema import Exemption, Holder, Holding, Rule, Selector, Side
from tanxin.core.policy.snapshot import Snapshot
from tanxin.core.policy.spans import ALWAYS, Span, common, merged, span_of, without
from tanxin.core.policy.trace import trace
from tanxin.core.policy.words import GONE, LOWEST_RANK, POST_LEVELS, RANKS

_LEADING_POSTS = ("chief", "head")
_PLACES = 4096


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


def row_of(
    person: Hashable,
    code: str,
    role: str,
    start: date | None,
    end: date | None,
    *,
    single: bool = False,
) -> Row:
    first, last, rank, basis = _told(code, role, start, end)
    return row_from((person, id_bytes(person), first, last, rank, basis, role, single, False))


# What ``Row(*fields)`` does without its check of the arguments: there are millions of rows.
row_from = partial(tuple.__new__, Row)


@lru_cache(maxsize=1 << 16)
def _told(code: str, role: str, start: date | None, end: date | None) -> tuple[int, int, int, str]:
    """Return what all facts of the same role and days have alike."""
    first, last = span_of(start, end)
    return first, last, RANKS.get(role, LOWEST_RANK), trace(code, role, start, end)


class Standing(NamedTuple):
    """Those meant at one place. ``single`` says that every row is; ``keys`` are theirs."""

    rows: list[Row]
    keys: list[bytes]
    single: bool


_key, _single = attrgetter("key"), attrgetter("single")
_NOBODY = Standing([], [], single=True)


def standing(rows: list[Row]) -> Standing:
    return Standing(rows, list(map(_key, rows)), all(map(_single, rows)))


class Holdings:
    """Who stands at a place. What was made last is kept: several rules look at the same place."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._of: dict[Holder, Callable[[Hashable], Standing]] = {}
        self._at: dict[Holder, Callable[[Hashable], Standing]] = {}
        self._everybody = {
            holding: lru_cache(_PLACES)(partial(_standing_at, snapshot, make))
            for holding, make in _MAKING.items()
        }

    def of(self, holder: Holder) -> Callable[[Hashable], Standing]:
        """Return what finds those meant at a team (seats), branch (its roles), unit (the rest)."""
        if holder not in self._of:
            everybody = self._everybody.get(holder.holding, _nobody)
            found = everybody
            if holder.parts:
                found = lru_cache(_PLACES)(partial(_together, list(map(self.of, holder.parts))))
            elif holder.roles or holder.teams:
                found = lru_cache(_PLACES)(partial(_meant, self._snapshot, holder, everybody))
            self._of[holder] = found
        return self._of[holder]

    def at(self, holder: Holder) -> Callable[[Hashable], Standing]:
        """Return what finds those meant at a unit, in its teams as well."""
        if holder not in self._at:
            found: Callable[[Hashable], Standing] = partial(_together, [self.of(holder)])
            if holder.parts:
                found = partial(_together, list(map(self.at, holder.parts)))
            elif holder.holding is Holding.SEAT:
                found = partial(_in_teams, self._snapshot, self.of(holder))
            elif holder.holding is Holding.ANYONE:
                found = partial(_together, [self.at(Holder(each)) for each in _STANDING])
            self._at[holder] = lru_cache(_PLACES)(found)
        return self._at[holder]


_STANDING = (Holding.POST, Holding.SEAT, Holding.BRANCH)
_Making = Callable[[Snapshot, Hashable], Iterable[Row]]


def _standing_at(snapshot: Snapshot, make: _Making, place: Hashable) -> Standing:
    return standing([row for row in make(snapshot, place) if row.first <= row.last])


def _meant(
    snapshot: Snapshot,
    holder: Holder,
    everybody: Callable[[Hashable], Standing],
    place: Hashable,
) -> Standing:
    if holder.teams and snapshot.teams[place].kind not in holder.teams:
        return _NOBODY
    roles = holder.roles
    return standing([row for row in everybody(place).rows if not roles or row.role in roles])


def _together(parts: Sequence[Callable[[Hashable], Standing]], place: Hashable) -> Standing:
    """Whoever is one of several things may be it for several facts."""
    rows = [row._replace(single=False) for part in parts for row in part(place).rows]
    return standing(rows)


def _in_teams(
    snapshot: Snapshot, seats: Callable[[Hashable], Standing], unit: Hashable
) -> Standing:
    teams = (team.id for team in snapshot.teams_by_unit.get(unit, ()))
    return standing([row._replace(single=False) for team in teams for row in seats(team).rows])


def _nobody(place: Hashable) -> Standing:  # noqa: ARG001 - at no place
    return _NOBODY


def _seats(snapshot: Snapshot, team: Hashable) -> Iterator[Row]:
    others = snapshot.seats_by_person
    for _, person, role, start, end in snapshot.seats_by_team.get(team, ()):
        yield row_of(person, "seat", role, start, end, single=len(others[person]) == 1)


def _branch(snapshot: Snapshot, branch: Hashable) -> Iterator[Row]:
    others = snapshot.members_by_person
    for person, _, role, start, end in snapshot.members_by_branch.get(branch, ()):
        yield row_of(person, "branch", role, start, end, single=len(others[person]) == 1)


def _posts(
    snapshot: Snapshot, unit: Hashable, levels: tuple[str, ...] = POST_LEVELS
) -> Iterator[Row]:
    posts = snapshot.posts
    for person, post, start, end in snapshot.tenures_by_unit.get(unit, ()):
        level = posts[post].level
        if level in levels:
            yield row_of(person, "post", level, start, end)


def _heads(snapshot: Snapshot, unit: Hashable) -> Iterator[Row]:
    """The chief of the unit's leadership team; on days without one, its chief by post."""
    seats = [
        row._replace(single=False)
        for team in snapshot.teams_by_unit.get(unit, ())
        if team.kind == "leadership"
        for row in _seats(snapshot, team.id)
        if row.role == "chief" and row.first <= row.last
    ]
    posts = _posts(snapshot, unit, _LEADING_POSTS)
    return chain(seats, _left_by(seats, posts)) if seats else posts


def _left_by(seats: Iterable[Row], posts: Iterable[Row]) -> Iterator[Row]:
    filled = [(row.first, row.last) for row in seats]
    for row in posts:
        for first, last in without([(row.first, row.last)], filled):
            yield row._replace(first=first, last=last)


_MAKING: Mapping[Holding, _Making] = {
    Holding.SEAT: _seats,
    Holding.BRANCH: _branch,
    Holding.POST: _posts,
    Holding.HEAD: _heads,
}


class Cut:
    """Leaves of what is held the days that count for one side of a rule.

    Days on which the person is gone or exempted never count; where the rule asks for more, such
    as a state, only the days on which it is true do.
    """

    def __init__(
        self, snapshot: Snapshot, rule: Rule, meant: Selector, side: Side, today: int
    ) -> None:
        self._snapshot = snapshot
        self._today = today
        self._wanted = list(narrowings(snapshot, meant))
        excluded = [*GONE, *meant.not_states]
        for exemption in rule.exemptions:
            if _covers(exemption, side):
                excluded.extend(exemption.states)
        self._excluded = frozenset(excluded)
        rested = talked(snapshot, meant.not_talked) if meant.not_talked else {}
        self._rested = rested
        self._in_wanted = frozenset(map(id_bytes, self.only or ()))
        touching = chain(self._ever_in(self._excluded), rested, *self._wanted)
        self._touched = snapshot.bounded.union(map(id_bytes, touching))

    def _ever_in(self, kinds: Iterable[str]) -> Iterator[Hashable]:
        by_kind = self._snapshot.states_by_kind
        return (state.person for kind in kinds for state in by_kind.get(kind, ()))

    @property
    def only(self) -> frozenset[Hashable] | None:
        """Everybody who may count at all, or None where the rule asks for nothing more."""
        if not self._wanted:
            return None
        return frozenset(self._wanted[0]).intersection(*self._wanted[1:])

    def standing(self, held: Standing) -> Standing:
        """Return unbroken rows; mostly there is nothing to cut and they are what is held."""
        if held.single and not self._wanted and self._touched.isdisjoint(held.keys):
            return held
        return standing(self.rows(held.rows))

    def rows(self, held: Iterable[Row]) -> list[Row]:
        """Return unbroken rows, one person's stretches joined where they touch."""
        held, touched = list(held), self._touched
        if self._wanted:
            held = [row for row in held if row.key in self._in_wanted]
        if len(held) == 1 and held[0].key not in touched:
            return held
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
        wanted = [by_person[person] for by_person in self._wanted]
        for first, last in self._days_of(held, wanted):
            # What he is today, or was at the end or will be at the start, names the stretch.
            day = min(max(self._today, first), last)
            naming = min((row for row in held if row.first <= day <= row.last), key=_naming)
            within = [
                piece
                for pieces in wanted
                for piece in pieces
                if _meets((piece.first, piece.last), (first, last))
            ]
            yield naming._replace(
                first=first,
                last=last,
                basis=",".join([naming.basis, *sorted(map(_basis, within))]),
                single=False,
                sensitive=any(piece.sensitive for piece in within),
            )

    def _days_of(self, held: list[Row], wanted: Iterable[Sequence[Piece]]) -> list[Span]:
        person = held[0].person
        states = self._snapshot.states_by_person.get(person, [])
        days = merged((row.first, row.last) for row in held)
        days = common(days, [self._present(person)])
        days = without(days, [_days(s) for s in states if s.kind in self._excluded])
        days = without(days, spans(self._rested.get(person, ())))
        for pieces in wanted:
            days = common(days, spans(pieces))
        return days

    def _present(self, person: Hashable) -> Span:
        known = self._snapshot.persons.get(person)
        return span_of(known.start, known.end) if known else ALWAYS


_basis = attrgetter("basis")


def _naming(row: Row) -> tuple[int, str]:
    return row.rank, row.basis


def _covers(exemption: Exemption, side: Side) -> bool:
    return exemption.side in (side, Side.EITHER)


def _days(state: StateFact) -> Span:
    return span_of(state.start, state.end)


def _meets(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and one[1] >= other[0]
