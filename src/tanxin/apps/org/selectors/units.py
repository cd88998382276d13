"""The tree of units as it stood on a day."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from tanxin.apps.org.actors import on_day
from tanxin.apps.org.models import PARTY_UNIT_KINDS, UnitSpell


@dataclass(frozen=True, slots=True)
class UnitNode:
    """A unit as it was called and placed on the day; ``start`` and ``end`` are of that spell."""

    id: UUID
    code: str
    name: str
    kind: str
    parent_id: UUID | None
    order: int
    start: date | None
    end: date | None

    @property
    def is_party(self) -> bool:
        return self.kind in PARTY_UNIT_KINDS


class UnitTree:
    """The units of a day. A unit whose parent did not exist that day stands at the top."""

    def __init__(self, nodes: list[UnitNode]) -> None:
        self.nodes = {node.id: node for node in nodes}
        self._children: dict[UUID | None, list[UnitNode]] = defaultdict(list)
        for node in sorted(nodes, key=lambda node: (node.order, node.code)):
            parent = node.parent_id if node.parent_id in self.nodes else None
            self._children[parent].append(node)

    def __contains__(self, unit_id: object) -> bool:
        return unit_id in self.nodes

    def __len__(self) -> int:
        return len(self.nodes)

    @property
    def roots(self) -> list[UnitNode]:
        return self._children.get(None, [])

    def node(self, unit_id: UUID) -> UnitNode | None:
        return self.nodes.get(unit_id)

    def children(self, unit_id: UUID) -> list[UnitNode]:
        return self._children.get(unit_id, [])

    def above(self, unit_id: UUID) -> Iterator[UnitNode]:
        """The unit itself, its parent, and so on to the top."""
        seen: set[UUID] = set()
        node = self.nodes.get(unit_id)
        while node and node.id not in seen:
            seen.add(node.id)
            yield node
            node = self.nodes.get(node.parent_id) if node.parent_id else None

    def below(self, unit_id: UUID) -> Iterator[UnitNode]:
        """The unit itself and everything under it, each parent before its children."""
        if unit_id in self.nodes:
            yield self.nodes[unit_id]
            for child in self.children(unit_id):
                yield from self.below(child.id)


COLUMNS = ("unit", "unit__code", "name", "kind", "parent", "order", "start", "end")


def spells_on(realm_id: UUID, on: date) -> QuerySet[UnitSpell]:
    return UnitSpell.objects.filter(on_day(on), realm=realm_id)


def unit_tree(realm_id: UUID, on: date) -> UnitTree:
    return UnitTree([UnitNode(*row) for row in spells_on(realm_id, on).values_list(*COLUMNS)])


def unit_on(realm_id: UUID, unit_id: UUID, on: date) -> UnitNode | None:
    """The unit as it was on the day, or None where it was not."""
    row = spells_on(realm_id, on).filter(unit=unit_id).values_list(*COLUMNS).first()
    return UnitNode(*row) if row else None


def subtree(realm_id: UUID, unit_id: UUID, on: date) -> frozenset[UUID]:
    """The unit and all units under it on the day; empty where it was not."""
    return frozenset(node.id for node in unit_tree(realm_id, on).below(unit_id))
