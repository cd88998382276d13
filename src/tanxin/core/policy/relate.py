"""How initiators and subjects belong together: each relation joins rows at its places.

A place is a team, a branch, a unit in somebody's charge or a person who keeps contact. A relation
is a hash join by place; a new one is a class here and a word in ``schema.Relation``.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from tanxin.core.policy.facts import EventFact
from tanxin.core.policy.identity import id_bytes
from tanxin.core.policy.rows import Cut, Held, Row, held_at, trace
from tanxin.core.policy.schema import Holder, Holding, Relation, Rule, Side, Terms
from tanxin.core.policy.snapshot import Snapshot
from tanxin.core.policy.spans import ALWAYS, common, merged, span_of

Id = Hashable
_Fact = TypeVar("_Fact")


@dataclass(frozen=True, slots=True)
class Group:
    """Everybody on both sides at one place.

    ``same`` says that the sides are the same rows; ``apart`` that nobody is on both for one fact.
    """

    via: Id
    via_key: bytes
    unit: Id | None
    who: list[Row]
    whom: list[Row]
    same: bool
    apart: bool


class Joining:
    """What the relations share; a place is asked about only where ``places`` has it."""

    def __init__(self, snapshot: Snapshot, rule: Rule, terms: Terms, today: int) -> None:
        self.snapshot = snapshot
        self.who = terms.who.holder
        self.whom = terms.whom.holder
        self.contacts = terms.joined.contacts
        self.cut_who = Cut(snapshot, rule, Side.INITIATOR, self.facts_of, today)
        self.cut_whom = Cut(snapshot, rule, Side.SUBJECT, self.facts_of, today)
        self.same = (
            self.who == self.whom
            and not (terms.whom.states or terms.whom.not_states)
            and all(exemption.side is Side.EITHER for exemption in rule.exemptions)
        )

        self.apart = self.who.holding is not self.whom.holding or bool(
            self.who.roles
            and self.whom.roles
            and not set(self.who.roles).intersection(self.whom.roles)
        )

    def facts_of(self, person: Id) -> int:
        """Count the facts that could give ``person`` a row; more is safe, fewer is not."""
        raise NotImplementedError

    def places(self) -> Iterable[Id]:
        raise NotImplementedError

    def places_of_person(self, person: Id) -> set[Id]:
        """Where ``person`` may stand on either side."""
        raise NotImplementedError

    def places_of_event(self, event: EventFact) -> set[Id]:
        """Which places an event of a team or a unit is about."""
        raise NotImplementedError

    def group(self, place: Id, team: Id | None = None) -> Group:
        """Join at ``place``; with ``team`` only initiators who sit in it."""
        raise NotImplementedError

    def groups(self, persons: Iterable[Id] | None = None) -> Iterator[Group]:
        """Join everywhere, or where one of ``persons`` may stand."""
        if persons is None:
            places = self.places()
        else:
            places = dict.fromkeys(at for each in persons for at in self.places_of_person(each))
        for place in places:
            yield self.group(place)

    def around(self, event: EventFact) -> Iterator[Group]:
        """Join where ``event`` happened; a person's event is about him as the subject."""
        if event.person is None:
            for place in self.places_of_event(event):
                yield self.group(place, event.team)
            return
        for place in self.places_of_person(event.person):
            group = self.group(place)
            whom = [row for row in group.whom if row.person == event.person]
            yield replace(group, whom=whom, same=False)

    def _at(self, place: Id, unit: Id) -> Group:
        who = self.cut_who.rows(held_at(self.snapshot, self.who, place))
        whom = who
        if not self.same:
            whom = self.cut_whom.rows(held_at(self.snapshot, self.whom, place))
        return self._joined(place, unit, who, whom, same=self.same)

    def _joined(
        self, place: Id, unit: Id | None, who: list[Row], whom: list[Row], *, same: bool = False
    ) -> Group:
        return Group(place, id_bytes(place), unit, who, whom, same, self.apart)


