"""Management authority (干部管理权限): which unit manages those of a rank in a unit and below."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from tanxin.apps.org.actors import on_day
from tanxin.apps.org.models import Authority, RankHolding, Tenure
from tanxin.apps.org.selectors.leading import units_led
from tanxin.apps.org.selectors.people import units_of
from tanxin.apps.org.selectors.units import UnitTree, unit_tree
from tanxin.apps.org.services.facts import FactNotFound, end_fact, record_fact
from tanxin.core.access import Actor, Permission, RowNotFound, decide

MOST = 300


class AuthoritiesUnseen(RowNotFound):
    """They are for who arranges, oversees or gives roles."""


@dataclass(frozen=True, slots=True)
class AuthorityLine:
    """``rank`` is empty where all ranks are managed."""

    id: UUID
    unit_id: UUID
    over_id: UUID
    rank: str
    start: date | None
    end: date | None
    source: str

    def holds_on(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or self.end > day)


COLUMNS = ("pk", "unit", "over", "rank", "start", "end", "source")


def may_see_authorities(actor: Actor) -> bool:
    return decide(Permission.AUTHORITY_VIEW, actor.standing).allowed


def authorities(actor: Actor, among: Q) -> list[AuthorityLine]:
    """Raises ``AuthoritiesUnseen``."""
    if not may_see_authorities(actor):
        raise AuthoritiesUnseen(Permission.AUTHORITY_VIEW)
    rows = Authority.objects.filter(among, realm=actor.realm_id, voided_at=None)
    rows = rows.order_by("unit__code", "over__code", "rank", "start", "pk")
    return [AuthorityLine(*row) for row in rows.values_list(*COLUMNS)[:MOST]]


def all_authorities(actor: Actor) -> list[AuthorityLine]:
    return authorities(actor, Q())


def authorities_of_unit(actor: Actor, unit_id: UUID, tree: UnitTree) -> list[AuthorityLine]:
    """What the unit manages, and who manages those in it."""
    above = [node.id for node in tree.above(unit_id)]
    return authorities(actor, Q(unit=unit_id) | Q(over__in=above))


def authorities_over(
    actor: Actor, person_id: UUID, tree: UnitTree, *, on: date
) -> list[AuthorityLine]:
    """By which units, and because of what, somebody is managed on the day."""
    units = units_of(actor.realm_id, person_id, on)
    above = {node.id for unit in units for node in tree.above(unit)}
    held = RankHolding.objects.filter(on_day(on), realm=actor.realm_id, person=person_id)
    ranks = ["", *held.values_list("rank", flat=True)]
    return authorities(actor, Q(on_day(on), over__in=above, rank__in=ranks))


def managed_by(realm_id: UUID, person_id: UUID, *, on: date) -> frozenset[UUID]:
    """Everybody whose affairs are managed on the day by a unit that the person heads."""
    rows = Authority.objects.filter(on_day(on), realm=realm_id, voided_at=None)
    known = list(rows.values_list("unit", "over", "rank"))
    heads = units_led(realm_id, person_id, on) if known else ()
    found = [(over, rank) for unit, over, rank in known if unit in heads]
    if not found:
        return frozenset()
    tree = unit_tree(realm_id, on)
    people: set[UUID] = set()
    for over, rank in found:
        below = [node.id for node in tree.below(over)]
        held = Tenure.objects.filter(on_day(on), realm=realm_id, post__unit__in=below)
        there = held.values_list("person", flat=True)
        if rank:
            of_rank = RankHolding.objects.filter(on_day(on), realm=realm_id, rank=rank)
            there = there.filter(person__in=of_rank.values("person"))
        people.update(there)
    return frozenset(people - {person_id})


def authority_line(actor: Actor, authority_id: UUID) -> AuthorityLine:
    """Raises ``AuthoritiesUnseen`` or ``FactNotFound``."""
    found = authorities(actor, Q(pk=authority_id))
    if not found:
        raise FactNotFound(authority_id)
    return found[0]


def record_authority(
    actor: Actor,
    *,
    unit_id: UUID,
    over_id: UUID,
    rank: str,
    start: date | None,
    source: str,
    at: datetime,
) -> UUID:
    """Raises what ``record_fact`` raises."""
    fact = Authority(unit_id=unit_id, over_id=over_id, rank=rank, start=start, source=source)
    return record_fact(actor, fact, at=at).pk


def end_authority(actor: Actor, authority_id: UUID, *, end: date, at: datetime) -> None:
    """``end`` is the first day it no longer holds. Raises what ``end_fact`` raises."""
    end_fact(actor, Authority, authority_id, end=end, at=at)
