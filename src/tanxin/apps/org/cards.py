"""What the directory keeps of each person, unit and team, read with few queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tanxin.apps.org.actors import on_day
from tanxin.apps.org.models import POST_LEVELS, Person, Team, Tenure, UnitSpell
from tanxin.apps.org.pinyin import Spelling, spell
from tanxin.apps.sealing import pii

Sealed = bytes | memoryview
LEVEL_ORDER = {level: place for place, level in enumerate(POST_LEVELS)}


@dataclass(frozen=True, slots=True)
class Names:
    """Opened names with the sealed bytes they came from, so that a reload opens only new ones."""

    by_person: Mapping[UUID, tuple[bytes, str, Spelling]]


@dataclass(frozen=True, slots=True)
class PersonCard:
    id: UUID
    name: str
    number: str
    spelling: Spelling
    title: str
    unit_id: UUID | None
    rank: tuple[int, int]
    gone: bool

    @property
    def sort_key(self) -> tuple[bool, tuple[int, int], tuple[str, ...], str]:
        return self.gone, self.rank, self.spelling.syllables, self.name


@dataclass(frozen=True, slots=True)
class UnitCard:
    id: UUID
    name: str
    kind: str
    parent_id: UUID | None


@dataclass(frozen=True, slots=True)
class TeamCard:
    id: UUID
    name: str
    unit_id: UUID


@dataclass(frozen=True, slots=True)
class MainPost:
    rank: tuple[int, int]
    title: str
    unit_id: UUID


def opened_names(
    realm_id: UUID, sealed: Iterable[tuple[UUID, Sealed]], known: Names | None
) -> Names:
    old = known.by_person if known else {}
    rows = [(person_id, bytes(name)) for person_id, name in sealed]
    new = [row for row in rows if row[0] not in old or old[row[0]][0] != row[1]]
    texts = pii.open_column(realm_id, "name", new)
    found = {
        person_id: (name, text, spell(text))
        for (person_id, name), text in zip(new, texts, strict=True)
    }
    return Names({row[0]: found.get(row[0]) or old[row[0]] for row in rows})


def main_posts(realm_id: UUID, on: date) -> dict[UUID, MainPost]:
    """The post each person is called by: the one highest in level, then in order."""
    rows = Tenure.objects.filter(on_day(on), realm=realm_id).values_list(
        "person", "post__level", "post__order", "post__title", "post__unit"
    )
    best: dict[UUID, MainPost] = {}
    for person_id, level, order, title, unit_id in rows.iterator(chunk_size=5000):
        post = MainPost((LEVEL_ORDER[level], order), title, unit_id)
        if person_id not in best or (post.rank, title) < (
            best[person_id].rank,
            best[person_id].title,
        ):
            best[person_id] = post
    return best


def load_people(realm_id: UUID, on: date, known: Names | None) -> tuple[list[PersonCard], Names]:
    rows = list(
        Person.objects.filter(realm=realm_id).values_list("pk", "number", "left_on", "name_sealed")
    )
    names = opened_names(realm_id, ((row[0], row[3]) for row in rows), known)
    posts = main_posts(realm_id, on)
    nothing = MainPost((len(POST_LEVELS), 0), "", UUID(int=0))
    cards = []
    for person_id, number, left_on, _ in rows:
        post = posts.get(person_id, nothing)
        _, name, spelling = names.by_person[person_id]
        gone = left_on is not None and left_on <= on
        unit_id = post.unit_id if post.title else None
        cards.append(
            PersonCard(person_id, name, number, spelling, post.title, unit_id, post.rank, gone)
        )
    cards.sort(key=lambda card: card.sort_key)
    return cards, names


def load_units(realm_id: UUID, on: date) -> dict[UUID, UnitCard]:
    """Each unit as it is called on the day; a unit that is no more, as it was called last."""
    rows = UnitSpell.objects.filter(realm=realm_id, voided_at=None).values_list(
        "unit", "name", "kind", "parent", "start"
    )
    latest = sorted(rows, key=lambda row: row[4] or date.min)
    units: dict[UUID, UnitCard] = {}
    for unit_id, name, kind, parent_id, start in latest:
        if unit_id not in units or start is None or start <= on:
            units[unit_id] = UnitCard(unit_id, name, kind, parent_id)
    return units


def load_teams(realm_id: UUID) -> list[TeamCard]:
    rows = Team.objects.filter(realm=realm_id).values_list("pk", "name", "unit")
    return [TeamCard(*row) for row in rows.order_by("name", "pk")]
