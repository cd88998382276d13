"""Who leads a unit, and whom a person leads: from seats, posts, branches and charges of a day.

The chief of a unit is the one who sits first in its team (班子), else the secretary of a branch,
else the holder of its leading post.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, TextField, Value
from django.db.models.functions import Cast

from tanxin.apps.org.actors import on_day
from tanxin.apps.org.models import BranchMember, Charge, Seat, Tenure
from tanxin.apps.org.selectors.people import main_units, unit_of, units_of
from tanxin.apps.org.selectors.units import unit_tree

# What makes somebody a unit's chief, the weightiest first.
WEIGHTS = ("leadership", "party_group", "branch_committee", "secretary", "chief", "head")


Claim = tuple[UUID, int, date, UUID]


def claims(realm_id: UUID, on: date, seats: Q, posts: Q, branches: Q) -> list[Claim]:
    """Every fact that makes somebody the chief of a unit, in one query.

    Each as unit, weight, since when, who.
    """
    true = Q(on_day(on), realm=realm_id)
    of_teams = Seat.objects.filter(true, seats, role="chief").values_list(
        "team__unit", Cast("team__kind", TextField()), "start", "person"
    )
    of_branches = BranchMember.objects.filter(true, branches, role="secretary").values_list(
        "branch", Cast(Value("secretary"), TextField()), "start", "person"
    )
    leading = Tenure.objects.filter(true, posts, post__level__in=("chief", "head"))
    of_posts = leading.values_list(
        "post__unit", Cast("post__level", TextField()), "start", "person"
    )
    rows = of_teams.order_by().union(of_branches.order_by(), of_posts.order_by(), all=True)
    return [
        (unit_id, WEIGHTS.index(what), start or date.min, person_id)
        for unit_id, what, start, person_id in rows
    ]


def chiefs_of_units(realm_id: UUID, unit_ids: Iterable[UUID] | None, on: date) -> dict[UUID, UUID]:
    """Unit → chief, for the units that had one on the day. ``None`` asks for all units."""
    asked = None if unit_ids is None else list(unit_ids)
    found = claims(
        realm_id,
        on,
        Q() if asked is None else Q(team__unit__in=asked),
        Q() if asked is None else Q(post__unit__in=asked),
        Q() if asked is None else Q(branch__in=asked),
    )
    chiefs: dict[UUID, UUID] = {}
    for unit_id, _, _, person_id in sorted(found):
        chiefs.setdefault(unit_id, person_id)
    return chiefs


def chief_of_unit(realm_id: UUID, unit_id: UUID, on: date) -> UUID | None:
    return chiefs_of_units(realm_id, [unit_id], on).get(unit_id)


def units_led(realm_id: UUID, person_id: UUID, on: date) -> frozenset[UUID]:
    """The units whose chief the person was on the day (not those under them)."""
    mine = Q(person=person_id)
    units = {claim[0] for claim in claims(realm_id, on, mine, mine, mine)}
    chiefs = chiefs_of_units(realm_id, units, on) if units else {}
    return frozenset(unit for unit, chief in chiefs.items() if chief == person_id)


def units_in_charge(realm_id: UUID, person_id: UUID, on: date) -> frozenset[UUID]:
    """The units in the person's charge (分管) on the day (not those under them)."""
    charges = Charge.objects.filter(on_day(on), realm=realm_id, person=person_id)
    return frozenset(charges.values_list("unit", flat=True))


def in_charge_of(realm_id: UUID, unit_ids: Iterable[UUID], on: date) -> dict[UUID, list[UUID]]:
    """Unit → the people in charge of it (分管) on the day."""
    charges = Charge.objects.filter(on_day(on), realm=realm_id, unit__in=list(unit_ids))
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for unit_id, person_id in charges.order_by("start", "pk").values_list("unit", "person"):
        found[unit_id].append(person_id)
    return dict(found)


def leaders_over(realm_id: UUID, people: Collection[UUID], on: date) -> dict[UUID, UUID]:
    """Who leads each: the chief of his unit, or of the nearest one above whom he is not.

    In three queries for however many; whom nobody leads is left out.
    """
    units = main_units(realm_id, on, people)
    tree = unit_tree(realm_id, on)
    above = {person: [node.id for node in tree.above(unit)] for person, unit in units.items()}
    chiefs = chiefs_of_units(realm_id, {one for line in above.values() for one in line}, on)
    found: dict[UUID, UUID] = {}
    for person, line in above.items():
        over = (chiefs[one] for one in line if one in chiefs)
        leader = next((one for one in over if one != person), None)
        if leader is not None:
            found[person] = leader
    return found


def leaders_of_person(realm_id: UUID, person_id: UUID, on: date) -> frozenset[UUID]:
    """Everybody who heads, or is in charge of, a unit of the person's or one above it."""
    tree = unit_tree(realm_id, on)
    above = {node.id for unit in units_of(realm_id, person_id, on) for node in tree.above(unit)}
    charges = in_charge_of(realm_id, above, on).values()
    found = {one for people in charges for one in people}
    return frozenset(found | set(chiefs_of_units(realm_id, above, on).values())) - {person_id}


def is_subordinate(realm_id: UUID, person_id: UUID, of_person_id: UUID, on: date) -> bool:
    """Whether ``of_person_id`` leads the person.

    That is: as chief of, or in charge of, the unit of any of the person's posts or one above it.
    A chief is never the subordinate of those he leads.
    """
    if person_id == of_person_id:
        return False
    tree = unit_tree(realm_id, on)
    main = unit_of(realm_id, of_person_id, on)
    over = {node.id for node in tree.above(main)} if main else set()
    if over & units_led(realm_id, person_id, on):
        return False
    leads = units_led(realm_id, of_person_id, on) | units_in_charge(realm_id, of_person_id, on)
    above = {node.id for unit in units_of(realm_id, person_id, on) for node in tree.above(unit)}
    return bool(leads & above)
