"""Who something may come from, for whoever knows the organisation and who was talked with."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import make_aware

from tanxin.apps.issues.untellable import SourceStandsOut
from tanxin.apps.org.actors import on_day
from tanxin.apps.org.models import BranchMember, Person, PersonState, Tenure
from tanxin.apps.org.selectors.people import main_units
from tanxin.apps.org.selectors.units import UnitTree, unit_tree
from tanxin.apps.talks.models import Talk
from tanxin.core.deidentify import is_crowd

# Whoever guesses thinks of the talks of the last months; an older source is among them no less.
WINDOW = timedelta(days=180)
YOUNG = 35


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of the source, by where it was heard and by words of the text.

    ``unit`` is None for the whole organisation.
    """

    unit: UUID | None
    units: frozenset[UUID] = field(default_factory=frozenset)
    posts: frozenset[str] = field(default_factory=frozenset)
    groups: frozenset[str] = field(default_factory=frozenset)


def talked_with(realm_id: UUID, on: date) -> frozenset[UUID]:
    """Everybody with whom somebody talked in the window before the end of the day."""
    first = make_aware(datetime.combine(on - WINDOW, time.min))
    after = make_aware(datetime.combine(on + timedelta(days=1), time.min))
    held = Talk.objects.filter(realm=realm_id, held_at__gte=first, held_at__lt=after)
    return frozenset(held.order_by().values_list("subject", flat=True).distinct())


def possible_sources(
    realm_id: UUID, told: Told, *, on: date, readers: Collection[UUID] = ()
) -> frozenset[UUID]:
    """Everybody of whom it may be, as it is told; a reader knows of himself whether he said it."""
    people = talked_with(realm_id, on) - frozenset(readers)
    places = [unit for unit in (told.unit, *told.units) if unit is not None]
    if places:
        units_of = units_of_all(realm_id, people, on)
        tree = unit_tree(realm_id, on)
        for place in places:
            inner = {node.id for node in tree.below(place)}
            people = frozenset(one for one in people if units_of.get(one, set()) & inner)
    for title in told.posts:
        people &= holders(realm_id, title, on)
    for group in told.groups:
        people &= group_of(realm_id, group, on)
    return people


def check_crowd(realm_id: UUID, told: Told, *, on: date, readers: Collection[UUID]) -> None:
    """Raise ``SourceStandsOut`` where fewer than five people may have said it."""
    if not is_crowd(possible_sources(realm_id, told, on=on, readers=readers)):
        raise SourceStandsOut


def units_of_all(realm_id: UUID, people: Iterable[UUID] | None, on: date) -> dict[UUID, set[UUID]]:
    """Each one's main unit and party branches; of everybody without ``people``."""
    asked = None if people is None else list(people)
    found = {person: {unit} for person, unit in main_units(realm_id, on, asked).items()}
    members = BranchMember.objects.filter(on_day(on), realm=realm_id)
    if asked is not None:
        members = members.filter(person__in=asked)
    for person, branch in members.values_list("person", "branch"):
        found.setdefault(person, set()).add(branch)
    return found


def members_of(realm_id: UUID, tree: UnitTree, on: date) -> dict[UUID, set[UUID]]:
    """Every unit with the people in it and below."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for person, units in units_of_all(realm_id, None, on).items():
        for node in {node.id for unit in units for node in tree.above(unit)}:
            found[node].add(person)
    return found


def places_of(realm_id: UUID, person_id: UUID, on: date) -> list[UUID]:
    """The units somebody belongs to, each with those above it, the nearest first."""
    tree = unit_tree(realm_id, on)
    own = units_of_all(realm_id, [person_id], on).get(person_id, set())
    above = [node.id for unit in sorted(own) for node in tree.above(unit)]
    return list(dict.fromkeys(above))


def holders(realm_id: UUID, title: str, on: date) -> frozenset[UUID]:
    rows = Tenure.objects.filter(on_day(on), realm=realm_id, post__title=title)
    return frozenset(rows.values_list("person", flat=True))


def in_state(realm_id: UUID, group: str, on: date) -> frozenset[UUID]:
    rows = PersonState.objects.filter(on_day(on), realm=realm_id, kind=group)
    return frozenset(rows.values_list("person", flat=True))


def women(realm_id: UUID, _group: str, _on: date) -> frozenset[UUID]:
    return people_where(realm_id, Q(gender="f"))


def the_young(realm_id: UUID, _group: str, on: date) -> frozenset[UUID]:
    return people_where(realm_id, Q(birth__gte=str(on.year - YOUNG)))


def leading(realm_id: UUID, _group: str, on: date) -> frozenset[UUID]:
    rows = Tenure.objects.filter(on_day(on), realm=realm_id, post__level__in=("chief", "head"))
    return frozenset(rows.values_list("person", flat=True))


def people_where(realm_id: UUID, condition: Q) -> frozenset[UUID]:
    rows = Person.objects.filter(condition, realm=realm_id)
    return frozenset(rows.values_list("pk", flat=True))


OTHERWISE: dict[str, Callable[[UUID, str, date], frozenset[UUID]]] = {
    "woman": women,
    "young": the_young,
    "chief": leading,
}


def group_of(realm_id: UUID, group: str, on: date) -> frozenset[UUID]:
    """Nobody where the roster does not say who belongs to it: then nobody is hidden in it."""
    return OTHERWISE.get(group, in_state)(realm_id, group, on)
