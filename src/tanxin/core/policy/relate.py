"""How initiators and subjects belong together: each relation joins rows at its places.

A place is a team, a branch, a unit in somebody's charge or a person who keeps contact. A relation
is a hash join by place; a new one is a class here and a word in ``schema.Relation``.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import NamedTuple, TypeVar

from tanxin.core.policy.facts import EventFact
from tanxin.core.policy.identity import id_bytes
from tanxin.core.policy.rows import Cut, Holdings, Row, row_from, row_of
from tanxin.core.policy.schema import Holder, Holding, Rule, Side, Terms
from tanxin.core.policy.snapshot import Snapshot
from tanxin.core.policy.spans import ALWAYS, common, span_of
from tanxin.core.policy.trace import trace
from tanxin.core.policy.words import LOWEST_RANK

Id = Hashable
SITTING = Holder(Holding.SEAT)
_Fact = TypeVar("_Fact")


class Group(NamedTuple):
    """Everybody on both sides at one place.

    ``same`` says that the sides are the same rows; ``apart`` that nobody is on both for one fact.
    ``once`` promises that nobody on either side is found again, here or at another place.
    """

    via: Id
    via_key: bytes
    unit: Id | None
    who: list[Row]
    whom: list[Row]
    same: bool
    apart: bool
    once: bool = False


class Joining(ABC):
    """What the relations share; a place is asked about only where ``places`` has it."""

    def __init__(
        self, holdings: Holdings, snapshot: Snapshot, rule: Rule, terms: Terms, today: int
    ) -> None:
        self.snapshot = snapshot
        self.holdings = holdings
        self.who = terms.who.holder
        self.who_at = holdings.of(self.who)
        self.whom_at = holdings.of(terms.whom.holder)
        self.whom = terms.whom.holder
        self.contacts = terms.joined.contacts
        self.terms = terms
        self.cut_who = Cut(snapshot, rule, terms.who, Side.INITIATOR, today)
        self.cut_whom = Cut(snapshot, rule, terms.whom, Side.SUBJECT, today)
        self.same = _are_the_same(terms) and all(
            exemption.side is Side.EITHER for exemption in rule.exemptions
        )
        self.apart = Holding.ANY not in (self.who.holding, self.whom.holding) and (
            self.who.holding is not self.whom.holding
            or bool(
                self.who.roles
                and self.whom.roles
                and not set(self.who.roles).intersection(self.whom.roles)
            )
        )

    @abstractmethod
    def places(self) -> Collection[Id]:
        """Where anybody may stand."""

    @abstractmethod
    def places_of_person(self, person: Id) -> set[Id]:
        """Where ``person`` may stand on either side."""

    @abstractmethod
    def places_of_event(self, event: EventFact) -> set[Id]:
        """Which places an event of a team or a unit is about."""

    @abstractmethod
    def group(self, place: Id, team: Id | None = None) -> Group:
        """Join at ``place``; with ``team`` only initiators who sit in it, on days they do."""

    def worth_joining(self) -> Collection[Id]:
        """Return where anybody meant may stand: where a rule asks for a state, that is rare."""
        only = self.cut_whom.only
        return self.places() if only is None else self.places_of(only)

    def places_of(self, persons: Iterable[Id]) -> set[Id]:
        return {place for person in persons for place in self.places_of_person(person)}

    def near(self, event: EventFact) -> set[Id]:
        """Return the places that ``event`` is about; one about nothing comes everywhere."""
        if event.person is not None:
            return self.places_of_person(event.person)
        if event.unit is None and event.team is None:
            return set(self.worth_joining())
        return self.places_of_event(event)

    def units_of(self, event: EventFact) -> set[Id]:
        """Return the unit that ``event`` is about, where the rule says so with all under it."""
        team = self.snapshot.teams.get(event.team)
        unit = team.unit if team else event.unit
        below = getattr(self.terms.time, "below", False)
        return {unit, *self.snapshot.below(unit)} if below else {unit}

    def around(self, event: EventFact) -> Iterator[Group]:
        """Join where ``event`` happened; a person's event is about him as the subject."""
        for place in self.near(event):
            group = self.group(place, event.team)
            if event.person is None:
                yield group
            else:
                whom = [row for row in group.whom if row.person == event.person]
                yield group._replace(whom=whom, same=False, once=False)

    def _at(self, place: Id, unit: Id) -> Group:
        same, apart = self.same, self.apart
        who = self.cut_who.standing(self.who_at(place))
        whom = who if same else self.cut_whom.standing(self.whom_at(place))
        once = who.single and whom.single and (same or apart)
        return Group(place, id_bytes(place), unit, who.rows, whom.rows, same, apart, once)

    def _joined(self, place: Id, unit: Id | None, who: list[Row], whom: list[Row]) -> Group:
        return Group(place, id_bytes(place), unit, who, whom, same=False, apart=self.apart)

    def sitting(self, rows: list[Row], team: Id | None) -> list[Row]:
        """Leave of ``rows`` the days on which their people sit in ``team``, if one is named."""
        if team is None:
            return rows
        seats = self.holdings.of(SITTING)(team).rows
        return [
            row._replace(first=first, last=last)
            for row in rows
            for first, last in common(
                [(row.first, row.last)],
                [(seat.first, seat.last) for seat in seats if seat.person == row.person],
            )
        ]


