"""One unit on a day: who leads it, who is in it, what stands under it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tanxin.apps.org import selectors
from tanxin.apps.org.access import unit_for
from tanxin.apps.org.authorities import may_see_authorities
from tanxin.apps.org.selectors import UnitNode
from tanxin.core.access import Actor, Permission, Relation, decide
from tanxin.web.directory import directory_of
from tanxin.web.org import words
from tanxin.web.org.asked_day import asked_day
from tanxin.web.requests import ActorRequest

# A workshop may have thousands; who is not listed is found by searching.
MOST_PEOPLE = 200


@require_safe
def show(request: ActorRequest, unit_id: UUID) -> HttpResponse:
    actor, day = request.actor, asked_day(request)
    unit_for(actor, unit_id, Permission.ORG_VIEW, on=day.on)
    tree = selectors.unit_tree(actor.realm_id, day.on)
    node = tree.node(unit_id)
    names = directory_of(request)
    if node is None:
        gone = {"day": day, "name": names.unit_name(unit_id)}
        return render(request, "org/unit_gone.html", gone)
    above = list(tree.above(unit_id))
    under = tree.children(unit_id)
    asked = [one.id for one in (*above, *under)]
    chiefs = selectors.chiefs_of_units(actor.realm_id, asked, day.on)
    charges = selectors.in_charge_of(actor.realm_id, [one.id for one in above], day.on)
    leaders = {chiefs[one.id] for one in above if one.id in chiefs}
    leaders.update(person for people in charges.values() for person in people)
    listed = people(actor.realm_id, node, request)
    shown = {
        "day": day,
        "unit": node,
        "kind": words.word(words.UNIT_KINDS, node.kind),
        "above": above[:0:-1],
        "chief": chiefs.get(unit_id),
        "in_charge": charges.get(unit_id, []),
        "under": [(one, chiefs.get(one.id)) for one in under if one.is_party == node.is_party],
        "branches": [(one, chiefs.get(one.id)) for one in under if one.is_party != node.is_party],
        "teams": teams(actor.realm_id, unit_id, request),
        "people": listed[:MOST_PEOPLE],
        "count": len(listed),
        "may_see_coverage": may_see_coverage(actor, leaders),
        "may_see_authorities": may_see_authorities(actor),
    }
    return render(request, "org/unit.html", shown)


def may_see_coverage(actor: Actor, leaders: set[UUID]) -> bool:
    """Only for showing the link; the page behind it asks its own door."""
    chief = {Relation.CHIEF} if actor.person_id in leaders else set()
    return decide(Permission.COVERAGE_VIEW, actor.standing | chief).allowed


def people(realm_id: UUID, node: UnitNode, request: ActorRequest) -> list[dict[str, object]]:
    """People with what they are in the unit, the leading ones first."""
    names, on = directory_of(request), asked_day(request).on
    if node.is_party:
        members = selectors.branch_members(realm_id, node.id, on)
        return [
            {
                "id": one.person_id,
                "what": words.word(words.BRANCH_ROLES, one.role),
                "leads": one.role != "member",
            }
            for one in members
        ]
    posts = selectors.people_of_unit(realm_id, node.id, on)
    posts.sort(key=lambda post: (post.rank, names.sort_key(post.person_id)))
    return [
        {"id": post.person_id, "what": post.title, "leads": post.level != "staff"} for post in posts
    ]


def teams(realm_id: UUID, unit_id: UUID, request: ActorRequest) -> list[dict[str, object]]:
    found = selectors.teams_of_unit(realm_id, unit_id, asked_day(request).on)
    return [
        {"team": team, "kind": words.word(words.TEAM_KINDS, team.kind), "seats": team.seats}
        for team in found
    ]
