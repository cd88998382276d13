"""Asking for a talk, for oneself or for somebody without an account."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from tanxin.apps.archive import services as archive
from tanxin.apps.archive.services import Sealed
from tanxin.apps.duties.requested import request_made, request_taken_back
from tanxin.apps.org.access import person_for
from tanxin.apps.org.selectors.accounts import has_account
from tanxin.apps.realms.selectors import work_calendar, zone_of
from tanxin.apps.talks.access import RequestForbidden, request_for
from tanxin.apps.talks.models import Request
from tanxin.apps.talks.refusals import AsksForHimself, PageIsOld, TalkWithOneself
from tanxin.apps.talks.services.awaiting import call_off_awaited, closing_of
from tanxin.apps.talks.services.words import asking, me, sealed_if_any
from tanxin.apps.talks.submission import id_of
from tanxin.apps.talks.transitions import answer, log
from tanxin.core.access import Actor, Permission, decide
from tanxin.core.lifecycle import UNANSWERED, RequestMove, RequestState


@dataclass(frozen=True, slots=True)
class Asking:
    """A request as it will stand, sealed and not yet stored."""

    request_id: UUID
    asker: UUID
    asked: UUID
    channel: str
    words: Sealed | None
    through: UUID | None = None


def ask_for_talk(
    actor: Actor,
    *,
    asked: UUID,
    at: datetime,
    topic: str = "",
    channel: str = "face",
    form: UUID | None = None,
    instead_of: UUID | None = None,
) -> Request:
    """Ask anybody in the realm for a talk; only he reads what about, and he owes an answer.

    ``instead_of`` is an own request to somebody else that was refused, or waits too long; what
    waits is withdrawn with this. The same ``form`` twice asks once. Raises ``TalkWithOneself``,
    as ``person_for`` and, for ``instead_of``, as ``request_for`` and ``IllegalMove``.
    """
    new = prepared(actor, me(actor), asked, topic=topic, channel=channel, form=form)
    earlier = Request.objects.filter(realm=actor.realm_id, pk=new.request_id)
    if known := earlier.first():
        return known
    words = closing_instead(actor, instead_of)
    try:
        with transaction.atomic():
            person_for(actor, asked, Permission.ORG_VIEW)
            if instead_of:
                let_go(actor, instead_of, words, at)
            request = keep(actor, new, at, instead_of)
            log(actor, "request.made", request, at=at)
    except IntegrityError:
        return sent_before(earlier)
    return request


def ask_for_another(
    actor: Actor,
    *,
    asker: UUID,
    asked: UUID,
    at: datetime,
    topic: str = "",
    channel: str = "face",
    form: UUID | None = None,
) -> Request:
    """An organiser asks for somebody without an account, and is named with the request.

    He has heard the topic and cannot open it again; the answer he reads, to pass it on. Raises
    ``RequestForbidden``, ``AsksForHimself`` where there is an account, and as ``ask_for_talk``.
    """
    may_ask_for_others(actor)
    person_for(actor, asker, Permission.ORG_VIEW)
    new = prepared(actor, asker, asked, topic=topic, channel=channel, form=form, through=me(actor))
    earlier = Request.objects.filter(realm=actor.realm_id, pk=new.request_id)
    if known := earlier.first():
        return known
    try:
        with transaction.atomic():
            person_for(actor, asked, Permission.ORG_VIEW)
            if has_account(actor.realm_id, asker):
                raise AsksForHimself(asker)
            request = keep(actor, new, at)
            log(actor, "request.made_for", request, at=at, detail={"for": str(asker)})
    except IntegrityError:
        return sent_before(earlier)
    return request


def sent_before(earlier: QuerySet[Request]) -> Request:
    """The same form at the same moment; else another form has replaced the same request."""
    if known := earlier.first():
        return known
    raise PageIsOld("the request was replaced in the meantime")


def may_ask_for_others(actor: Actor) -> None:
    if not decide(Permission.REQUEST_FOR_OTHERS, actor.standing).allowed:
        raise RequestForbidden


def prepared(
    actor: Actor,
    asker: UUID,
    asked: UUID,
    *,
    topic: str,
    channel: str,
    form: UUID | None = None,
    through: UUID | None = None,
) -> Asking:
    if asked in {asker, through}:
        raise TalkWithOneself
    person_for(actor, asked, Permission.ORG_VIEW)
    request_id = id_of(actor, form)
    readers = asking(asker, asked)
    words = sealed_if_any(actor, "topic", ("request", request_id), topic, readers=readers)
    return Asking(request_id, asker, asked, channel, words, through)


def keep(actor: Actor, new: Asking, at: datetime, instead_of: UUID | None = None) -> Request:
    """Its clock begins: the answer is owed within so many working days."""
    request = Request.objects.create(
        pk=new.request_id,
        realm_id=actor.realm_id,
        asker_id=new.asker,
        asked_id=new.asked,
        through_id=new.through,
        instead_of_id=instead_of,
        channel=new.channel,
        asked_at=at,
        answer_by=answer_by(actor.realm_id, at),
    )
    if new.words is not None:
        archive.store(new.words, asking(new.asker, new.asked), at)
    today = at.astimezone(zone_of(actor.realm_id)).date()
    request_made(actor.realm_id, request.pk, by=new.asker, to=new.asked, on=today, at=at)
    return request


def answer_by(realm_id: UUID, at: datetime, days: int | None = None) -> date:
    today = at.astimezone(zone_of(realm_id)).date()
    owed = settings.TANXIN_REQUEST_ANSWER_DAYS if days is None else days
    return work_calendar(realm_id).add_working_days(today, owed)


def closing_instead(actor: Actor, request_id: UUID | None) -> Sealed | None:
    if request_id is None:
        return None
    return closing_of(actor, request_for(actor, request_id, Permission.REQUEST_WITHDRAW))


def let_go(actor: Actor, request_id: UUID, words: Sealed | None, at: datetime) -> None:
    """What waits is withdrawn; what was refused stays as it was answered.

    Only his own request, one that was refused or waits longer than it may.
    """
    earlier = request_for(actor, request_id, Permission.REQUEST_WITHDRAW)
    if not may_replace(actor, earlier, at):
        raise PageIsOld("the request stands")
    if RequestState(earlier.state) in UNANSWERED:
        take_back(actor, earlier, words, at)


def may_replace(actor: Actor, request: Request, at: datetime) -> bool:
    """His own, not made for another, refused or late, and not replaced yet."""
    today = at.astimezone(zone_of(actor.realm_id)).date()
    is_late = RequestState(request.state) in UNANSWERED and request.answer_by < today
    is_over = is_late or request.state == RequestState.REFUSED
    is_his = request.asker_id == actor.person_id and request.through_id is None
    later = Request.objects.filter(realm=request.realm_id, instead_of=request.pk)
    return is_his and is_over and not later.exists()


def withdraw_request(actor: Actor, request_id: UUID, *, at: datetime) -> Request:
    """Take the question back, as long as it was not answered.

    Raises ``IllegalMove``, and as ``request_for``.
    """
    request = request_for(actor, request_id, Permission.REQUEST_WITHDRAW)
    words = closing_of(actor, request)
    with transaction.atomic():
        request = request_for(actor, request_id, Permission.REQUEST_WITHDRAW)
        take_back(actor, request, words, at)
    return request


def take_back(actor: Actor, request: Request, words: Sealed | None, at: datetime) -> None:
    """With a talk for it that still waits for approval: that is not proposed any more."""
    call_off_awaited(actor, request, words, at)
    answer(request, RequestMove.WITHDRAW, at=at)
    request_taken_back(request.realm_id, request.pk, at=at)
    log(actor, "request.withdrawn", request, at=at)
