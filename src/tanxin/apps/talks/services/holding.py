from datetime import datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.audit.services import Detail
from tanxin.apps.realms.selectors import zone_of
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.refusals import HeldInTheFuture
from tanxin.apps.talks.services.matching import meet_duties
from tanxin.apps.talks.services.moments import check_reach
from tanxin.apps.talks.services.proposing import check_seen
from tanxin.apps.talks.transitions import log_move, move
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import TalkMove


def hold(
    actor: Actor, talk_id: UUID, *, held_at: datetime, at: datetime, seen: int | None = None
) -> Talk:
    """Say that the talk took place, and which duties it met.

    Raises ``HeldInTheFuture``, ``MomentOutOfReach``, ``IllegalMove``, and as ``talk_for``.
    """
    with transaction.atomic():
        talk = talk_for(actor, talk_id, Permission.TALK_HOLD)
        check_seen(talk, seen)
        take_place(actor, talk, held_at=held_at, at=at)
    return talk


def take_place(actor: Actor, talk: Talk, *, held_at: datetime, at: datetime) -> None:
    """The move itself, for callers that have a transaction open."""
    if held_at > at:
        raise HeldInTheFuture(held_at)
    check_reach(held_at, at)
    move(talk, TalkMove.HOLD, held_at=held_at)
    day = held_at.astimezone(zone_of(talk.realm_id)).date()
    met = meet_duties(talk, on=day, at=at)
    detail: Detail = {
        "held_at": held_at.isoformat(),
        "duties": tuple(sorted(str(duty) for duty in met)),
    }
    log_move(actor, talk, TalkMove.HOLD, at=at, detail=detail)
