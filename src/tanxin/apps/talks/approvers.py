"""Who may approve a talk before its subject is asked: never who leads it, never its subject."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from tanxin.apps.org.actors import on_day
from tanxin.apps.org.apart import barred_from
from tanxin.apps.org.models import Seat
from tanxin.apps.org.selectors.entrusted import holders_of
from tanxin.apps.org.selectors.leading import chiefs_of_units
from tanxin.apps.org.selectors.people import unit_of
from tanxin.apps.org.selectors.units import unit_tree
from tanxin.core.access import Role
from tanxin.core.policy.manner import Part

BY_ROLE = {Part.DISCIPLINE: Role.SUPERVISOR, Part.ORGANISATION: Role.ORGANISER}


def approvers_of(
    realm_id: UUID, part: Part, sides: Collection[UUID], initiator_id: UUID, on: date
) -> frozenset[UUID]:
    """The nearest above the initiator who has that part; or all to whom the task is entrusted.

    Nobody whom a relation keeps apart from one of the two.
    """
    not_able = barred_from(realm_id, sides, on) | set(sides)
    if part in BY_ROLE:
        return holders_of(realm_id, frozenset({BY_ROLE[part]}), on) - not_able
    if part not in {Part.CHIEF, Part.PARTY_SECRETARY}:
        return frozenset()
    unit = unit_of(realm_id, initiator_id, on)
    above = [node.id for node in unit_tree(realm_id, on).above(unit)] if unit else []
    found = chiefs_of_units(realm_id, above, on)
    if part is Part.PARTY_SECRETARY:
        found |= party_secretaries(realm_id, above, on)
    able = [found[one] for one in above if found.get(one) not in {None, *not_able}]
    return frozenset(able[:1])


def party_secretaries(realm_id: UUID, units: Collection[UUID], on: date) -> dict[UUID, UUID]:
    """Unit → who sits first in its party group, for those that have one."""
    seats = Seat.objects.filter(
        on_day(on), realm=realm_id, voided_at=None, role="chief",
        team__unit__in=units, team__kind="party_group",
    )  # fmt: skip
    return dict(seats.values_list("team__unit", "person"))
