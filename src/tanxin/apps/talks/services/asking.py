from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction

from tanxin.apps.archive import services as archive
from tanxin.apps.org.access import person_for
from tanxin.apps.realms.selectors import work_calendar, zone_of
from tanxin.apps.talks.access import request_for
from tanxin.apps.talks.models import Request, Talk
from tanxin.apps.talks.refusals import TalkWithOneself
from tanxin.apps.talks.services.moments import check_reach
from tanxin.apps.talks.services.opening import Wish, opened, store
from tanxin.apps.talks.services.proposing import told
from tanxin.apps.talks.services.words import askers, asking, me, sealed, sealed_if_any
from tanxin.apps.talks.submission import id_of
from tanxin.apps.talks.transitions import answer, log
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import RequestMove


def ask_for_talk(
    actor: Actor,
    *,
    asked: UUID,
    at: datetime,
    topic: str = "",
    channel: str = "face",
    form: UUID | None = None,
) -> Request:
    """Ask anybody in the realm for a talk; only he reads what about, and he owes an answer.

    The same ``form`` twice asks once. Raises ``TalkWithOneself`` and as ``person_for``.
    """
    if asked == actor.person_id:
        raise TalkWithOneself
    person_for(actor, asked, Permission.ORG_VIEW)
    request_id = id_of(actor, form)
    earlier = Request.objects.filter(realm=actor.realm_id, pk=request_id)
    if known := earlier.first():
        return known
    readers = asking(me(actor), asked)
    words = sealed_if_any(actor, "topic", ("request", request_id), topic, readers=readers)
    today = at.astimezone(zone_of(actor.realm_id)).date()
    calendar = work_calendar(actor.realm_id)
    try:
        with transaction.atomic():
            person_for(actor, asked, Permission.ORG_VIEW)
            request = Request.objects.create(
                pk=request_id,
                realm_id=actor.realm_id,
                asker_id=me(actor),
                asked_id=asked,
                channel=channel,
                asked_at=at,
                answer_by=calendar.add_working_days(today, settings.TANXIN_REQUEST_ANSWER_DAYS),
            )
            if words is not None:
                archive.store(words, askers(request), at)
            log(actor, "request.made", request, at=at)
    except IntegrityError:
        return earlier.get()
    return request


def accept_request(
    actor: Actor,
    request_id: UUID,
    *,
    planned_for: datetime,
    at: datetime,
    place: str = "",
    kind: str = "routine",
    type_id: str = "",
) -> Talk:
    """Say yes with a time: the talk is proposed, the one who asked answers.

    Whoever asked chose how, so no reason is asked for it. Raises ``MomentOutOfReach``,
    ``IllegalMove``, and as ``opened`` and ``request_for``.
    """
    check_reach(planned_for, at)
    request = request_for(actor, request_id, Permission.REQUEST_ANSWER)
    wish = Wish(
        actor.realm_id, uuid4(), request.asked_id, request.asker_id, kind, type_id, planned_for,
        channel=request.channel, place=place,
    )  # fmt: skip
    opening = opened(actor, wish, ask_why=False)
    with transaction.atomic():
        request = request_for(actor, request_id, Permission.REQUEST_ANSWER)
        answer(request, RequestMove.ACCEPT, at=at)
        talk = store(opening, by=request.asked_id, at=at)
        Request.objects.filter(realm=actor.realm_id, pk=request.pk).update(talk=talk)
        log(actor, "talk.proposed", talk, at=at, detail=told(talk))
        log(actor, "request.answered", request, at=at, detail={"talk": str(talk.pk)})
    return talk


def refuse_request(actor: Actor, request_id: UUID, *, reason: str, at: datetime) -> Request:
    """Say no, and tell the one who asked why: a refusal without a reason is none.

    Raises ``TextMissing``, ``IllegalMove``, and as ``request_for``.
    """
    request = request_for(actor, request_id, Permission.REQUEST_ANSWER)
    words = sealed(actor, "reason", ("request", request_id), reason, readers=askers(request))
    with transaction.atomic():
        request = request_for(actor, request_id, Permission.REQUEST_ANSWER)
        answer(
            request, RequestMove.REFUSE, at=at, refusal=archive.store(words, askers(request), at)
        )
        log(actor, "request.declined", request, at=at)
    return request


def withdraw_request(actor: Actor, request_id: UUID, *, at: datetime) -> Request:
    """Take the question back, as long as it was not answered.

    Raises ``IllegalMove``, and as ``request_for``.
    """
    with transaction.atomic():
        request = request_for(actor, request_id, Permission.REQUEST_WITHDRAW)
        answer(request, RequestMove.WITHDRAW, at=at)
        log(actor, "request.withdrawn", request, at=at)
    return request
