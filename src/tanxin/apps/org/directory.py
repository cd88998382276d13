"""Who is who in a realm, kept in memory: names are sealed in the database.

Each process holds one directory per realm and day. Every change of a person, unit, team or post
raises the realm's ``DirectoryVersion`` in the same transaction; asking for the directory reads that
one row and reloads when it has moved.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from threading import Lock
from time import perf_counter
from uuid import UUID

from django.utils import timezone

from tanxin.apps.org.cards import (
    Names,
    PersonCard,
    TeamCard,
    UnitCard,
    load_people,
    load_teams,
    load_units,
)
from tanxin.apps.org.haystack import Haystack
from tanxin.apps.org.models import DirectoryVersion
from tanxin.apps.org.pinyin import folded, spell

logger = logging.getLogger(__name__)
NOBODY = "—"
FIRST_PLACES = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """``kind`` is person, unit or team."""

    kind: str
    id: UUID
    title: str
    detail: str


class Directory:
    """A realm's people, units and teams as they are called on ``on``. It does not change."""

    def __init__(
        self,
        people: list[PersonCard],
        units: dict[UUID, UnitCard],
        teams: list[TeamCard],
        *,
        on: date,
    ) -> None:
        self.on = on
        self.people = people
        self.units = units
        self.teams = teams
        self.place = {card.id: place for place, card in enumerate(people)}
        self.team_names = {team.id: team.name for team in teams}
        self.names = Haystack([folded(card.name)] for card in people)
        self.spellings = Haystack(card.spelling.lines for card in people)
        self.initials = Haystack([card.spelling.initials] for card in people)
        self.numbers = Haystack([folded(card.number)] for card in people)
        self.posts = Haystack(
            [folded(card.title), folded(self.unit_name(card.unit_id))] for card in people
        )
        self.anywhere = (self.names, self.posts)
        self.at_beginning = (self.spellings, self.initials, self.numbers)
        self.places = [
            *(
                Entry("unit", unit.id, unit.name, self.unit_path(unit.parent_id))
                for unit in units.values()
            ),
            *(Entry("team", team.id, team.name, self.unit_name(team.unit_id)) for team in teams),
        ]
        self.place_names = Haystack(
            [
                folded(entry.title),
                "".join(spell(entry.title).syllables),
                spell(entry.title).initials,
            ]
            for entry in self.places
        )

    def __contains__(self, person_id: UUID) -> bool:
        return person_id in self.place

    def card(self, person_id: UUID | None) -> PersonCard | None:
        place = self.place.get(person_id) if person_id else None
        return None if place is None else self.people[place]

    def name(self, person_id: UUID | None) -> str:
        card = self.card(person_id)
        return card.name if card else NOBODY

    def label(self, person_id: UUID | None) -> str:
        """Name · post title · unit name."""
        card = self.card(person_id)
        return " · ".join(filter(None, (card.name, self.detail(card)))) if card else NOBODY

    def detail(self, card: PersonCard) -> str:
        return " · ".join(filter(None, (card.title, self.unit_name(card.unit_id))))

    def unit_name(self, unit_id: UUID | None) -> str:
        unit = self.units.get(unit_id) if unit_id else None
        return unit.name if unit else ""

    def unit_path(self, unit_id: UUID | None) -> str:
        """The names from the top down to the unit."""
        names: list[str] = []
        unit = self.units.get(unit_id) if unit_id else None
        while unit and len(names) < len(self.units):
            names.append(unit.name)
            unit = self.units.get(unit.parent_id) if unit.parent_id else None
        return " / ".join(reversed(names))

    def team_name(self, team_id: UUID | None) -> str:
        return self.team_names.get(team_id, NOBODY) if team_id else NOBODY

    def sort_key(self, person_id: UUID | None) -> int:
        """Leaders first, in the order of their posts; equals by the spelling of their names."""
        place = self.place.get(person_id) if person_id else None
        return len(self.people) if place is None else place

    def search(self, text: str, limit: int = 20) -> list[Entry]:
        """Entries by name, spelling, initials, staff number, post or unit; the likeliest first.

        Several words must all fit the same person.
        """
        words = list(dict.fromkeys(word for word in map(folded, text.split()) if word))
        if not words:
            return []
        whole = folded(text)
        places = (self.places[hit] for hit in self.place_names.beginning(whole))
        inner = (self.places[hit] for hit in self.place_names.hits(whole))
        found = chain(
            islice(places, FIRST_PLACES), map(self.entry, self.people_like(whole, words)), inner
        )
        return list(islice(dict.fromkeys(islice(found, limit * 3)), limit))

    def search_people(self, text: str, limit: int = 20) -> list[Entry]:
        return [entry for entry in self.search(text, limit * 2) if entry.kind == "person"][:limit]

    def entry(self, place: int) -> Entry:
        card = self.people[place]
        return Entry("person", card.id, card.name, self.detail(card))

    def people_like(self, whole: str, words: list[str]) -> Iterator[int]:
        seen: set[int] = set()
        hits = chain(self.hits(whole), (self.all_fitting(words) if len(words) > 1 else ()))
        for hit in hits:
            if hit not in seen:
                seen.add(hit)
                yield hit

    def hits(self, word: str) -> Iterator[int]:
        return chain(
            self.names.beginning(word),
            self.names.hits(word),
            self.spellings.beginning(word),
            self.initials.beginning(word),
            self.numbers.beginning(word),
            self.posts.hits(word),
        )

    def all_fitting(self, words: list[str]) -> Iterator[int]:
        """Begin with the rarest word: the others are looked for only where it stands."""
        first, *rest = sorted(words, key=self.frequency)
        return (hit for hit in self.hits(first) if all(self.fits(hit, word) for word in rest))

    def frequency(self, word: str) -> int:
        return sum(hay.text.count(word) for hay in (*self.anywhere, *self.at_beginning))

    def fits(self, place: int, word: str) -> bool:
        return any(word in hay.block(place) for hay in self.anywhere) or any(
            "\n" + word in hay.block(place) for hay in self.at_beginning
        )


@dataclass(frozen=True, slots=True)
class Loaded:
    version: int
    directory: Directory
    names: Names


_loaded: dict[UUID, Loaded] = {}
_locks: dict[UUID, Lock] = {}
_all_locks = Lock()


def directory(realm_id: UUID) -> Directory:
    """The realm's directory of today: one query when nothing has changed."""
    today = timezone.localdate()
    version = version_of(realm_id)
    with _all_locks:
        lock = _locks.setdefault(realm_id, Lock())
    with lock:
        held = _loaded.get(realm_id)
        if held is None or held.version != version or held.directory.on != today:
            held = load(realm_id, version, today, held.names if held else None)
            _loaded[realm_id] = held
    return held.directory


def version_of(realm_id: UUID) -> int:
    numbers = DirectoryVersion.objects.filter(pk=realm_id).values_list("number", flat=True)
    return numbers.first() or 0


def load(realm_id: UUID, version: int, on: date, known: Names | None) -> Loaded:
    began = perf_counter()
    people, names = load_people(realm_id, on, known)
    found = Directory(people, load_units(realm_id, on), load_teams(realm_id), on=on)
    logger.info("loaded the directory: %d people in %.2f s", len(people), perf_counter() - began)
    return Loaded(version, found, names)
