"""On which days something beside what a person holds is true of him: states, traits, years, talks.

Each narrowing of a selector gives the days of those of whom it is ever true.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tanxin.core.calendar import WorkCalendar, deadline_after, yearly_date
from tanxin.core.policy.distance import offset_on
from tanxin.core.policy.facts import DateFact, StateFact
from tanxin.core.policy.schema import Holder, Holding, Selector, Talked, Trait, Years
from tanxin.core.policy.snapshot import Snapshot
from tanxin.core.policy.spans import LAST, Span, span_of
from tanxin.core.policy.trace import trace

_NO_DAYS_OFF = WorkCalendar()
SECRET = "state:-::"  # noqa: S105 a trace of what is not named, no password


class Piece(NamedTuple):
    """``first`` and ``last`` are day ordinals, both included."""

    first: int
    last: int
    basis: str
    sensitive: bool = False


ByPerson = Mapping[Hashable, Sequence[Piece]]


def narrowings(snapshot: Snapshot, meant: Selector) -> Iterator[ByPerson]:
    """Return the days of each narrowing; somebody is meant on the days that are in all of them."""
    if meant.states:
        yield _states(snapshot, meant.states)
    for trait in meant.traits:
        yield _traits(snapshot, trait)
    for years in meant.years:
        yield _years(snapshot, years)
    if meant.talked:
        yield talked(snapshot, meant.talked)
    if meant.also:
        yield _holding(snapshot, meant.also)


def _states(snapshot: Snapshot, kinds: Sequence[str]) -> ByPerson:
    found: defaultdict[Hashable, list[Piece]] = defaultdict(list)
    for kind in kinds:
        for state in snapshot.states_by_kind.get(kind, ()):
            first, last = span_of(state.start, state.end)
            found[state.person].append(Piece(first, last, _state_trace(state), state.sensitive))
    return found


def _state_trace(state: StateFact) -> str:
    """What is sensitive is not named: the basis is read by more people than the fact."""
    if state.sensitive:
        return SECRET
    return trace("state", state.kind, state.start, state.end)


def _holding(snapshot: Snapshot, holder: Holder) -> ByPerson:
    found: defaultdict[Hashable, list[Piece]] = defaultdict(list)
    for part in holder.parts or (holder,):
        for person, code, role, start, end in _FACTS[part.holding](snapshot, part):
            first, last = span_of(start, end)
            found[person].append(Piece(first, last, trace(code, role, start, end)))
    return found


_Held = tuple[Hashable, str, str, date | None, date | None]


def _seats(snapshot: Snapshot, holder: Holder) -> Iterator[_Held]:
    for seats in snapshot.seats_by_team.values():
        for team, person, role, start, end in seats:
            if role in holder.roles and snapshot.teams[team].kind in holder.teams:
                yield person, "seat", role, start, end


def _roles(snapshot: Snapshot, holder: Holder) -> Iterator[_Held]:
    for members in snapshot.members_by_branch.values():
        for person, _, role, start, end in members:
            if role in holder.roles:
                yield person, "branch", role, start, end


def _posts(snapshot: Snapshot, holder: Holder) -> Iterator[_Held]:
    for tenures in snapshot.tenures_by_person.values():
        for person, post, start, end in tenures:
            if snapshot.posts[post].level in holder.roles:
                yield person, "post", snapshot.posts[post].level, start, end


_FACTS: Mapping[Holding, Callable[[Snapshot, Holder], Iterator[_Held]]] = {
    Holding.SEAT: _seats,
    Holding.BRANCH: _roles,
    Holding.POST: _posts,
}


def _traits(snapshot: Snapshot, trait: Trait) -> ByPerson:
    found: defaultdict[Hashable, list[Piece]] = defaultdict(list)
    for fact in snapshot.traits_by_kind.get(trait.kind, ()):
        if fact.value in trait.values:
            first, last = span_of(fact.start, fact.end)
            basis = trace(trait.kind, fact.value, fact.start, fact.end)
            found[fact.person].append(Piece(first, last, basis))
    return found


def _years(snapshot: Snapshot, years: Years) -> ByPerson:
    found: defaultdict[Hashable, list[Piece]] = defaultdict(list)
    for fact in snapshot.dates_of(years.since):
        start = yearly_date(fact.on, fact.on.year + years.at_least)
        last = _last(fact, years)
        basis = trace("years", years.since, start, None)
        found[fact.person].append(Piece(start.toordinal(), last, basis))
    return found


def _last(fact: DateFact, years: Years) -> int:
    ends = [LAST] if fact.end is None else [fact.end.toordinal() - 1]
    if years.below is not None:
        ends.append(yearly_date(fact.on, fact.on.year + years.below).toordinal() - 1)
    return min(ends)


def talked(snapshot: Snapshot, asked: Talked) -> ByPerson:
    """Return the days after talks of the kinds or types, as long as the rule looks back."""
    found: defaultdict[Hashable, list[Piece]] = defaultdict(list)
    for talk in snapshot.talks:
        if talk.kind in asked.kinds or talk.type in asked.kinds:
            last = deadline_after(talk.on, offset_on(asked.within, talk.on), _NO_DAYS_OFF)
            first = talk.on.toordinal() + 1
            found[talk.subject].append(Piece(first, last.toordinal(), SECRET, sensitive=True))
    return found


def spans(pieces: Sequence[Piece]) -> list[Span]:
    return [(each.first, each.last) for each in pieces]
