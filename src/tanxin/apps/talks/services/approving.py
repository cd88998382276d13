"""Approval before: the subject is not asked until everybody whom the type names has said yes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.archive import services as archive
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.models import Approval, Talk
from tanxin.apps.talks.refusals import PageIsOld
from tanxin.apps.talks.services.awaiting import accept_awaited, reopen_awaited
from tanxin.apps.talks.services.matching import match
from tanxin.apps.talks.services.proposing import check_seen
from tanxin.apps.talks.services.words import me, sealed
from tanxin.apps.talks.transitions import log_move, move
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import TalkMove


def approve_talk(actor: Actor, talk_id: UUID, *, at: datetime, seen: int | None = None) -> Talk:
    """Say yes in every part in which one was asked; with the last yes the subject is asked.

    Raises ``IllegalMove``, and as ``talk_for``.
    """
    with transaction.atomic():
        talk = talk_for(actor, talk_id, Permission.TALK_APPROVE)
        check_seen(talk, seen)
        decided(actor, talk, "approved", at)
        by = TalkMove.APPROVE_IN_PART if parts_open(talk) else TalkMove.APPROVE
        move(talk, by)
        if by is TalkMove.APPROVE:
            accept_awaited(actor, talk, at=at)
        log_move(actor, talk, by, at=at)
    return talk


def deny_talk(
    actor: Actor, talk_id: UUID, *, reason: str, at: datetime, seen: int | None = None
) -> Talk:
    """Say no, and tell who would have led it why; the subject never hears of it.

    Raises ``TextMissing``, ``IllegalMove``, and as ``talk_for``.
    """
    talk = talk_for(actor, talk_id, Permission.TALK_APPROVE)
    readers = [(talk.initiator_id, "initiator"), (me(actor), "asked")]
    words = sealed(actor, "reason", ("talk", talk_id), reason, readers=readers)
    with transaction.atomic():
        talk = talk_for(actor, talk_id, Permission.TALK_APPROVE)
        check_seen(talk, seen)
        decided(actor, talk, "denied", at)
        move(talk, TalkMove.DENY, closing=archive.store(words, readers, at))
        match(talk, [])
        reopen_awaited(talk)
        log_move(actor, talk, TalkMove.DENY, at=at)
    return talk


def decided(actor: Actor, talk: Talk, decision: str, at: datetime) -> None:
    asked = Approval.objects.filter(realm=talk.realm_id, talk=talk.pk, person=me(actor))
    if asked.filter(decision="").update(decision=decision, decided_at=at) == 0:
        raise PageIsOld("it was decided before")


def parts_open(talk: Talk) -> set[str]:
    """The parts in which nobody has said yes yet."""
    rows = Approval.objects.filter(realm=talk.realm_id, talk=talk.pk)
    said = rows.values_list("part", "decision")
    return {part for part, _ in said} - {part for part, one in said if one == "approved"}