class InTeam(Joining):
    def facts_of(self, person: Id) -> int:
        return len(_all(self.snapshot.seats_by_person, person))

    def places(self) -> Iterable[Id]:
        return self.snapshot.seats_by_team

    def places_of_person(self, person: Id) -> set[Id]:
        return {seat.team for seat in _all(self.snapshot.seats_by_person, person)}

    def places_of_event(self, event: EventFact) -> set[Id]:
        teams = {event.team}
        if event.team is None:
            teams = {team.id for team in _all(self.snapshot.teams_by_unit, event.unit)}
        return teams & self.snapshot.seats_by_team.keys()

    def group(self, place: Id, team: Id | None = None) -> Group:  # noqa: ARG002 place is the team
        return self._at(place, self.snapshot.teams[place].unit)


class InBranch(Joining):
    """``anyone`` as subject is whoever an event is about, in the branch that looks after him."""

    def facts_of(self, person: Id) -> int:
        return len(_all(self.snapshot.members_by_person, person))

    def places(self) -> Iterable[Id]:
        return self.snapshot.members_by_branch

    def places_of_person(self, person: Id) -> set[Id]:
        return {row.branch for row in _all(self.snapshot.members_by_person, person)}

    def places_of_event(self, event: EventFact) -> set[Id]:
        team = self.snapshot.teams.get(event.team)
        return {team.unit if team else event.unit} & self.snapshot.members_by_branch.keys()

    def group(self, place: Id, team: Id | None = None) -> Group:  # noqa: ARG002 place is enough
        return self._at(place, place)

    def around(self, event: EventFact) -> Iterator[Group]:
        if event.person is None or self.whom.holding is not Holding.ANYONE:
            yield from super().around(event)
            return
        subject = [Held(event.person, ALWAYS, 1, trace("event", "", event.on, None))]
        for branch in self._looking_after(event.person, event):
            group = self.group(branch)
            yield replace(group, whom=self.cut_whom.rows(subject), same=False)

    def _looking_after(self, person: Id, event: EventFact) -> set[Id]:
        """The branch named by the event, else his own, else those beside or above his post."""
        branches = self.places_of_event(event)
        if branches:
            return branches
        day = event.on.toordinal()
        own = {
            row.branch
            for row in _all(self.snapshot.members_by_person, person)
            if _holds(row.start, row.end, day)
        }
        return own or self._near_post(person, day)

    def _near_post(self, person: Id, day: int) -> set[Id]:
        units = {
            self.snapshot.posts[row.post].unit
            for row in _all(self.snapshot.tenures_by_person, person)
            if _holds(row.start, row.end, day)
        }
        seen: set[Id] = set()
        while units - seen:
            near = {each for unit in units for each in self.snapshot.branches_under(unit, day)}
            if near:
                return near & self.snapshot.members_by_branch.keys()
            seen |= units
            units = {up for unit in units for up in self.snapshot.parents(unit, day)}
        return set()


