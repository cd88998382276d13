from datetime import datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.audit.services import Detail
from tanxin.apps.org.apart import check_not_barred
from tanxin.apps.realms.selectors import work_calendar
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.conduct import conduct_of, day_of
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.refusals import HeldInTheFuture, NotPrepared
from tanxin.apps.talks.services.matching import meet_duties
from tanxin.apps.talks.services.moments import check_reach
from tanxin.apps.talks.services.named import check_named
from tanxin.apps.talks.services.proposing import check_seen
from tanxin.apps.talks.transitions import log_move, move
from tanxin.core.access import Actor, Permission
from tanxin.core.calendar import deadline_after
from tanxin.core.lifecycle import IllegalMove, TalkMove


def hold(
    actor: Actor, talk_id: UUID, *, held_at: datetime, at: datetime, seen: int | None = None
) -> Talk:
    """Say that the talk took place, and which duties it met.

    Raises ``HeldInTheFuture``, ``MomentOutOfReach``, ``Barred`` where the two were kept apart on
    that day, ``NotPrepared``, ``PartMissing``, ``IllegalMove``, and as ``talk_for``.
    """
    with transaction.atomic():
        talk = talk_for(actor, talk_id, Permission.TALK_HOLD)
        check_seen(talk, seen)
        take_place(actor, talk, held_at=held_at, at=at)
    return talk


def prepare(actor: Actor, talk_id: UUID, *, at: datetime, seen: int | None = None) -> Talk:
    """Say that what the type of the talk wants before it is done.

    Raises ``IllegalMove``, and as ``talk_for``.
    """
    with transaction.atomic():
        talk = talk_for(actor, talk_id, Permission.TALK_HOLD)
        check_seen(talk, seen)
        move(talk, TalkMove.PREPARE, prepared_at=at)
        log_move(actor, talk, TalkMove.PREPARE, at=at)
    return talk


def take_place(
    actor: Actor, talk: Talk, *, held_at: datetime, at: datetime, people: int = 1
) -> None:
    """The move itself, for callers that have a transaction open."""
    if held_at > at:
        raise HeldInTheFuture(held_at)
    check_reach(held_at, at)
    if talk.group_id and people == 1:
        raise IllegalMove("who was there is said once for the whole group")
    day = day_of(talk.realm_id, held_at)
    check_not_barred(talk.realm_id, talk.initiator_id, talk.subject_id, day)
    conduct = conduct_of(talk)
    if conduct.preparation and talk.prepared_at is None:
        raise NotPrepared("what comes before it has not been said to be done")
    check_named(talk, conduct, endorsed=True)
    clock = conduct.clock
    calendar = work_calendar(talk.realm_id)
    due = deadline_after(day, clock, calendar) if clock else None
    move(talk, TalkMove.HOLD, held_at=held_at, follow_up_by=due)
    met = meet_duties(talk, on=day, at=at, people=people)
    detail: Detail = {
        "held_at": held_at.isoformat(),
        "duties": tuple(sorted(str(duty) for duty in met)),
    }
    log_move(actor, talk, TalkMove.HOLD, at=at, detail=detail)
