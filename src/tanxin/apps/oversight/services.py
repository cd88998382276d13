"""Explaining a signal, and saying what became of it. Neither changes a figure."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.archive import services as archive
from tanxin.apps.archive.services import Sealed
from tanxin.apps.audit import services as audit
from tanxin.apps.org.recusals import kept_from
from tanxin.apps.org.selectors.entrusted import holders_of
from tanxin.apps.oversight.access import SignalForbidden, SignalNotFound, signal_for, works_under
from tanxin.apps.oversight.models import Signal
from tanxin.apps.oversight.refusals import ExplainedAlready, NothingSaid, SettledAlready
from tanxin.apps.realms.selectors import zone_of
from tanxin.core.access import Actor, Permission, Role
from tanxin.core.oversight.settling import Outcome, SignalState
from tanxin.core.wording import is_blank

SUPERVISORS = frozenset({Role.SUPERVISOR})
Readers = list[tuple[UUID, str]]


def explain(actor: Actor, signal_id: UUID, *, text: str, at: datetime) -> Signal:
    """The one it is about says how it came; those who supervise read it.

    Raises ``NothingSaid``, ``ExplainedAlready``, ``SettledAlready``, and as ``signal_for``.
    """
    signal = signal_for(actor, signal_id, Permission.SIGNAL_EXPLAIN)
    if is_blank(text):
        raise NothingSaid
    refuse_if_over(signal)
    readers = [(signal.person_id, "subject"), *supervisors_of(signal, at)]
    words = sealed(actor, signal, text, readers)
    with transaction.atomic():
        row = Signal.objects.filter(
            realm=actor.realm_id, pk=signal_id, state=SignalState.OPEN.value, explanation=None
        )
        record = archive.store(words, readers, at)
        if row.update(explanation=record, explained_at=at) != 1:
            raise ExplainedAlready(signal_id)
        log(actor, "signal.explained", signal, at)
    signal.refresh_from_db()
    return signal


def settle(
    actor: Actor, signal_id: UUID, *, outcome: Outcome, note: str = "", at: datetime
) -> Signal:
    """A supervisor says what became of it; never of himself, nor of whom he works under.

    ``note`` is for the two of them. Raises ``SettledAlready`` and as ``signal_for``.
    """
    signal = signal_for(actor, signal_id, Permission.SIGNAL_SETTLE)
    if works_under(actor, signal, at.astimezone(zone_of(actor.realm_id)).date()):
        raise SignalForbidden(signal_id)
    if signal.state != SignalState.OPEN:
        raise SettledAlready(signal_id)
    me = person_of(actor)
    readers = [(signal.person_id, "subject"), (me, "asked")]
    words = None if is_blank(note) else sealed(actor, signal, note, readers)
    with transaction.atomic():
        row = Signal.objects.filter(
            realm=actor.realm_id, pk=signal_id, state=SignalState.OPEN.value
        )
        record = archive.store(words, readers, at) if words else None
        settled = row.update(
            state=SignalState.SETTLED.value,
            outcome=outcome.value,
            note=record,
            settled_by=me,
            settled_at=at,
        )
        if settled != 1:
            raise SettledAlready(signal_id)
        log(actor, "signal.settled", signal, at)
    signal.refresh_from_db()
    return signal


def refuse_if_over(signal: Signal) -> None:
    if signal.explanation_id is not None:
        raise ExplainedAlready(signal.pk)
    if signal.state != SignalState.OPEN:
        raise SettledAlready(signal.pk)


def supervisors_of(signal: Signal, at: datetime) -> Readers:
    """Those who supervise today, but nobody from whom one of its talks is kept."""
    on = at.astimezone(zone_of(signal.realm_id)).date()
    talks = signal.talks.filter(realm=signal.realm_id).values_list("talk", "talk__subject")
    kept = kept_from(signal.realm_id, [one for pair in talks for one in pair])
    found = holders_of(signal.realm_id, SUPERVISORS, on) - kept - {signal.person_id}
    return [(one, "asked") for one in sorted(found)]


def sealed(actor: Actor, signal: Signal, text: str, readers: Readers) -> Sealed:
    return archive.prepare(
        actor.realm_id,
        kind="reason",
        about_kind="signal",
        about_id=signal.pk,
        author_id=person_of(actor),
        text=text.strip(),
        parties=readers,
    )


def person_of(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise SignalNotFound
    return actor.person_id


def log(actor: Actor, event: str, signal: Signal, at: datetime) -> None:
    audit.record(
        event,
        realm_id=actor.realm_id,
        actor=actor,
        subject_kind="signal",
        subject_id=signal.pk,
        detail={"sign": signal.sign},
        at=at,
    )