class InCharge(Joining):
    """A leader and those who hold something in the units he is in charge of."""

    def facts_of(self, person: Id) -> int:
        snapshot = self.snapshot
        charges = len(_all(snapshot.charges_by_person, person))
        posts = len(_all(snapshot.tenures_by_person, person))
        members = len(_all(snapshot.members_by_person, person))
        return charges + posts + members + len(_all(snapshot.seats_by_person, person))

    def places(self) -> Iterable[Id]:
        return self.snapshot.charges_by_unit

    def places_of_person(self, person: Id) -> set[Id]:
        snapshot = self.snapshot
        places = {row.unit for row in _all(snapshot.charges_by_person, person)}
        places |= {
            snapshot.posts[row.post].unit for row in _all(snapshot.tenures_by_person, person)
        }
        places |= {snapshot.teams[row.team].unit for row in _all(snapshot.seats_by_person, person)}
        places |= {row.branch for row in _all(snapshot.members_by_person, person)}
        return places & snapshot.charges_by_unit.keys()

    def places_of_event(self, event: EventFact) -> set[Id]:
        if event.team is None:
            return {event.unit} & self.snapshot.charges_by_unit.keys()
        leaders = {seat.person for seat in _all(self.snapshot.seats_by_team, event.team)}
        return {row.unit for each in leaders for row in _all(self.snapshot.charges_by_person, each)}

    def group(self, place: Id, team: Id | None = None) -> Group:
        leaders = dict.fromkeys(row.person for row in self.snapshot.charges_by_unit[place])
        held = [each for leader in leaders for each in self._leading(leader, place, team)]
        who = self.cut_who.rows(held)
        whom = self.cut_whom.rows(held_at(self.snapshot, self.whom, place))
        return self._joined(place, place, who, whom)

    def _leading(self, person: Id, unit: Id, team: Id | None) -> Iterator[Held]:
        seats = list(_held_by(self.snapshot, self.who, person, team))
        for row in self.snapshot.charges_by_unit[unit]:
            if row.person != person:
                continue
            span, basis = span_of(row.start, row.end), trace("charge", "", row.start, row.end)
            if self.who.holding is Holding.ANYONE:
                yield Held(person, span, 0, basis)
            for seat in seats:
                for both in common([span], [seat.span]):
                    yield Held(person, both, seat.rank, f"{seat.basis},{basis}")


class InContact(Joining):
    """Somebody and the persons he keeps contact with, in one of the kinds the rule names."""

    def facts_of(self, person: Id) -> int:
        mine = len(_all(self.snapshot.contacts_by_person, person))
        return mine + len(_all(self.snapshot.contacts_by_other, person))

    def places(self) -> Iterable[Id]:
        return self.snapshot.contacts_by_person

    def places_of_person(self, person: Id) -> set[Id]:
        places = {row.person for row in _all(self.snapshot.contacts_by_other, person)}
        return places | ({person} & self.snapshot.contacts_by_person.keys())

    def places_of_event(self, event: EventFact) -> set[Id]:
        seats = _all(self.snapshot.seats_by_team, event.team)
        return {seat.person for seat in seats} & self.snapshot.contacts_by_person.keys()

    def group(self, place: Id, team: Id | None = None) -> Group:  # noqa: ARG002 place is enough
        rows = [
            row
            for row in self.snapshot.contacts_by_person[place]
            if row.other is not None and (row.kind in self.contacts or not self.contacts)
        ]
        spans = merged(span_of(row.start, row.end) for row in rows)
        who = self.cut_who.rows(Held(place, span, 0, "contact:::") for span in spans)
        whom = self.cut_whom.rows(
            Held(
                row.other,
                span_of(row.start, row.end),
                1,
                trace("contact", row.kind, row.start, row.end),
            )
            for row in rows
        )
        return self._joined(place, None, who, whom)


def joining(snapshot: Snapshot, rule: Rule, terms: Terms, today: date) -> Joining:
    return _JOININGS[terms.joined.relation](snapshot, rule, terms, today.toordinal())


_JOININGS: Mapping[Relation, type[Joining]] = {
    Relation.TEAM: InTeam,
    Relation.BRANCH: InBranch,
    Relation.CHARGE: InCharge,
    Relation.CONTACT: InContact,
}


def _all(index: Mapping[Id, Sequence[_Fact]], key: Id) -> Sequence[_Fact]:
    return index.get(key, ())


def _holds(start: date | None, end: date | None, day: int) -> bool:
    first, last = span_of(start, end)
    return first <= day <= last


def _held_by(snapshot: Snapshot, holder: Holder, person: Id, team: Id | None) -> Iterator[Held]:
    teams = {seat.team for seat in _all(snapshot.seats_by_person, person)}
    for place in teams if team is None else teams & {team}:
        yield from (held for held in held_at(snapshot, holder, place) if held.person == person)