class InTeam(Joining):
    def places(self) -> Collection[Id]:
        return self.snapshot.seats_by_team

    def places_of_person(self, person: Id) -> set[Id]:
        return {seat.team for seat in all_in(self.snapshot.seats_by_person, person)}

    def places_of_event(self, event: EventFact) -> set[Id]:
        by_unit, units = self.snapshot.teams_by_unit, self.units_of(event)
        own = self.snapshot.teams.get(event.team)
        teams = {team.id for unit in units for team in all_in(by_unit, unit)}
        if own is not None:
            teams = {team for team in teams if self.snapshot.teams[team].unit != own.unit}
            teams.add(own.id)
        return teams & self.snapshot.seats_by_team.keys()

    def group(self, place: Id, team: Id | None = None) -> Group:  # noqa: ARG002 place is the team
        return self._at(place, self.snapshot.teams[place].unit)


class InBranch(Joining):
    """``anyone`` as subject is whoever an event is about, in the branch that looks after him."""

    def places(self) -> Collection[Id]:
        return self.snapshot.members_by_branch

    def places_of_person(self, person: Id) -> set[Id]:
        return {row.branch for row in all_in(self.snapshot.members_by_person, person)}

    def places_of_event(self, event: EventFact) -> set[Id]:
        return self.units_of(event) & self.snapshot.members_by_branch.keys()

    def group(self, place: Id, team: Id | None = None) -> Group:  # noqa: ARG002 place is enough
        return self._at(place, place)

    def around(self, event: EventFact) -> Iterator[Group]:
        if event.person is None or self.whom.holding is not Holding.ANYONE:
            yield from super().around(event)
            return
        basis = trace("event", "", event.on, None)
        subject = [Row(event.person, id_bytes(event.person), *ALWAYS, LOWEST_RANK, basis, "")]
        for branch in self.near(event):
            group = self.group(branch)
            yield group._replace(whom=self.cut_whom.rows(subject), same=False, once=False)

    def near(self, event: EventFact) -> set[Id]:
        if event.person is None or self.whom.holding is not Holding.ANYONE:
            return super().near(event)
        return self._looking_after(event.person, event)

    def _looking_after(self, person: Id, event: EventFact) -> set[Id]:
        """The branch named by the event, else his own, else those beside or above his post."""
        branches = self.places_of_event(event)
        if branches:
            return branches
        day = event.on.toordinal()
        own = {
            row.branch
            for row in all_in(self.snapshot.members_by_person, person)
            if holds(row.start, row.end, day)
        }
        near = own or branches_near_post(self.snapshot, person, day)
        return near & self.snapshot.members_by_branch.keys()


