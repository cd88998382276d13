"""The organisation chart of a day: administrative units and party organisations, one at a time."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from tanxin.apps.org import selectors
from tanxin.apps.org.authorities import may_see_authorities
from tanxin.apps.org.directory import Directory
from tanxin.apps.org.selectors import UnitNode, UnitTree
from tanxin.core.access import Role
from tanxin.web.directory import directory_of
from tanxin.web.org.asked_day import AskedDay, asked_day
from tanxin.web.requests import ActorRequest

# Up to so many units everything is unfolded; above that, only the first two levels.
ALL_OPEN = 80
OPEN_LEVELS = 2


@dataclass(frozen=True, slots=True)
class Drawing:
    tree: UnitTree
    chiefs: Mapping[UUID, UUID]
    counts: Counter[UUID]
    names: Directory
    day: AskedDay
    party: bool

    def roots(self) -> list[UnitNode]:
        """Units of the asked sort that do not stand under another one of it."""
        roots = [node for node in self.tree.nodes.values() if self.begins(node)]
        return sorted(roots, key=lambda node: (node.order, node.code))

    def begins(self, node: UnitNode) -> bool:
        parent = self.tree.node(node.parent_id) if node.parent_id else None
        return node.is_party == self.party and (parent is None or parent.is_party != self.party)

    def children(self, node: UnitNode) -> list[UnitNode]:
        return [one for one in self.tree.children(node.id) if one.is_party == self.party]

    def count(self, node: UnitNode) -> int:
        """People in the unit and under it."""
        return self.counts[node.id] + sum(self.count(child) for child in self.children(node))

    def size(self) -> int:
        return sum(node.is_party == self.party for node in self.tree.nodes.values())

    def node(self, node: UnitNode, level: int = 0) -> dict[str, Any]:
        people = self.count(node)
        chief = self.chiefs.get(node.id)
        count = ngettext("%(n)s person", "%(n)s people", people) % {"n": people}
        return {
            "name": node.name,
            "note": " · ".join(filter(None, (self.names.name(chief) if chief else "", count))),
            "url": reverse("org:unit", args=[node.id]) + self.day.query,
            "folded": level >= OPEN_LEVELS and self.size() > ALL_OPEN,
            "children": [self.node(child, level + 1) for child in self.children(node)],
        }


@require_safe
def show(request: ActorRequest) -> HttpResponse:
    realm_id, day = request.actor.realm_id, asked_day(request)
    party = request.GET.get("tree") == "party"
    counts = selectors.branch_counts if party else selectors.head_counts
    drawing = Drawing(
        tree=selectors.unit_tree(realm_id, day.on),
        chiefs=selectors.chiefs_of_units(realm_id, None, day.on),
        counts=counts(realm_id, day.on),
        names=directory_of(request),
        day=day,
        party=party,
    )
    shown = {
        "day": day,
        "party": party,
        "nodes": [drawing.node(node) for node in drawing.roots()],
        "tabs": tabs(day, party=party),
        "may_import": Role.ORGANISER in request.actor.roles,
        "may_see_authorities": may_see_authorities(request.actor),
    }
    return render(request, "org/chart.html", shown)


def tabs(day: AskedDay, *, party: bool) -> list[dict[str, Any]]:
    url = reverse("org:chart")
    more = "" if day.is_today else f"&on={day.on.isoformat()}"
    return [
        {"url": f"{url}{day.query}", "label": _("Administration"), "active": not party},
        {"url": f"{url}?tree=party{more}", "label": _("Party organisations"), "active": party},
    ]
