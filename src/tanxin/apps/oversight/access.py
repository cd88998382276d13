"""The only door to signals: those who supervise, and the one a signal is about."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from tanxin.apps.org.recusals import not_kept_from
from tanxin.apps.org.selectors.leading import is_subordinate
from tanxin.apps.oversight.models import Signal, SignalTalk
from tanxin.core.access import Actor, Permission, Relation, RowForbidden, RowNotFound, decide
from tanxin.core.oversight.settling import SignalState

SUPERVISING = frozenset({Relation.SUPERVISOR})


class SignalNotFound(RowNotFound):
    pass


class SignalForbidden(RowForbidden):
    pass


def supervises(actor: Actor) -> bool:
    asked = actor.standing & SUPERVISING
    return actor.person_id is not None and decide(Permission.SIGNAL_VIEW, asked).allowed


def visible_signals(actor: Actor) -> QuerySet[Signal]:
    """About the actor himself; for a supervisor all but those of talks kept from him.

    One that is gone asks nobody any more and is shown to nobody.
    """
    rows = Signal.objects.filter(realm=actor.realm_id).exclude(state=SignalState.GONE.value)
    if actor.person_id is None:
        return rows.none()
    mine = Q(person=actor.person_id)
    return rows.filter(mine | shown_to(actor)) if supervises(actor) else rows.filter(mine)


def shown_to(actor: Actor) -> Q:
    """None of whose talks is kept from the actor: then he does not find the signal either."""
    talks = SignalTalk.objects.filter(realm=actor.realm_id, signal=OuterRef("pk"))
    return ~Q(Exists(talks.exclude(not_kept_from(actor, "talk", "talk__subject"))))


def signal_for(actor: Actor, signal_id: UUID, permission: Permission) -> Signal:
    """Raises ``SignalNotFound``, or ``SignalForbidden`` where he may see it but not do this."""
    signal = visible_signals(actor).filter(pk=signal_id).first()
    if signal is None:
        raise SignalNotFound(signal_id)
    if not decide(permission, relations_to(actor, signal)).allowed:
        raise SignalForbidden(signal_id)
    return signal


def relations_to(actor: Actor, signal: Signal) -> frozenset[Relation]:
    """Whom it is about is no supervisor of it, whatever he is else."""
    if signal.person_id == actor.person_id:
        return frozenset({Relation.SELF})
    return actor.standing & SUPERVISING


def kept_signals(actor: Actor) -> QuerySet[Signal]:
    """Those of which the actor finds nothing, and so no text either."""
    rows = Signal.objects.filter(realm=actor.realm_id)
    return rows.filter(~shown_to(actor)).exclude(person=actor.person_id)


def works_under(actor: Actor, signal: Signal, on: date) -> bool:
    person = actor.person_id
    return person is not None and is_subordinate(actor.realm_id, person, signal.person_id, on)
