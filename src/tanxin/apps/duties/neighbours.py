"""The facts near a change, so that a small change reads and derives little.

Read are all facts at the places that the change touches, and all facts of everybody who stands
there or has a duty from there: a duty may be found at several places, and the best one counts.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q

from tanxin.apps.duties.columns import Among
from tanxin.apps.duties.more_facts import MoreFacts
from tanxin.apps.duties.snapshot import Facts
from tanxin.core.policy import (
    BranchMemberFact,
    ChargeFact,
    ContactFact,
    EventFact,
    Pack,
    PersonFact,
    PostFact,
    SeatFact,
    Snapshot,
    StateFact,
    TeamFact,
    TenureFact,
    UnitFact,
    branches_near_post,
    newcomers,
)
from tanxin.core.policy.schema import Count, Holding, Relation

Ids = set[Any]  # of bytes, which the core knows as hashable
Fact = TypeVar("Fact", bound=tuple[Any, ...])
OF_PERSON: Sequence[Callable[..., Any]] = (
    SeatFact, TenureFact, ChargeFact, BranchMemberFact, ContactFact, StateFact,
)  # fmt: skip


class Around:
    """Gathers facts step by step; each is kept once, and nobody is asked about twice."""

    def __init__(
        self,
        facts: Facts,
        packs: Iterable[Pack],
        *,
        more: MoreFacts | None = None,
        with_events: bool = True,
    ) -> None:
        self._facts = facts
        self._more = more
        self._told: Ids = set()
        self._further: dict[str, dict[Any, None]] = {}
        self._with_events = with_events
        self._rows: dict[Any, dict[Any, None]] = {}
        self._known_people: Ids = set()
        self._known_places: Ids = set()
        terms = [rule.terms for pack in packs for rule in pack.rules if rule.terms is not None]
        self._whole = {each.joined.relation for each in terms if each.count is not Count.PAIR}
        self._any_newcomer = any(each.whom.holder.holding is Holding.ANYONE for each in terms)

    def changed(self, persons: Ids, units: Ids, teams: Ids) -> None:
        """Read what is at these units and teams, and wherever these people stand.

        A change of a team counts as one of everybody in it.
        """
        self._keep(EventFact, self._facts.events(Q(person=None)))
        self._read(TeamFact, teams, "pk")
        self._read(SeatFact, teams, "team")
        persons = persons | {seat.person for seat in self._got(SeatFact)}
        units = units | {team.unit for team in self._got(TeamFact)}
        if units and self._any_newcomer:
            persons |= self._facts.newcomers()
        self.people(persons)
        self._places_of_contacts(persons)
        self._at(units | set(self._units_of(persons)))
        self.people(set(self._standing()))
        self._look_after_newcomers()

    def others(self, persons: Ids) -> None:
        """Read all facts of those on duties that were found from there."""
        self.people(persons)
        self._look_after_newcomers()

    def people(self, persons: Ids) -> None:
        """Read all facts of these people, and what a rule counts at the places where they are."""
        fresh = persons - self._known_people
        self._known_people |= fresh
        if fresh:
            self._keep(PersonFact, self._facts.leavers(Among("pk", fresh)))
            if self._with_events:
                self._keep(EventFact, self._facts.events(Among("person", fresh)))
        for fact in OF_PERSON:
            self._read(fact, fresh, "person")
        self._read(ContactFact, fresh, "other")
        self._read(PostFact, {row.post for row in self._got(TenureFact)}, "pk")
        self._read(TeamFact, {row.team for row in self._got(SeatFact)}, "pk")
        if self._whole:
            self._fill(fresh)
        self._tell_more(fresh)

    def tree(self) -> None:
        """Read where every unit stands."""
        self._keep(UnitFact, self._facts.of(UnitFact))

    def place(self, place: bytes) -> None:
        """Read everybody who stands at a team, a unit, a branch, or in contact with a person."""
        self._read(TeamFact, {place}, "pk")
        self._read(SeatFact, {place}, "team")
        self._read(ContactFact, {place}, "person")
        self._at({place, *(team.unit for team in self._got(TeamFact))})
        self.people(set(self._standing()))

    def snapshot(self) -> Snapshot:
        """Return what was gathered, with the events of these people and of teams and units."""
        return Snapshot(
            persons=self._got(PersonFact),
            units=self._got(UnitFact),
            posts=self._got(PostFact),
            tenures=self._got(TenureFact),
            teams=self._got(TeamFact),
            seats=self._got(SeatFact),
            charges=self._got(ChargeFact),
            members=self._got(BranchMemberFact),
            contacts=self._got(ContactFact),
            states=self._got(StateFact),
            events=self._got(EventFact),
            **self._further,
        )

    def _at(self, units: Ids) -> None:
        """Read who is there, and who sits in the teams of these units."""
        fresh = units - self._known_places
        self._known_places |= fresh
        self._read(TeamFact, fresh, "unit")
        self._read(SeatFact, {row.id for row in self._got(TeamFact) if row.unit in fresh}, "team")
        self._read(TenureFact, fresh, "post__unit")
        self._read(ChargeFact, fresh, "unit")
        self._read(BranchMemberFact, fresh, "branch")

    def _places_of_contacts(self, persons: Ids) -> None:
        """Whoever keeps contact with them is a place of theirs."""
        keepers = {row.person for row in self._got(ContactFact) if row.other in persons}
        self._read(ContactFact, keepers - persons, "person")

    def _look_after_newcomers(self) -> None:
        """Read the branches that look after people with an event who are in none."""
        events = list(newcomers(self.snapshot()))
        if not events:
            return
        if UnitFact not in self._rows:
            self._keep(UnitFact, self._facts.of(UnitFact))
        known = self.snapshot()
        branches: Ids = {event.unit for event in events}
        for event in events:
            branches |= branches_near_post(known, event.person, event.on.toordinal())
        self._at(branches - {None})
        self.people(set(self._standing()))

    def _units_of(self, persons: Ids) -> Iterator[Any]:
        teams = {row.id: row.unit for row in self._got(TeamFact)}
        posts = {row.id: row.unit for row in self._got(PostFact)}
        yield from (teams[row.team] for row in self._got(SeatFact) if row.person in persons)
        yield from (posts[row.post] for row in self._got(TenureFact) if row.person in persons)
        yield from (row.unit for row in self._got(ChargeFact) if row.person in persons)
        yield from (row.branch for row in self._got(BranchMemberFact) if row.person in persons)

    def _standing(self) -> Iterator[Any]:
        for fact in (SeatFact, TenureFact, ChargeFact, BranchMemberFact):
            yield from (row.person for row in self._rows.get(fact, ()))
        for row in self._got(ContactFact):
            yield row.person
            if row.other is not None:
                yield row.other

    def _fill(self, persons: Ids) -> None:
        """Where a rule counts more than pairs, a place counts only with everybody there."""
        if Relation.TEAM in self._whole:
            teams = {row.team for row in self._got(SeatFact) if row.person in persons}
            self._read(SeatFact, teams, "team")
        if Relation.BRANCH in self._whole:
            branches = {row.branch for row in self._got(BranchMemberFact) if row.person in persons}
            self._read(BranchMemberFact, branches - self._known_places, "branch")
        if Relation.CONTACT in self._whole:
            self._places_of_contacts(persons)
        if self._whole & {Relation.CHARGE, Relation.UNIT}:
            self._at(set(self._units_of(persons)))
        beside = set(self._standing()) - self._known_people
        self._read(StateFact, beside, "person")
        self._tell_more(beside)

    def _tell_more(self, persons: Ids) -> None:
        """Read what only some rules look at, once for everybody."""
        fresh = persons - self._told
        if self._more is None or not fresh:
            return
        self._told |= fresh
        for name, rows in self._more.of(fresh).items():
            self._further.setdefault(name, {}).update(dict.fromkeys(rows))

    def _got(self, fact: Callable[..., Fact]) -> list[Fact]:
        return list(self._rows.get(fact, ()))

    def _read(self, fact: Callable[..., Any], ids: Ids, by: str) -> None:
        if ids:
            self._keep(fact, self._facts.of(fact, Among(by, ids)))

    def _keep(self, fact: Callable[..., Any], rows: Iterable[Any]) -> None:
        self._rows.setdefault(fact, {}).update(dict.fromkeys(rows))


def everything_of(facts: Facts, people: Iterable[UUID], more: MoreFacts) -> Snapshot:
    """Return the facts of a few people, whoever else stands beside them, without events."""
    around = Around(facts, (), more=more, with_events=False)
    around.people({person.bytes for person in people})
    around.tree()
    return around.snapshot()


def everybody_at(facts: Facts, place: UUID, more: MoreFacts) -> Snapshot:
    """Return the facts of all who stand at a place that duties rest on, without events."""
    around = Around(facts, (), more=more, with_events=False)
    around.tree()
    around.place(place.bytes)
    return around.snapshot()
