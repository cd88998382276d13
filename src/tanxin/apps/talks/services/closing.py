from datetime import datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.archive import services as archive
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.refusals import NotYourTurn
from tanxin.apps.talks.services.awaiting import reopen_awaited
from tanxin.apps.talks.services.matching import match
from tanxin.apps.talks.services.proposing import check_seen
from tanxin.apps.talks.services.words import sealed, sides
from tanxin.apps.talks.transitions import log_move, move
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import TalkMove


def cancel(
    actor: Actor, talk_id: UUID, *, reason: str, at: datetime, seen: int | None = None
) -> Talk:
    """Either side calls the talk off and tells the other why.

    Raises ``TextMissing`` without a reason, ``IllegalMove``, and as ``talk_for``.
    """
    return close(actor, talk_id, TalkMove.CANCEL, reason=reason, at=at, seen=seen)


def refuse(
    actor: Actor, talk_id: UUID, *, reason: str, at: datetime, seen: int | None = None
) -> Talk:
    """The side that was asked says no and tells why; as ``cancel``, and ``NotYourTurn``."""
    return close(actor, talk_id, TalkMove.REFUSE, reason=reason, at=at, seen=seen)


def close(
    actor: Actor, talk_id: UUID, by: TalkMove, *, reason: str, at: datetime, seen: int | None
) -> Talk:
    permission = Permission.TALK_CANCEL if by is TalkMove.CANCEL else Permission.TALK_ANSWER
    talk = talk_for(actor, talk_id, permission)
    words = sealed(actor, "reason", ("talk", talk_id), reason, readers=sides(talk))
    with transaction.atomic():
        talk = talk_for(actor, talk_id, permission)
        check_seen(talk, seen)
        if by is TalkMove.REFUSE and talk.proposed_by_id == actor.person_id:
            raise NotYourTurn("one's own proposal is cancelled, not refused")
        move(talk, by, closing=archive.store(words, sides(talk), at))
        match(talk, [])
        reopen_awaited(talk)
        log_move(actor, talk, by, at=at)
    return talk
