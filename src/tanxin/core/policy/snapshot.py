"""The facts held in indexes, so that relations are found by look-up and never by trying pairs."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TypeVar

from tanxin.core.policy.absence import long_absences
from tanxin.core.policy.facts import (
    AuthorityFact,
    BranchMemberFact,
    ChargeFact,
    ContactFact,
    DateFact,
    DelegateFact,
    EventFact,
    LapseFact,
    PersonFact,
    PostFact,
    SeatFact,
    StateFact,
    TalkFact,
    TeamFact,
    TenureFact,
    TraitFact,
    UnitFact,
)
from tanxin.core.policy.identity import id_bytes
from tanxin.core.policy.spans import ALWAYS, Span, common, merged, span_of

Id = Hashable
_Row = TypeVar("_Row")
# No organisation is deeper; a ring of units, which only a mistake can make, ends there.
MOST_STEPS = 12


def _by(rows: Iterable[_Row], name: str) -> dict[Id, list[_Row]]:
    index: defaultdict[Id, list[_Row]] = defaultdict(list)
    key = attrgetter(name)
    for row in rows:
        index[key(row)].append(row)
    return dict(index)


@dataclass(frozen=True, slots=True, eq=False, init=False)
class Snapshot:
    """Takes any iterables of facts, of a whole realm or of the part that changed."""

    persons: dict[Id, PersonFact]
    bounded: frozenset[bytes]
    units: dict[Id, list[UnitFact]]
    units_by_parent: dict[Id, list[UnitFact]]
    teams: dict[Id, TeamFact]
    teams_by_unit: dict[Id, list[TeamFact]]
    posts: dict[Id, PostFact]
    tenures_by_unit: dict[Id, list[TenureFact]]
    tenures_by_person: dict[Id, list[TenureFact]]
    seats_by_team: dict[Id, list[SeatFact]]
    seats_by_person: dict[Id, list[SeatFact]]
    charges_by_person: dict[Id, list[ChargeFact]]
    charges_by_unit: dict[Id, list[ChargeFact]]
    members_by_branch: dict[Id, list[BranchMemberFact]]
    members_by_person: dict[Id, list[BranchMemberFact]]
    contacts_by_person: dict[Id, list[ContactFact]]
    contacts_by_other: dict[Id, list[ContactFact]]
    contacts_by_unit: dict[Id, list[ContactFact]]
    states_by_person: dict[Id, list[StateFact]]
    states_by_kind: dict[str, list[StateFact]] = field(repr=False)
    events_by_kind: dict[str, list[EventFact]] = field(repr=False)
    traits_by_kind: dict[str, list[TraitFact]] = field(repr=False)
    dates_by_kind: dict[str, list[DateFact]] = field(repr=False)
    talks: list[TalkFact] = field(repr=False)
    lapses: list[LapseFact] = field(repr=False)
    delegates_by_person: dict[Id, list[DelegateFact]] = field(repr=False)
    authorities_by_unit: dict[Id, list[AuthorityFact]] = field(repr=False)

    def __init__(  # noqa: PLR0913 one argument for each kind of fact
        self,
        *,
        persons: Iterable[PersonFact] = (),
        units: Iterable[UnitFact] = (),
        posts: Iterable[PostFact] = (),
        tenures: Iterable[TenureFact] = (),
        teams: Iterable[TeamFact] = (),
        seats: Iterable[SeatFact] = (),
        charges: Iterable[ChargeFact] = (),
        members: Iterable[BranchMemberFact] = (),
        contacts: Iterable[ContactFact] = (),
        states: Iterable[StateFact] = (),
        events: Iterable[EventFact] = (),
        traits: Iterable[TraitFact] = (),
        dates: Iterable[DateFact] = (),
        talks: Iterable[TalkFact] = (),
        lapses: Iterable[LapseFact] = (),
        delegates: Iterable[DelegateFact] = (),
        authorities: Iterable[AuthorityFact] = (),
    ) -> None:
        def put(name: str, value: object) -> None:
            object.__setattr__(self, name, value)

        put("persons", {each.id: each for each in persons})
        bounded = (each.id for each in self.persons.values() if each.start or each.end)
        put("bounded", frozenset(map(id_bytes, bounded)))
        units = list(units)
        put("units", _by(units, "id"))
        put("units_by_parent", _by((each for each in units if each.parent is not None), "parent"))
        put("teams", {each.id: each for each in teams})
        put("teams_by_unit", _by(self.teams.values(), "unit"))
        put("posts", {each.id: each for each in posts})
        tenures = [each for each in tenures if each.post in self.posts]
        by_post = _by(tenures, "post")
        by_unit: defaultdict[Id, list[TenureFact]] = defaultdict(list)
        for post, rows in by_post.items():
            by_unit[self.posts[post].unit].extend(rows)
        put("tenures_by_unit", dict(by_unit))
        put("tenures_by_person", _by(tenures, "person"))
        seats = [each for each in seats if each.team in self.teams]
        put("seats_by_team", _by(seats, "team"))
        put("seats_by_person", _by(seats, "person"))
        charges, members, contacts = list(charges), list(members), list(contacts)
        put("charges_by_person", _by(charges, "person"))
        put("charges_by_unit", _by(charges, "unit"))
        put("members_by_branch", _by(members, "branch"))
        put("members_by_person", _by(members, "person"))
        put("contacts_by_person", _by(contacts, "person"))
        put("contacts_by_other", _by((c for c in contacts if c.other is not None), "other"))
        put("contacts_by_unit", _by((c for c in contacts if c.unit is not None), "unit"))
        states = list(states)
        states += long_absences(states)
        put("states_by_person", _by(states, "person"))
        put("states_by_kind", _by(states, "kind"))
        put("events_by_kind", _by(events, "kind"))
        put("traits_by_kind", _by(traits, "kind"))
        put("dates_by_kind", _by(dates, "kind"))
        put("talks", list(talks))
        put("lapses", list(lapses))
        put("delegates_by_person", _by(delegates, "person"))
        put("authorities_by_unit", _by(authorities, "unit"))

    def dates_of(self, kind: str) -> Iterator[DateFact]:
        """Return the personal dates of a kind; a post counts from its tenure's first day."""
        yield from self.dates_by_kind.get(kind, ())
        if kind == "post":
            for tenures in self.tenures_by_person.values():
                for each in tenures:
                    if each.start is not None:
                        yield DateFact(each.person, kind, each.start, each.end)

    def branches_under(self, unit: Id, day: int) -> Iterator[Id]:
        """Return ``unit`` if it is a branch on ``day``, and the branches directly under it."""
        for spell in (*self.units.get(unit, ()), *self.units_by_parent.get(unit, ())):
            if spell.kind == "branch" and _in_spell(spell, day):
                yield spell.id

    def parents(self, unit: Id, day: int) -> Iterator[Id]:
        for spell in self.units.get(unit, ()):
            if spell.parent is not None and _in_spell(spell, day):
                yield spell.parent

    def above(self, unit: Id, depth: int = 0) -> dict[Id, list[Span]]:
        """Return the units above ``unit`` with their days, ``depth`` steps up or any number."""
        return self._climb(unit, depth, self.units, attrgetter("parent"))

    def below(self, unit: Id, depth: int = 0) -> dict[Id, list[Span]]:
        return self._climb(unit, depth, self.units_by_parent, attrgetter("id"))

    def _climb(
        self,
        unit: Id,
        depth: int,
        spells: dict[Id, list[UnitFact]],
        other_end: Callable[[UnitFact], Id | None],
    ) -> dict[Id, list[Span]]:
        found: defaultdict[Id, list[Span]] = defaultdict(list)
        here: dict[Id, list[Span]] = {unit: [ALWAYS]}
        for step in range(1, (depth or MOST_STEPS) + 1):
            there: defaultdict[Id, list[Span]] = defaultdict(list)
            for at, days in here.items():
                for spell in spells.get(at, ()):
                    end = other_end(spell)
                    meeting = common(days, [span_of(spell.start, spell.end)])
                    if end is not None and meeting:
                        there[end].extend(meeting)
            here = there
            if depth in (0, step):
                for at, days in here.items():
                    found[at].extend(days)
        return {at: merged(days) for at, days in found.items()}


def _in_spell(spell: UnitFact, day: int) -> bool:
    first, last = span_of(spell.start, spell.end)
    return first <= day <= last
