"""A secretary finds the time for a leader: in his name, with no word of what it is about."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from tanxin.apps.archive import services as archive
from tanxin.apps.audit.services import Detail
from tanxin.apps.duties.access import duty_for
from tanxin.apps.duties.models import Duty
from tanxin.apps.org.access import person_for
from tanxin.apps.org.recusals import is_kept_from
from tanxin.apps.org.selectors.entrusted import leaders_of
from tanxin.apps.realms.selectors import zone_of
from tanxin.apps.talks.access import TalkNotFound, arranged_talk_for
from tanxin.apps.talks.conduct import conduct_of
from tanxin.apps.talks.models import USUAL_MINUTES, Talk
from tanxin.apps.talks.refusals import NotYourTurn, TalkWithOneself
from tanxin.apps.talks.services.matching import match
from tanxin.apps.talks.services.moments import check_reach
from tanxin.apps.talks.services.named import check_named
from tanxin.apps.talks.services.opening import Wish, opened, store
from tanxin.apps.talks.services.proposing import check_apart, check_seen, roles, told
from tanxin.apps.talks.services.words import sealed, sides
from tanxin.apps.talks.submission import id_of
from tanxin.apps.talks.transitions import log, log_move, move
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import TalkMove


def may_arrange(actor: Actor, leader_id: UUID, at: datetime) -> Actor:
    """The leader as the one in whose name it is done; raises ``TalkNotFound`` for anybody else."""
    on = at.astimezone(zone_of(actor.realm_id)).date()
    if leader_id not in leaders_of(actor, on=on):
        raise TalkNotFound(leader_id)
    return Actor(actor.realm_id, leader_id)


def arrange_talk(
    actor: Actor,
    leader_id: UUID,
    *,
    planned_for: datetime,
    at: datetime,
    duty_id: UUID | None = None,
    with_person: UUID | None = None,
    place: str = "",
    minutes: int = USUAL_MINUTES,
    form: UUID | None = None,
) -> Talk:
    """Propose a time for what the leader owes, or with somebody he wants to see.

    Without a duty the talk is an ordinary one. Raises ``TalkNotFound``, ``TalkWithOneself``,
    ``MomentOutOfReach``, and as ``opened``, ``duty_for`` and ``person_for``.
    """
    check_reach(planned_for, at)
    leader = may_arrange(actor, leader_id, at)
    talk_id = id_of(actor, form)
    earlier = Talk.objects.filter(realm=actor.realm_id, pk=talk_id)
    if known := earlier.first():
        return known
    owed = [duty_for(leader, duty_id, Permission.TALK_PROPOSE)] if duty_id else []
    other = with_person or other_of(owed, leader_id)
    person_for(actor, other, Permission.ORG_VIEW)
    initiator, subject = roles(leader_id, other, owed)
    if is_kept_from(actor, duty_id, subject):
        raise TalkNotFound(talk_id)
    kind = owed[0].kind if owed else "routine"
    wish = Wish(
        actor.realm_id, talk_id, initiator, subject, kind, "", planned_for,
        place=place, owed=tuple(owed), minutes=minutes,
    )  # fmt: skip
    opening = opened(actor, wish, at=at, ask_why=False)
    try:
        with transaction.atomic():
            if talk := earlier.first():
                return talk
            may_arrange(actor, leader_id, at)
            if is_kept_from(actor, duty_id, subject):
                raise TalkNotFound(talk_id)
            talk = store(opening, by=leader_id, at=at)
            log(actor, "talk.proposed", talk, at=at, detail=in_name_of(leader_id, told(talk)))
    except IntegrityError:
        return earlier.get()
    return talk


def other_of(owed: list[Duty], leader_id: UUID) -> UUID:
    """Whom the duty is with, from the leader's side. Raises ``TalkWithOneself`` without anybody."""
    sides = {one for duty in owed for one in (duty.initiator_id, duty.subject_id) if one}
    others = sides - {leader_id}
    if not others:
        raise TalkWithOneself
    return others.pop()


def arrange_other_time(
    actor: Actor, talk_id: UUID, *, planned_for: datetime, at: datetime, seen: int | None = None
) -> Talk:
    """Put another time in place of the one that stands. Raises as ``propose_other_time``."""
    check_reach(planned_for, at)
    with transaction.atomic():
        talk, leader = theirs(actor, talk_id, at)
        check_seen(talk, seen)
        move(talk, TalkMove.PROPOSE_OTHER_TIME, planned_for=planned_for, proposed_by=leader)
        detail = in_name_of(leader, told(talk))
        log_move(actor, talk, TalkMove.PROPOSE_OTHER_TIME, at=at, detail=detail)
    return talk


def arrange_agreement(
    actor: Actor, talk_id: UUID, *, at: datetime, seen: int | None = None
) -> Talk:
    """Take the time that the other side proposed. Raises as ``agree``."""
    with transaction.atomic():
        talk, leader = theirs(actor, talk_id, at)
        check_seen(talk, seen)
        if talk.proposed_by_id == leader:
            raise NotYourTurn("the leader's own proposal")
        check_named(talk, conduct_of(talk), endorsed=False)
        check_apart(talk)
        move(talk, TalkMove.AGREE)
        log_move(actor, talk, TalkMove.AGREE, at=at, detail=in_name_of(leader, told(talk)))
    return talk


def arrange_cancelling(
    actor: Actor, talk_id: UUID, *, reason: str, at: datetime, seen: int | None = None
) -> Talk:
    """Call the talk off; the two read why, the secretary who wrote it no more.

    Raises as ``cancel``.
    """
    talk, _ = theirs(actor, talk_id, at)
    words = sealed(actor, "reason", ("talk", talk_id), reason, readers=sides(talk))
    with transaction.atomic():
        talk, leader = theirs(actor, talk_id, at)
        check_seen(talk, seen)
        move(talk, TalkMove.CANCEL, closing=archive.store(words, sides(talk), at))
        match(talk, [])
        log_move(actor, talk, TalkMove.CANCEL, at=at, detail=in_name_of(leader, {}))
    return talk


def theirs(actor: Actor, talk_id: UUID, at: datetime) -> tuple[Talk, UUID]:
    """The talk, and the leader for whom the actor arranges it."""
    on = at.astimezone(zone_of(actor.realm_id)).date()
    talk = arranged_talk_for(actor, talk_id, on=on)
    leaders = leaders_of(actor, on=on)
    leader = talk.initiator_id if talk.initiator_id in leaders else talk.subject_id
    return talk, leader


def in_name_of(leader_id: UUID, detail: Detail) -> Detail:
    return {**detail, "in_name_of": str(leader_id)}
