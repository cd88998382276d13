"""Booking a time ahead: a request that the reception hours have answered already."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.db.models import F

from tanxin.apps.org.access import person_for
from tanxin.apps.realms.selectors import zone_of
from tanxin.apps.talks.models import Request, Talk
from tanxin.apps.talks.receiving.access import reception_for, receptions
from tanxin.apps.talks.receiving.days import days_of
from tanxin.apps.talks.receiving.models import Booking, Reception
from tanxin.apps.talks.receiving.refusals import BookedAlready, SlotGone
from tanxin.apps.talks.receiving.setting import log as log_reception
from tanxin.apps.talks.refusals import TalkWithOneself
from tanxin.apps.talks.services.asking import keep, prepared
from tanxin.apps.talks.services.opening import Wish, opened, store
from tanxin.apps.talks.services.proposing import told
from tanxin.apps.talks.services.words import me
from tanxin.apps.talks.transitions import answer, log, log_move, move
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import RequestMove, TalkMove, TalkState

KIND = "routine"


def book_slot(
    actor: Actor,
    reception_id: UUID,
    *,
    begins: datetime,
    at: datetime,
    topic: str = "",
    form: UUID | None = None,
) -> Talk:
    """Take a free time; only who receives reads the topic. The same ``form`` twice books once.

    Raises ``SlotGone``, ``BookedAlready``, ``TimeTaken`` where somebody was quicker or one is
    elsewhere oneself, ``TalkWithOneself``, and as ``reception_for`` and ``person_for``.
    """
    row = reception_for(actor, reception_id)
    by = who_receives(actor, row, begins, at)
    if by == me(actor):
        raise TalkWithOneself
    new = prepared(actor, me(actor), by, topic=topic, channel="face", form=form)
    earlier = Request.objects.filter(realm=actor.realm_id, pk=new.request_id)
    if (known := earlier.first()) and known.talk:
        return known.talk
    wish = Wish(
        actor.realm_id, uuid5(new.request_id, "talk"), by, me(actor), KIND, "", begins,
        place=row.place, minutes=row.minutes,
    )  # fmt: skip
    opening = opened(actor, wish, at=at, ask_why=False)
    if opening.approvers:
        raise SlotGone("such talks are approved before")
    try:
        with transaction.atomic():
            person_for(actor, by, Permission.ORG_VIEW)
            Reception.objects.filter(realm=row.realm_id, leader=row.leader_id).update(
                taken=F("taken") + 1
            )
            check_first(actor, by, at)
            request = keep(actor, new, at)
            talk = store(opening, by=by, at=at)
            answer(request, RequestMove.ACCEPT, at=at, talk=talk)
            move(talk, TalkMove.AGREE)
            Booking.objects.create(realm_id=row.realm_id, reception=row, talk=talk)
            log(actor, "request.made", request, at=at)
            log(actor, "talk.proposed", talk, at=at, detail=told(talk))
            log_reception(actor, "reception.booked", row, {"talk": str(talk.pk)}, at)
            log_move(actor, talk, TalkMove.AGREE, at=at, detail=told(talk))
    except IntegrityError:
        return Talk.objects.get(realm=actor.realm_id, pk=wish.talk_id)
    return talk


def who_receives(actor: Actor, row: Reception, begins: datetime, at: datetime) -> UUID:
    """At that time of the hours. Raises ``SlotGone``."""
    today = at.astimezone(zone_of(actor.realm_id)).date()
    for day in days_of(actor, receptions(actor, on=today).filter(pk=row.pk), now=at):
        if day.by and any(slot.begins == begins for slot in day.slots):
            return day.by
    raise SlotGone(begins)


def check_first(actor: Actor, by: UUID, at: datetime) -> None:
    """One time at once with the same person, so that there is something left for others."""
    booked = Booking.objects.filter(realm=actor.realm_id).values("talk")
    open_talks = Talk.objects.filter(
        realm=actor.realm_id, subject=actor.person_id, initiator=by, pk__in=booked,
        state=TalkState.AGREED.value, planned_for__gt=at,
    )  # fmt: skip
    if open_talks.exists():
        raise BookedAlready(by)
