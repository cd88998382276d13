"""Who holds what where, as rows of one person and one unbroken stretch of days."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from tanxin.core.policy.facts import StateFact
from tanxin.core.policy.identity import id_bytes
from tanxin.core.policy.schema import Exemption, Holder, Holding, Rule, Side
from tanxin.core.policy.snapshot import Snapshot
from tanxin.core.policy.spans import ALWAYS, Span, common, merged, span_of, without
from tanxin.core.policy.words import GONE, LOWEST_RANK, RANKS

SENSITIVE = True
_LEADING_POSTS = ("chief", "head")


class Row(NamedTuple):
    """``first`` and ``last`` are day ordinals, both included. ``basis`` names the fact used.

    ``single`` promises that the person has no other row on this side of the rule.
    """

    person: Hashable
    key: bytes
    first: int
    last: int
    rank: int
    basis: str
    sensitive: bool
    single: bool


class Held(NamedTuple):
    """A fact of holding, before it is cut to the days that count."""

    person: Hashable
    span: Span
    rank: int
    basis: str


def trace(code: str, what: str, start: date | None, end: date | None) -> str:
    return f"{code}:{what}:{start or ''}:{end or ''}"


def held_at(snapshot: Snapshot, holder: Holder, place: Hashable) -> Iterator[Held]:
    """Return what is held at a team (seats), a branch (its roles) or a unit (heads and posts)."""
    match holder.holding:
        case Holding.SEAT:
            yield from _seats(snapshot, holder, place)
        case Holding.BRANCH:
            yield from _branch(snapshot, holder, place)
        case Holding.HEAD:
            yield from _heads(snapshot, place)
        case Holding.POST:
            yield from _posts(snapshot, holder.roles, place)
        case Holding.ANYONE:
            return


def _seats(snapshot: Snapshot, holder: Holder, team: Hashable) -> Iterator[Held]:
    if holder.teams and snapshot.teams[team].kind not in holder.teams:
        return
    for seat in snapshot.seats_by_team.get(team, ()):
        if not holder.roles or seat.role in holder.roles:
            basis = trace("seat", seat.role, seat.start, seat.end)
            yield Held(seat.person, span_of(seat.start, seat.end), _rank(seat.role), basis)


def _branch(snapshot: Snapshot, holder: Holder, branch: Hashable) -> Iterator[Held]:
    for row in snapshot.members_by_branch.get(branch, ()):
        if not holder.roles or row.role in holder.roles:
            basis = trace("branch", row.role, row.start, row.end)
            yield Held(row.person, span_of(row.start, row.end), _rank(row.role), basis)


def _posts(snapshot: Snapshot, levels: Sequence[str], unit: Hashable) -> Iterator[Held]:
    for tenure in snapshot.tenures_by_unit.get(unit, ()):
        level = snapshot.posts[tenure.post].level
        if not levels or level in levels:
            basis = trace("post", level, tenure.start, tenure.end)
            yield Held(tenure.person, span_of(tenure.start, tenure.end), _rank(level), basis)


def _heads(snapshot: Snapshot, unit: Hashable) -> Iterator[Held]:
    """The chief of the unit's leadership team; on days without one, its chief or head by post."""
    chief = Holder(Holding.SEAT, ("chief",), ("leadership",))
    teams = snapshot.teams_by_unit.get(unit, ())
    seats = [held for team in teams for held in _seats(snapshot, chief, team.id)]
    yield from seats
    filled = [held.span for held in seats]
    for held in _posts(snapshot, _LEADING_POSTS, unit):
        for span in without([held.span], filled):
            yield held._replace(span=span)


def _rank(role: str) -> int:
    return RANKS.get(role, LOWEST_RANK)


class Cut:
    """Leaves of what is held the days that count for one side of a rule.

    Days on which the person is gone or exempted never count; where the rule asks for a state only
    the days in it do.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        rule: Rule,
        side: Side,
        facts_of: Callable[[Hashable], int],
        today: int,
    ) -> None:
        """``facts_of`` counts the facts a person could have rows from, at any place."""
        self._today = today
        self._snapshot = snapshot
        self._facts_of = facts_of
        terms = rule.terms
        whom = terms.whom if terms and side is Side.SUBJECT else None
        self._wanted = whom.states if whom else ()
        excluded = [*GONE, *(whom.not_states if whom else ())]
        for exemption in rule.exemptions:
            if _covers(exemption, side):
                excluded.extend(exemption.states)
        self._excluded = frozenset(excluded)

    def rows(self, held: Iterable[Held]) -> list[Row]:
        """Return unbroken rows, one person's stretches joined where they touch."""
        by_person: dict[Hashable, list[Held]] = {}
        for each in held:
            by_person.setdefault(each.person, []).append(each)
        rows: list[Row] = []
        for person, held_by_person in by_person.items():
            if len(held_by_person) == 1 and self._is_plain(person):
                _, (first, last), rank, basis = held_by_person[0]
                if first <= last:
                    single = self._facts_of(person) == 1
                    key = id_bytes(person)
                    rows.append(Row(person, key, first, last, rank, basis, not SENSITIVE, single))
            else:
                rows.extend(self._cut(person, held_by_person))
        return rows

    def _is_plain(self, person: Hashable) -> bool:
        known = self._snapshot.persons.get(person)
        bounded = known is not None and (known.start or known.end)
        return not (self._wanted or bounded or person in self._snapshot.states_by_person)

    def _cut(self, person: Hashable, held: list[Held]) -> Iterator[Row]:
        states = self._snapshot.states_by_person.get(person, [])
        wanted = [state for state in states if state.kind in self._wanted]
        spans = merged(each.span for each in held)
        spans = common(spans, [self._present(person)])
        spans = without(spans, [_days(s) for s in states if s.kind in self._excluded])
        if self._wanted:
            spans = common(spans, [_days(state) for state in wanted])
        key = id_bytes(person)
        for first, last in spans:
            # What he is today, or was at the end or will be at the start, names the stretch.
            day = min(max(self._today, first), last)
            naming = min(
                (each for each in held if each.span[0] <= day <= each.span[1]),
                key=lambda each: (each.rank, each.basis),
            )
            within = [s for s in wanted if _days(s)[0] <= last and _days(s)[1] >= first]
            basis = ",".join([naming.basis, *sorted(_state_trace(state) for state in within)])
            sensitive = any(state.sensitive for state in within)
            yield Row(person, key, first, last, naming.rank, basis, sensitive, single=False)

    def _present(self, person: Hashable) -> Span:
        known = self._snapshot.persons.get(person)
        return span_of(known.start, known.end) if known else ALWAYS


def _covers(exemption: Exemption, side: Side) -> bool:
    return exemption.side in (side, Side.EITHER)


def _days(state: StateFact) -> Span:
    return span_of(state.start, state.end)


def _state_trace(state: StateFact) -> str:
    """What is sensitive is not named: the basis is read by more people than the fact."""
    if state.sensitive:
        return "state:-::"
    return trace("state", state.kind, state.start, state.end)
