"""Events: dated things that trigger duties. A meeting may move."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.audit import services as audit
from tanxin.apps.org.access import may_record_facts
from tanxin.apps.org.models import Event
from tanxin.apps.org.services.facts import FactNotFound, FactOfAnotherRealm
from tanxin.core.access import Actor


def record_event(actor: Actor, event: Event, *, at: datetime) -> Event:
    """Save ``event``, which is about one unit, team or person of the actor's realm.

    Beside a person it may name the unit where he comes to it.
    """
    may_record_facts(actor)
    about = [each for each in (event.unit, event.team, event.person) if each is not None]
    if not about or any(each.realm_id != actor.realm_id for each in about):
        raise FactOfAnotherRealm("event")
    event.realm_id, event.recorded_at = actor.realm_id, at
    with transaction.atomic():
        event.save(force_insert=True)
        write_leaf(actor, "event.recorded", event.pk, at, {"on": event.on.isoformat()})
    return event


def move_event(actor: Actor, event_id: UUID, *, on: date, at: datetime) -> None:
    may_record_facts(actor)
    with transaction.atomic():
        events = Event.objects.filter(realm=actor.realm_id, pk=event_id, voided_at=None)
        if events.update(on=on) != 1:
            raise FactNotFound(event_id)
        write_leaf(actor, "event.moved", event_id, at, {"on": on.isoformat()})


def void_event(actor: Actor, event_id: UUID, *, reason: str, at: datetime) -> None:
    """It does not take place, or never was planned."""
    may_record_facts(actor)
    with transaction.atomic():
        events = Event.objects.filter(realm=actor.realm_id, pk=event_id, voided_at=None)
        if events.update(voided_at=at) != 1:
            raise FactNotFound(event_id)
        write_leaf(actor, "event.voided", event_id, at, {"reason": reason})


def write_leaf(
    actor: Actor, name: str, event_id: UUID, at: datetime, detail: dict[str, str]
) -> None:
    audit.record(
        name,
        realm_id=actor.realm_id,
        actor=actor,
        subject_kind="event",
        subject_id=event_id,
        detail=detail,
        at=at,
    )
