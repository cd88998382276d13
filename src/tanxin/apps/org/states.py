"""Dated states of one person (重点对象): entered one by one, beside the roster that brings many."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tanxin.apps.org.access import may_record_facts, person_for
from tanxin.apps.org.models import PersonState
from tanxin.apps.org.services.facts import FactNotFound, end_fact, record_fact, void_fact
from tanxin.core.access import Actor, Permission

MOST = 100


@dataclass(frozen=True, slots=True)
class StateLine:
    """``end`` is the first day it is no longer so."""

    id: UUID
    person_id: UUID
    kind: str
    start: date | None
    end: date | None
    sensitive: bool
    source: str


COLUMNS = ("pk", "person", "kind", "start", "end", "sensitive", "source")


def states_of(actor: Actor, person_id: UUID) -> list[StateLine]:
    """The latest first, for who records facts. Raises ``FactsForbidden`` and as ``person_for``."""
    may_record_facts(actor)
    person_for(actor, person_id, Permission.ORG_VIEW)
    rows = PersonState.objects.filter(realm=actor.realm_id, person=person_id, voided_at=None)
    rows = rows.order_by("-start", "pk")
    return [StateLine(*row) for row in rows.values_list(*COLUMNS)[:MOST]]


def state_line(actor: Actor, state_id: UUID) -> StateLine:
    """Raises ``FactsForbidden`` or ``FactNotFound``."""
    may_record_facts(actor)
    rows = PersonState.objects.filter(realm=actor.realm_id, pk=state_id, voided_at=None)
    found = rows.values_list(*COLUMNS).first()
    if found is None:
        raise FactNotFound(state_id)
    return StateLine(*found)


def record_state(
    actor: Actor,
    person_id: UUID,
    *,
    kind: str,
    start: date,
    end: date | None,
    sensitive: bool,
    source: str,
    at: datetime,
) -> UUID:
    """Raises as ``person_for`` and ``record_fact``."""
    may_record_facts(actor)
    person_for(actor, person_id, Permission.ORG_VIEW)
    state = PersonState(
        person_id=person_id, kind=kind, start=start, end=end, sensitive=sensitive, source=source
    )
    return record_fact(actor, state, at=at).pk


def end_state(actor: Actor, state_id: UUID, *, end: date, at: datetime) -> None:
    """Raises as ``end_fact``."""
    end_fact(actor, PersonState, state_id, end=end, at=at)


def void_state(actor: Actor, state_id: UUID, *, reason: str, at: datetime) -> None:
    """It was never so. Raises as ``void_fact``."""
    void_fact(actor, PersonState, state_id, reason=reason, at=at)
