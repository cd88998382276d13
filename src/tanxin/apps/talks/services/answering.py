"""Answering a request: with a time, with a reason why not, or by naming somebody better to ask."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from tanxin.apps.archive import services as archive
from tanxin.apps.duties.requested import request_taken_back
from tanxin.apps.org.access import person_for
from tanxin.apps.org.apart import check_not_barred
from tanxin.apps.talks.access import request_for
from tanxin.apps.talks.conduct import day_of
from tanxin.apps.talks.models import USUAL_MINUTES, Request, Talk
from tanxin.apps.talks.refusals import PageIsOld, SuggestsOneOfTheTwo
from tanxin.apps.talks.services.asking import answer_by, keep, prepared
from tanxin.apps.talks.services.awaiting import (
    accept_awaited,
    await_approval,
    call_off_awaited,
    check_open,
    closing_of,
)
from tanxin.apps.talks.services.moments import check_reach
from tanxin.apps.talks.services.opening import Wish, opened, store
from tanxin.apps.talks.services.proposing import told
from tanxin.apps.talks.services.words import answered, sealed
from tanxin.apps.talks.transitions import answer, log
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import RequestMove

# Whoever is asked again after somebody else was suggested has at least so many days.
DAYS_AFTER_STAYING = 2


def accept_request(
    actor: Actor,
    request_id: UUID,
    *,
    planned_for: datetime,
    at: datetime,
    place: str = "",
    minutes: int = USUAL_MINUTES,
    kind: str = "routine",
    type_id: str = "",
) -> Talk:
    """Say yes with a time: the talk is proposed, the one who asked answers.

    Where it must be approved first, the request waits until it is.
    Whoever asked chose how, so no reason is asked for it. Raises ``MomentOutOfReach``,
    ``IllegalMove``, and as ``opened`` and ``request_for``.
    """
    check_reach(planned_for, at)
    request = request_for(actor, request_id, Permission.REQUEST_ANSWER)
    wish = Wish(
        actor.realm_id, uuid4(), request.asked_id, request.asker_id, kind, type_id, planned_for,
        channel=request.channel, place=place, minutes=minutes,
    )  # fmt: skip
    opening = opened(actor, wish, at=at, ask_why=False)
    with transaction.atomic():
        request = request_for(actor, request_id, Permission.REQUEST_ANSWER)
        check_open(request)
        talk = store(opening, by=request.asked_id, at=at)
        await_approval(request, talk)
        log(actor, "talk.proposed", talk, at=at, detail=told(talk))
        if not opening.approvers:
            accept_awaited(actor, talk, at=at)
    return talk


def refuse_request(actor: Actor, request_id: UUID, *, reason: str, at: datetime) -> Request:
    """Say no, and tell the one who asked why: a refusal without a reason is none.

    Raises ``TextMissing``, ``IllegalMove``, and as ``request_for``.
    """
    request = request_for(actor, request_id, Permission.REQUEST_ANSWER)
    readers = answered(request)
    words = sealed(actor, "reason", ("request", request_id), reason, readers=readers)
    with transaction.atomic():
        request = request_for(actor, request_id, Permission.REQUEST_ANSWER)
        check_open(request)
        refusal = archive.store(words, answered(request), at)
        answer(request, RequestMove.REFUSE, at=at, refusal=refusal)
        log(actor, "request.declined", request, at=at)
    return request


def suggest_another(actor: Actor, request_id: UUID, *, to: UUID, at: datetime) -> Request:
    """Name somebody who could help better; the one who asked decides, and the clock goes on.

    Raises ``SuggestsOneOfTheTwo``, ``Barred``, ``IllegalMove``, as ``person_for`` and
    ``request_for``.
    """
    person_for(actor, to, Permission.ORG_VIEW)
    with transaction.atomic():
        request = request_for(actor, request_id, Permission.REQUEST_ANSWER)
        if to in {request.asker_id, request.asked_id, request.through_id}:
            raise SuggestsOneOfTheTwo
        check_not_barred(actor.realm_id, to, request.asker_id, day_of(actor.realm_id, at))
        check_open(request)
        answer(request, RequestMove.SUGGEST, at=at, suggested_id=to)
        log(actor, "request.suggested", request, at=at, detail={"to": str(to)})
    return request


def stay_with(actor: Actor, request_id: UUID, *, at: datetime) -> Request:
    """Do not pass the request on: the one who was asked answers himself.

    Raises ``IllegalMove``, and as ``request_for``.
    """
    with transaction.atomic():
        request = request_for(actor, request_id, Permission.REQUEST_WITHDRAW)
        again = answer_by(actor.realm_id, at, DAYS_AFTER_STAYING)
        later = max(request.answer_by, again)
        answer(request, RequestMove.STAY, at=at, suggested=None, answer_by=later)
        log(actor, "request.stayed", request, at=at)
    return request


def forward(actor: Actor, request_id: UUID, *, at: datetime, topic: str = "") -> Request:
    """Ask the one who was suggested instead: a new request with a clock of its own.

    ``topic`` is what the asker has read again and sends; nothing goes along by itself. Raises
    ``IllegalMove``, and as ``request_for`` and ``person_for``.
    """
    earlier = request_for(actor, request_id, Permission.REQUEST_WITHDRAW)
    if earlier.suggested_id is None:
        raise PageIsOld("nobody is suggested any more")
    new = prepared(
        actor,
        earlier.asker_id,
        earlier.suggested_id,
        topic=topic,
        channel=earlier.channel,
        through=earlier.through_id,
    )
    words = closing_of(actor, earlier)
    with transaction.atomic():
        earlier = request_for(actor, request_id, Permission.REQUEST_WITHDRAW)
        if earlier.suggested_id != new.asked:
            raise PageIsOld("somebody else is suggested now")
        call_off_awaited(actor, earlier, words, at)
        answer(earlier, RequestMove.FORWARD, at=at)
        request_taken_back(earlier.realm_id, earlier.pk, at=at)
        request = keep(actor, new, at, earlier.pk)
        log(actor, "request.forwarded", earlier, at=at, detail={"as": str(request.pk)})
    return request
