"""Who may look at a text before it leaves: somebody else, who has nothing to do with the matter."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from tanxin.apps.issues.untellable import NobodyToAnswer, NobodyToReview
from tanxin.apps.org.selectors.entrusted import holders_of
from tanxin.apps.org.selectors.leading import chief_of_unit, chiefs_of_units
from tanxin.apps.org.selectors.units import unit_tree
from tanxin.core.access import Role

REVIEWING = frozenset({Role.ORGANISER, Role.SUPERVISOR})
APPROVING = frozenset({Role.SUPERVISOR})


def second_people(
    realm_id: UUID, roles: frozenset[Role], barred: Collection[UUID], *, on: date
) -> list[UUID]:
    return sorted(holders_of(realm_id, roles, on) - frozenset(barred))


def check_second(
    realm_id: UUID, person: UUID, roles: frozenset[Role], barred: Collection[UUID], *, on: date
) -> None:
    """Raises ``NobodyToReview``."""
    if person not in second_people(realm_id, roles, barred, on=on):
        raise NobodyToReview


def head_of(realm_id: UUID, unit: UUID, barred: Collection[UUID], *, on: date) -> UUID:
    """Who reads what comes to a unit; raises ``NobodyToAnswer``."""
    head = chief_of_unit(realm_id, unit, on)
    if head is None or head in barred:
        raise NobodyToAnswer
    return head


def heads_above(realm_id: UUID, unit: UUID | None, on: date) -> frozenset[UUID]:
    """Who reads what is told of a unit in its summaries: its head, and those above."""
    tree = unit_tree(realm_id, on)
    line = [node.id for node in tree.above(unit)] if unit else [node.id for node in tree.roots]
    return frozenset(chiefs_of_units(realm_id, line, on).values())