def branches_near_post(snapshot: Snapshot, person: Id, day: int) -> set[Id]:
    """Return the branches at or directly under his unit, else those of the next unit above."""
    units = {
        snapshot.posts[row.post].unit
        for row in all_in(snapshot.tenures_by_person, person)
        if holds(row.start, row.end, day)
    }
    seen: set[Id] = set()
    while units - seen:
        near = {each for unit in units for each in snapshot.branches_under(unit, day)}
        if near:
            return near
        seen |= units
        units = {up for unit in units for up in snapshot.parents(unit, day)}
    return set()


class InCharge(Joining):
    """A leader and those who hold something in the units he is in charge of."""

    def places(self) -> Collection[Id]:
        return self.snapshot.charges_by_unit

    def places_of_person(self, person: Id) -> set[Id]:
        snapshot = self.snapshot
        places = {row.unit for row in all_in(snapshot.charges_by_person, person)}
        places |= units_of_person(snapshot, person)
        return places & snapshot.charges_by_unit.keys()

    def places_of_event(self, event: EventFact) -> set[Id]:
        if event.team is None:
            return self.units_of(event) & self.snapshot.charges_by_unit.keys()
        leaders = {seat.person for seat in all_in(self.snapshot.seats_by_team, event.team)}
        charges = self.snapshot.charges_by_person
        return {row.unit for each in leaders for row in all_in(charges, each)}

    def group(self, place: Id, team: Id | None = None) -> Group:
        who = self.cut_who.rows(self._leading(place, team))
        whom = self.cut_whom.standing(self.whom_at(place)).rows
        return self._joined(place, place, who, whom)

    def _leading(self, unit: Id, team: Id | None) -> Iterator[Row]:
        """Those in charge of ``unit``, on the days they hold the seat that is asked for as well."""
        anyone = self.who.holding is Holding.ANYONE
        for person, _, start, end in self.snapshot.charges_by_unit[unit]:
            charge = row_of(person, "charge", "", start, end)
            if anyone:
                charge = charge._replace(rank=0)
            if anyone and team is None:
                yield charge
                continue
            for seat in self._seats(person, team):
                first, last = max(charge.first, seat.first), min(charge.last, seat.last)
                if first <= last:
                    rank, basis = seat.rank, f"{seat.basis},{charge.basis}"
                    if anyone:
                        rank, basis = charge.rank, charge.basis
                    yield row_from((*charge[:2], first, last, rank, basis, seat.role, False, False))

    def _seats(self, person: Id, team: Id | None) -> Iterator[Row]:
        roles, kinds = self.who.roles, self.who.teams
        for seat in all_in(self.snapshot.seats_by_person, person):
            meant = (not roles or seat.role in roles) and team in (None, seat.team)
            if meant and (not kinds or self.snapshot.teams[seat.team].kind in kinds):
                yield row_of(person, "seat", seat.role, seat.start, seat.end)


def _are_the_same(terms: Terms) -> bool:
    who, whom = terms.who, terms.whom
    return all(getattr(who, each.name) == getattr(whom, each.name) for each in fields(whom))


def units_of_person(snapshot: Snapshot, person: Id) -> set[Id]:
    """Return where ``person`` ever has a post, a seat or a membership."""
    units = {snapshot.posts[row.post].unit for row in all_in(snapshot.tenures_by_person, person)}
    units |= {snapshot.teams[row.team].unit for row in all_in(snapshot.seats_by_person, person)}
    return units | {row.branch for row in all_in(snapshot.members_by_person, person)}


def all_in(index: Mapping[Id, Sequence[_Fact]], key: Id) -> Sequence[_Fact]:
    return index.get(key, ())


def holds(start: date | None, end: date | None, day: int) -> bool:
    first, last = span_of(start, end)
    return first <= day <= last
