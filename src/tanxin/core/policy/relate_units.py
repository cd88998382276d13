"""Relations over the tree of units: in one unit, above and below, by authority, at a reception."""

from collections.abc import Collection, Hashable, Iterable, Iterator

from tanxin.core.policy.facts import EventFact
from tanxin.core.policy.identity import id_bytes
from tanxin.core.policy.relate import Group, Joining, all_in, holds, units_of_person
from tanxin.core.policy.rows import Row
from tanxin.core.policy.schema import Count, Relation
from tanxin.core.policy.snapshot import Snapshot
from tanxin.core.policy.spans import ALWAYS, Span, common, span_of
from tanxin.core.policy.trace import trace
from tanxin.core.policy.words import LOWEST_RANK

Id = Hashable


def peopled(snapshot: Snapshot) -> set[Id]:
    """Return the units where anybody has a post, a seat or a membership."""
    teams = (snapshot.teams[team].unit for team in snapshot.seats_by_team)
    return {*snapshot.tenures_by_unit, *snapshot.members_by_branch, *teams}


class InUnit(Joining):
    """Both stand in the same unit."""

    def places(self) -> Collection[Id]:
        return peopled(self.snapshot)

    def places_of_person(self, person: Id) -> set[Id]:
        return units_of_person(self.snapshot, person)

    def places_of_event(self, event: EventFact) -> set[Id]:
        return self.units_of(event) & peopled(self.snapshot)

    def group(self, place: Id, team: Id | None = None) -> Group:
        who = self.sitting(self.who_in([place]), team)
        return self._joined(place, place, self.cut_who.rows(who), self._whom([place]))

    def who_in(self, units: Iterable[Id]) -> list[Row]:
        return [row for unit in units for row in self.holdings.at(self.who)(unit).rows]

    def _whom(self, units: Iterable[Id]) -> list[Row]:
        at = self.holdings.at(self.whom)
        return self.cut_whom.rows(row for unit in units for row in at(unit).rows)


class InTree(InUnit):
    """One stands in a unit above the other's. The place is the unit of the side that is counted."""

    @property
    def is_at_lower(self) -> bool:
        count, relation = self.terms.count, self.terms.joined.relation
        if count is Count.PAIR:
            return True
        return (count is Count.SUBJECT) is (relation is Relation.BELOW)

    def _far(self, unit: Id) -> dict[Id, list[Span]]:
        depth = self.terms.joined.depth
        if self.is_at_lower:
            return self.snapshot.above(unit, depth)
        return self.snapshot.below(unit, depth)

    def places_of_person(self, person: Id) -> set[Id]:
        depth, snapshot = self.terms.joined.depth, self.snapshot
        others = snapshot.below if self.is_at_lower else snapshot.above
        units = units_of_person(snapshot, person)
        return units | {far for unit in units for far in others(unit, depth)}

    def group(self, place: Id, team: Id | None = None) -> Group:
        near_is_who = self.is_at_lower is (self.terms.joined.relation is Relation.ABOVE)
        near, far = (self.who, self.whom) if near_is_who else (self.whom, self.who)
        here = self.holdings.at(near)(place).rows
        there: list[Row] = []
        at = self.holdings.at(far)
        for unit, days in self._far(place).items():
            there.extend(on_days(at(unit).rows, days))
        who, whom = (here, there) if near_is_who else (there, here)
        initiators = self.cut_who.rows(self.sitting(who, team))
        return self._joined(place, place, initiators, self.cut_whom.rows(whom))


class UnderAuthority(InUnit):
    """The place is the unit that manages."""

    def places(self) -> Collection[Id]:
        return self.snapshot.authorities_by_unit

    def places_of_person(self, person: Id) -> set[Id]:
        units = units_of_person(self.snapshot, person)
        above = {up for unit in units for up in self.snapshot.above(unit)}
        managing = {
            fact.unit
            for facts in self.snapshot.authorities_by_unit.values()
            for fact in facts
            if fact.over in units | above
        }
        return managing | (units & self.snapshot.authorities_by_unit.keys())

    def places_of_event(self, event: EventFact) -> set[Id]:
        return self.units_of(event) & self.snapshot.authorities_by_unit.keys()

    def group(self, place: Id, team: Id | None = None) -> Group:
        managed: list[Row] = []
        at = self.holdings.at(self.whom)
        for fact in self.snapshot.authorities_by_unit[place]:
            span = span_of(fact.start, fact.end)
            units = {fact.over: [ALWAYS], **self.snapshot.below(fact.over)}
            for unit, days in units.items():
                rows = on_days(at(unit).rows, common(days, [span]))
                managed.extend(self._of_rank(rows, fact.rank) if fact.rank else rows)
        who = self.cut_who.rows(self.sitting(self.who_in([place]), team))
        return self._joined(place, place, who, self.cut_whom.rows(managed))

    def _of_rank(self, rows: Iterable[Row], rank: str) -> Iterator[Row]:
        ranks = self.snapshot.traits_by_kind.get("rank", ())
        days: dict[Id, list[Span]] = {}
        for fact in ranks:
            if fact.value == rank:
                days.setdefault(fact.person, []).append(span_of(fact.start, fact.end))
        for row in rows:
            yield from on_days([row], days.get(row.person, []))


class AtReception(InUnit):
    """Whoever an event is about comes to the unit it names, or to the nearest of his own."""

    def around(self, event: EventFact) -> Iterator[Group]:
        basis = trace("event", "", event.on, None)
        comer = [Row(event.person, id_bytes(event.person), *ALWAYS, LOWEST_RANK, basis, "")]
        for unit in self.near(event):
            group = self.group(unit, event.team)
            yield group._replace(whom=self.cut_whom.rows(comer))

    def near(self, event: EventFact) -> set[Id]:
        if event.person is None:
            return set()
        if event.unit is not None or event.team is not None:
            return self.places_of_event(event)
        return self._nearest(event)

    def group(self, place: Id, team: Id | None = None) -> Group:
        who = self.cut_who.rows(self.sitting(self.who_in([place]), team))
        return self._joined(place, place, who, [])

    def _nearest(self, event: EventFact) -> set[Id]:
        """Return the units of his, or the next above, where anybody is asked for on the day."""
        day = event.on.toordinal()
        units = self._units_on(event.person, day)
        seen: set[Id] = set()
        while units - seen:
            manned = {unit for unit in units if self._is_manned(unit, day)}
            if manned:
                return manned
            seen |= units
            units = {up for unit in units for up in self.snapshot.parents(unit, day)}
        return set()

    def _units_on(self, person: Id, day: int) -> set[Id]:
        snapshot = self.snapshot
        tenures = all_in(snapshot.tenures_by_person, person)
        members = all_in(snapshot.members_by_person, person)
        units = {snapshot.posts[row.post].unit for row in tenures if holds(row.start, row.end, day)}
        return units | {row.branch for row in members if holds(row.start, row.end, day)}

    def _is_manned(self, unit: Id, day: int) -> bool:
        return any(row.first <= day <= row.last for row in self.who_in([unit]))


def on_days(rows: Iterable[Row], days: list[Span]) -> Iterator[Row]:
    for row in rows:
        for first, last in common([(row.first, row.last)], days):
            yield row._replace(first=first, last=last)
