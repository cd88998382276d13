"""Whose coverage somebody may look at."""

from datetime import date

from tanxin.apps.org.selectors import UnitNode, unit_tree, units_in_charge, units_led
from tanxin.core.access import Actor, Permission, decide

MOST_UNITS = 12


def units_to_cover(actor: Actor, *, on: date) -> list[UnitNode]:
    """The topmost units whose coverage the actor may see, in the order of the organisation."""
    if decide(Permission.COVERAGE_VIEW, actor.standing).allowed:
        return unit_tree(actor.realm_id, on).roots[:MOST_UNITS]
    if actor.person_id is None:
        return []
    leads = units_led(actor.realm_id, actor.person_id, on)
    leads |= units_in_charge(actor.realm_id, actor.person_id, on)
    if not leads:
        return []
    tree = unit_tree(actor.realm_id, on)
    everywhere = (node for root in tree.roots for node in tree.below(root.id))
    return [
        node
        for node in everywhere
        if node.id in leads
        and not any(one.id in leads for one in tree.above(node.id) if one.id != node.id)
    ][:MOST_UNITS]
