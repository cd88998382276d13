"""The only doors to people, units and teams; and how an actor stands to them on a day."""

from datetime import date
from uuid import UUID

from tanxin.apps.org.actors import on_day
from tanxin.apps.org.models import Person, Seat, Team, Unit
from tanxin.apps.org.selectors.leading import units_in_charge, units_led
from tanxin.apps.org.selectors.units import UnitTree, unit_tree
from tanxin.core.access import Actor, Permission, Relation, RowForbidden, RowNotFound, decide


class PersonNotFound(RowNotFound):
    pass


class PersonForbidden(RowForbidden):
    pass


class UnitNotFound(RowNotFound):
    pass


class UnitForbidden(RowForbidden):
    pass


class TeamNotFound(RowNotFound):
    pass


class TeamForbidden(RowForbidden):
    pass


class FactsForbidden(RowForbidden):
    """Only organisers record facts."""


def may_record_facts(actor: Actor) -> None:
    """Raise ``FactsForbidden`` unless the actor may change the facts of the realm."""
    if not decide(Permission.ORG_EDIT, actor.standing).allowed:
        raise FactsForbidden(Permission.ORG_EDIT)


def relations_to_person(actor: Actor, person_id: UUID) -> frozenset[Relation]:
    own = {Relation.SELF} if actor.person_id == person_id else set()
    return actor.standing | own


def relations_to_unit(
    actor: Actor, unit_id: UUID, on: date, tree: UnitTree | None = None
) -> frozenset[Relation]:
    """With CHIEF when the actor leads, or is in charge of, the unit or one above it on the day.

    ``tree`` is that of the day, where it is at hand.
    """
    if actor.person_id is None:
        return actor.standing
    leads = units_led(actor.realm_id, actor.person_id, on)
    leads |= units_in_charge(actor.realm_id, actor.person_id, on)
    if not leads:
        return actor.standing
    above = {node.id for node in (tree or unit_tree(actor.realm_id, on)).above(unit_id)}
    return actor.standing | ({Relation.CHIEF} if leads & above else set())


def relations_to_team(actor: Actor, team: Team, on: date) -> frozenset[Relation]:
    """With TEAMMATE when the actor has a seat on the day; CHIEF as towards the team's unit."""
    seats = Seat.objects.filter(on_day(on), realm=actor.realm_id, team=team.pk)
    mate = actor.person_id and seats.filter(person=actor.person_id).exists()
    relations = relations_to_unit(actor, team.unit_id, on)
    return relations | ({Relation.TEAMMATE} if mate else set())


def person_for(actor: Actor, person_id: UUID, permission: Permission) -> Person:
    """Raises ``PersonNotFound`` or ``PersonForbidden``."""
    person = Person.objects.filter(realm=actor.realm_id, pk=person_id).first()
    relations = relations_to_person(actor, person_id)
    if person is None or not decide(Permission.ORG_VIEW, relations).allowed:
        raise PersonNotFound(person_id)
    if not decide(permission, relations).allowed:
        raise PersonForbidden(permission)
    return person


def unit_for(
    actor: Actor, unit_id: UUID, permission: Permission, *, on: date, tree: UnitTree | None = None
) -> Unit:
    """Raises ``UnitNotFound`` or ``UnitForbidden``. The unit may have ended before ``on``.

    What stands in ``tree`` is not asked for again.
    """
    node = tree.node(unit_id) if tree else None
    if node is not None:
        unit: Unit | None = Unit(pk=node.id, realm_id=actor.realm_id, code=node.code)
    else:
        unit = Unit.objects.filter(realm=actor.realm_id, pk=unit_id).first()
    if unit is None or not decide(Permission.ORG_VIEW, actor.standing).allowed:
        raise UnitNotFound(unit_id)
    if decide(permission, actor.standing).allowed:
        return unit
    if not decide(permission, relations_to_unit(actor, unit_id, on, tree)).allowed:
        raise UnitForbidden(permission)
    return unit


def team_for(actor: Actor, team_id: UUID, permission: Permission, *, on: date) -> Team:
    """Raises ``TeamNotFound`` or ``TeamForbidden``."""
    team = Team.objects.filter(realm=actor.realm_id, pk=team_id).first()
    if team is None or not decide(Permission.ORG_VIEW, actor.standing).allowed:
        raise TeamNotFound(team_id)
    if decide(permission, actor.standing).allowed:
        return team
    if not decide(permission, relations_to_team(actor, team, on)).allowed:
        raise TeamForbidden(permission)
    return team
