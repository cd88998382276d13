"""What the realm holds, indexed for matching: loaded once, in a fixed number of queries."""

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Q

from tanxin.apps.org.models import (
    Authority,
    BranchMember,
    Charge,
    Contact,
    Event,
    Fact,
    Person,
    PersonState,
    Post,
    RankHolding,
    Seat,
    Team,
    Tenure,
    Unit,
    UnitSpell,
)
from tanxin.apps.org.services.people import PLAIN, SEALED, PersonDetails
from tanxin.apps.org.services.version import directory_version
from tanxin.apps.sealing import pii

Row = TypeVar("Row")
KeyT = TypeVar("KeyT", bound=Hashable)
FactT = TypeVar("FactT", bound=Fact)
# The kind of event and the unit, team or person it is about.
EventKey = tuple[str, UUID]


@dataclass
class HeldPerson:
    id: UUID
    details: PersonDetails
    left_on: date | None


@dataclass
class Held:
    """Facts are those believed today that have not ended by the day, also ones yet to begin.

    Matching puts what it adds beside them; ``fresh`` tells those rows, which nobody has saved yet.
    """

    realm_id: UUID
    on: date
    version: int = 0
    fresh: set[UUID] = field(default_factory=set)
    people: dict[UUID, HeldPerson] = field(default_factory=dict)
    by_id_number: dict[str, UUID] = field(default_factory=dict)
    by_number: dict[str, UUID] = field(default_factory=dict)
    by_name: dict[str, list[UUID]] = field(default_factory=dict)
    codes: dict[str, UUID] = field(default_factory=dict)
    spells: dict[UUID, UnitSpell] = field(default_factory=dict)
    posts: dict[UUID, Post] = field(default_factory=dict)
    post_of: dict[tuple[UUID, str], UUID] = field(default_factory=dict)
    teams: dict[tuple[UUID, str], Team] = field(default_factory=dict)
    tenures: dict[UUID, list[Tenure]] = field(default_factory=dict)
    ranks: dict[UUID, list[RankHolding]] = field(default_factory=dict)
    branches: dict[UUID, list[BranchMember]] = field(default_factory=dict)
    seats: dict[tuple[UUID, UUID], list[Seat]] = field(default_factory=dict)
    charges: dict[tuple[UUID, UUID], list[Charge]] = field(default_factory=dict)
    contacts: dict[tuple[object, ...], list[Contact]] = field(default_factory=dict)
    authorities: dict[tuple[UUID, UUID, str], list[Authority]] = field(default_factory=dict)
    states: dict[tuple[UUID, str], list[PersonState]] = field(default_factory=dict)
    events: dict[EventKey, list[Event]] = field(default_factory=dict)
    past: set[tuple[object, ...]] = field(default_factory=set)


def load(realm_id: UUID, on: date) -> Held:
    held = Held(realm_id, on, directory_version(realm_id))
    load_people(held)
    load_units(held)
    held.tenures = grouped(current(held, Tenure), lambda row: row.person_id)
    held.ranks = grouped(current(held, RankHolding), lambda row: row.person_id)
    held.branches = grouped(current(held, BranchMember), lambda row: row.person_id)
    held.seats = grouped(parted(held, Seat), lambda row: (row.team_id, row.person_id))
    held.charges = grouped(parted(held, Charge), lambda row: (row.person_id, row.unit_id))
    held.contacts = grouped(parted(held, Contact), contact_key)
    held.authorities = grouped(parted(held, Authority), authority_key)
    held.states = grouped(parted(held, PersonState), lambda row: (row.person_id, row.kind))
    events = Event.objects.filter(realm=realm_id, voided_at=None)
    held.events = grouped(events, event_key)
    return held


def current(held: Held, kind: type[FactT]) -> Iterable[FactT]:
    not_over = Q(end=None) | Q(end__gt=held.on)
    return kind._default_manager.filter(not_over, realm=held.realm_id, voided_at=None)


def parted(held: Held, kind: type[FactT]) -> Iterator[FactT]:
    """The same, and what is over goes into ``held.past``; one query for both."""
    for row in kind._default_manager.filter(realm=held.realm_id, voided_at=None):
        if row.end is None or row.end > held.on:
            yield row
        else:
            held.past.add(identity(row))


def identity(row: Fact) -> tuple[object, ...]:
    """What makes two facts of a kind say the same."""
    names = (
        "person_id", "team_id", "unit_id", "other_id", "over_id", "kind", "role", "rank", "start",
        "end",
    )  # fmt: skip
    return (type(row), *(getattr(row, name, None) for name in names))


def grouped(rows: Iterable[Row], key: Callable[[Row], KeyT]) -> dict[KeyT, list[Row]]:
    found: dict[KeyT, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def contact_key(row: Contact) -> tuple[object, ...]:
    return (row.kind, row.person_id, row.other_id, row.unit_id)


def authority_key(row: Authority) -> tuple[UUID, UUID, str]:
    return (row.unit_id, row.over_id, row.rank)


def event_key(row: Event) -> EventKey:
    about = row.unit_id or row.team_id or row.person_id
    if about is None:
        raise ValueError(row.pk)
    return (row.kind, about)


def load_people(held: Held) -> None:
    rows = list(Person.objects.filter(realm=held.realm_id))
    opened = {
        column: open_column(held.realm_id, column, attribute, rows)
        for column, attribute, _ in SEALED
    }
    for row in rows:
        more = opened["details"].get(row.pk, "")
        details = PersonDetails(
            name=opened["name"].get(row.pk, ""),
            phone=opened["phone"].get(row.pk, ""),
            id_number=opened["id"].get(row.pk, ""),
            mail=opened["mail"].get(row.pk, ""),
            more=json.loads(more) if more else {},
            left_on=row.left_on,
            **{name: getattr(row, name) for name in PLAIN},
        )
        hold_person(held, HeldPerson(row.pk, details, row.left_on))


def hold_person(held: Held, person: HeldPerson) -> None:
    held.people[person.id] = person
    hold_numbers(held, person)
    held.by_name.setdefault(person.details.name, []).append(person.id)


def hold_numbers(held: Held, person: HeldPerson) -> None:
    if person.details.id_number:
        held.by_id_number[person.details.id_number] = person.id
    if person.details.number:
        held.by_number[person.details.number] = person.id


def open_column(
    realm_id: UUID, column: str, attribute: str, rows: Sequence[Person]
) -> dict[UUID, str]:
    sealed = [(row.pk, bytes(value)) for row in rows if (value := getattr(row, attribute))]
    texts = pii.open_column(realm_id, column, sealed)
    return {person_id: text for (person_id, _), text in zip(sealed, texts, strict=True)}


def load_units(held: Held) -> None:
    units = Unit.objects.filter(realm=held.realm_id).values_list("code", "pk")
    held.codes = dict(units)
    held.spells = {spell.unit_id: spell for spell in current(held, UnitSpell)}
    held.posts = {post.pk: post for post in Post.objects.filter(realm=held.realm_id)}
    held.post_of = {(post.unit_id, post.title): post.pk for post in held.posts.values()}
    teams = Team.objects.filter(realm=held.realm_id)
    held.teams = {(team.unit_id, team.name): team for team in teams}
