from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from tanxin.apps.audit.services import Detail
from tanxin.apps.duties.access import duty_for
from tanxin.apps.duties.models import Duty
from tanxin.apps.duties.partners import Partners
from tanxin.apps.org.access import person_for
from tanxin.apps.org.apart import check_not_barred
from tanxin.apps.realms.selectors import zone_of
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.conduct import conduct_of, day_of
from tanxin.apps.talks.models import USUAL_MINUTES, Talk
from tanxin.apps.talks.refusals import (
    NotBetweenTheTwo,
    NotYourTurn,
    PageIsOld,
    PartnerNotMeant,
    TalkWithOneself,
)
from tanxin.apps.talks.services.moments import check_reach
from tanxin.apps.talks.services.named import check_named
from tanxin.apps.talks.services.opening import Wish, opened, store
from tanxin.apps.talks.services.words import me
from tanxin.apps.talks.submission import id_of
from tanxin.apps.talks.transitions import log, log_move, move
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import TalkMove


def propose_talk(  # noqa: PLR0913 one argument for each field of the form
    actor: Actor,
    *,
    with_person: UUID,
    planned_for: datetime,
    kind: str,
    at: datetime,
    type_id: str = "",
    channel: str = "face",
    because: str = "",
    place: str = "",
    minutes: int = USUAL_MINUTES,
    duty_ids: Sequence[UUID] = (),
    form: UUID | None = None,
) -> Talk:
    """Propose a time to the other side, who answers.

    Whoever owes the talk leads it, also when the other proposes; without a duty the proposer does.
    ``because`` says why it is not face to face where the rules do not name that way. The same
    ``form`` twice makes one talk. Raises ``TalkWithOneself``, ``NotBetweenTheTwo``,
    ``PartnerNotMeant``, ``MomentOutOfReach``, and as ``opened``, ``person_for`` and ``duty_for``.
    """
    check_reach(planned_for, at)
    talk_id = id_of(actor, form)
    earlier = Talk.objects.filter(realm=actor.realm_id, pk=talk_id)
    if known := earlier.first():
        return known
    owed = owed_with(actor, with_person, duty_ids)
    initiator, subject = roles(me(actor), with_person, owed)
    check_meant(owed, with_person, planned_for)
    opening = opened(
        actor,
        Wish(
            actor.realm_id, talk_id, initiator, subject, kind, type_id, planned_for,
            channel=channel, place=place, because=because, owed=owed, minutes=minutes,
        ),
        at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            if talk := earlier.first():
                return talk
            owed_with(actor, with_person, duty_ids)
            talk = store(opening, by=me(actor), at=at)
            log(actor, "talk.proposed", talk, at=at, detail=told(talk))
    except IntegrityError:
        return earlier.get()
    return talk


def owed_with(actor: Actor, other: UUID, duty_ids: Sequence[UUID]) -> tuple[Duty, ...]:
    """The duties by which the actor may propose; raises as ``person_for`` and ``duty_for``."""
    person_for(actor, other, Permission.ORG_VIEW)
    return tuple(duty_for(actor, duty, Permission.TALK_PROPOSE) for duty in duty_ids)


def roles(proposer: UUID, other: UUID, owed: Sequence[Duty]) -> tuple[UUID, UUID]:
    """Who leads and with whom; raises if the two are one, or a duty is not theirs."""
    if proposer == other:
        raise TalkWithOneself
    for duty in owed:
        if not is_between(duty, proposer, other):
            raise NotBetweenTheTwo(duty.pk)
    if any(duty.initiator_id == other for duty in owed):
        return other, proposer
    return proposer, other


def check_meant(owed: Sequence[Duty], other: UUID, planned_for: datetime) -> None:
    """Raise where a duty without fixed subject cannot be met with ``other`` on that day."""
    for duty in owed:
        if duty.subject_id is None:
            on = planned_for.astimezone(zone_of(duty.realm_id)).date()
            partners = Partners(duty.realm_id, [duty.initiator_id, other], on)
            if not partners.may_partner(duty, other):
                raise PartnerNotMeant(duty.pk)


def is_between(duty: Duty, proposer: UUID, other: UUID) -> bool:
    """Whether a talk of the two may be meant for the duty; whether it meets it, holding decides."""
    if duty.subject_id is None:
        return duty.initiator_id == proposer
    if duty.shared and duty.subject_id == other:
        return True
    return {duty.initiator_id, duty.subject_id} == {proposer, other}


def told(talk: Talk) -> Detail:
    return {"planned_for": talk.planned_for.isoformat(), "channel": talk.channel}


def agree(actor: Actor, talk_id: UUID, *, at: datetime, seen: int | None = None) -> Talk:
    """Take the time the other side proposed.

    ``seen`` is the talk's ``steps`` on the page that is answered. Raises ``NotYourTurn``,
    ``Barred``, ``TimeTaken``, ``PartMissing``, ``IllegalMove``, and as ``talk_for``.
    """
    with transaction.atomic():
        talk = talk_for(actor, talk_id, Permission.TALK_ANSWER)
        check_seen(talk, seen)
        if talk.proposed_by_id == actor.person_id:
            raise NotYourTurn("one's own proposal")
        check_named(talk, conduct_of(talk), endorsed=False)
        check_apart(talk)
        move(talk, TalkMove.AGREE)
        log_move(actor, talk, TalkMove.AGREE, at=at, detail=told(talk))
    return talk


def propose_other_time(
    actor: Actor, talk_id: UUID, *, planned_for: datetime, at: datetime, seen: int | None = None
) -> Talk:
    """Put another time in place of the one that stands; the other side answers again.

    Raises ``MomentOutOfReach``, ``IllegalMove``, and as ``talk_for``.
    """
    check_reach(planned_for, at)
    with transaction.atomic():
        talk = talk_for(actor, talk_id, Permission.TALK_ANSWER)
        check_seen(talk, seen)
        move(
            talk,
            TalkMove.PROPOSE_OTHER_TIME,
            planned_for=planned_for,
            proposed_by=actor.person_id,
        )
        log_move(actor, talk, TalkMove.PROPOSE_OTHER_TIME, at=at, detail=told(talk))
    return talk


def check_apart(talk: Talk) -> None:
    """Raise ``Barred`` where a relation of the two has been noted since it was proposed."""
    on = day_of(talk.realm_id, talk.planned_for)
    check_not_barred(talk.realm_id, talk.initiator_id, talk.subject_id, on)


def check_seen(talk: Talk, seen: int | None) -> None:
    if seen is not None and seen != talk.steps:
        raise PageIsOld("another move was made since the page was read")
