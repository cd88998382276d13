"""What stands behind a signal, and which wait for whom."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from django.db.models import QuerySet

from tanxin.apps.archive.access import openable
from tanxin.apps.oversight.access import supervises, visible_signals
from tanxin.apps.oversight.models import Signal, SignalTalk
from tanxin.core.access import Actor
from tanxin.core.oversight.settling import SignalState

SignalRow: TypeAlias = Signal


@dataclass(frozen=True, slots=True)
class TalkBehind:
    """The course of one talk: when, with whom, how it stands."""

    id: UUID
    initiator_id: UUID
    subject_id: UUID
    held_at: datetime | None
    entered_at: datetime | None
    state: str


def signals_to_settle(actor: Actor) -> QuerySet[Signal]:
    """What asks a supervisor for a look; his own are settled by another."""
    if not supervises(actor):
        return Signal.objects.none()
    return (
        visible_signals(actor).filter(state=SignalState.OPEN.value).exclude(person=actor.person_id)
    )


def signals_settled(actor: Actor) -> QuerySet[Signal]:
    if not supervises(actor):
        return Signal.objects.none()
    return (
        visible_signals(actor)
        .filter(state=SignalState.SETTLED.value)
        .exclude(person=actor.person_id)
    )


def signals_about(actor: Actor) -> QuerySet[Signal]:
    return visible_signals(actor).filter(person=actor.person_id)


def signals_to_explain(actor: Actor) -> QuerySet[Signal]:
    """About the actor, asked and not explained yet."""
    return signals_about(actor).filter(state=SignalState.OPEN.value, explanation=None)


def talks_behind(signal: Signal) -> list[TalkBehind]:
    rows = SignalTalk.objects.filter(realm=signal.realm_id, signal=signal.pk)
    return [
        TalkBehind(
            row.talk_id,
            row.talk.initiator_id,
            row.talk.subject_id,
            row.talk.held_at,
            row.talk.entered_at,
            row.talk.state,
        )
        for row in rows.select_related("talk").order_by("talk__held_at", "talk")
    ]


def texts_to_open(actor: Actor, signal: Signal) -> list[UUID]:
    """The records of the explanation and the note, as far as they were written for the actor."""
    written = [row for row in (signal.explanation, signal.note) if row is not None]
    return [row.pk for row in openable(actor, written)]
