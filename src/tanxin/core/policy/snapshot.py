"""The facts held in indexes, so that relations are found by look-up and never by trying pairs."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TypeVar

from tanxin.core.policy.facts import (
    BranchMemberFact,
    ChargeFact,
    ContactFact,
    EventFact,
    PersonFact,
    PostFact,
    SeatFact,
    StateFact,
    TeamFact,
    TenureFact,
    UnitFact,
)
from tanxin.core.policy.identity import id_bytes
from tanxin.core.policy.spans import span_of

Id = Hashable
_Row = TypeVar("_Row")


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
    states_by_person: dict[Id, list[StateFact]]
    states_by_kind: dict[str, list[StateFact]] = field(repr=False)
    events_by_kind: dict[str, list[EventFact]] = field(repr=False)

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
        states = list(states)
        put("states_by_person", _by(states, "person"))
        put("states_by_kind", _by(states, "kind"))
        put("events_by_kind", _by(events, "kind"))

    def branches_under(self, unit: Id, day: int) -> Iterator[Id]:
        """Return ``unit`` if it is a branch on ``day``, and the branches directly under it."""
        for spell in (*self.units.get(unit, ()), *self.units_by_parent.get(unit, ())):
            if spell.kind == "branch" and _in_spell(spell, day):
                yield spell.id

    def parents(self, unit: Id, day: int) -> Iterator[Id]:
        for spell in self.units.get(unit, ()):
            if spell.parent is not None and _in_spell(spell, day):
                yield spell.parent


def _in_spell(spell: UnitFact, day: int) -> bool:
    first, last = span_of(spell.start, spell.end)
    return first <= day <= last
