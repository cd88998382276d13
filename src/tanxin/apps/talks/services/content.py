"""Letting somebody read a talk in which he was not: asked, decided by another, for some hours."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q

from tanxin.apps.archive import services as archive
from tanxin.apps.archive.access import openable
from tanxin.apps.archive.content import (
    MOST_HOURS,
    MOST_HOURS_IN_EMERGENCY,
    OPENED_KINDS,
    ContentRequest,
)
from tanxin.apps.archive.grants import approved, end_parts, keep_grants
from tanxin.apps.archive.models import Party, Record
from tanxin.apps.audit import services as audit
from tanxin.apps.realms.selectors import zone_of
from tanxin.apps.sealing import client
from tanxin.apps.talks.access import TalkForbidden, talk_for
from tanxin.apps.talks.content import (
    ContentRequestNotFound,
    content_request_for,
    may_decide,
    who_may_decide,
)
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.refusals import (
    AskedAlready,
    NobodyToDecide,
    NothingRecorded,
    PageIsOld,
    TooManyHours,
)
from tanxin.apps.talks.services.words import Readers, me, sealed
from tanxin.core.access import Actor, Permission


def ask_to_read(
    actor: Actor,
    talk_id: UUID,
    *,
    reason: str,
    hours: int,
    at: datetime,
    is_emergency: bool = False,
) -> ContentRequest:
    """Ask for some hours with the record of a talk, and say why.

    Whoever may decide reads the reason, and so do the two of the talk. Raises ``TooManyHours``,
    ``NothingRecorded``, ``AskedAlready``, ``NobodyToDecide``, ``TextMissing``, and as ``talk_for``.
    """
    talk = talk_for(actor, talk_id, Permission.CONTENT_ASK)
    if me(actor) in {talk.initiator_id, talk.subject_id}:
        raise TalkForbidden(talk_id)
    if not 1 <= hours <= (MOST_HOURS_IN_EMERGENCY if is_emergency else MOST_HOURS):
        raise TooManyHours(hours)
    records = records_of(talk)
    if not any(record.kind == "record" for record in records):
        raise NothingRecorded("there is no record yet")
    refuse_asking_again(talk, me(actor), at)
    request_id, readers = uuid4(), readers_of_reason(actor, talk, at)
    words = sealed(actor, "reason", ("access", request_id), reason, readers=readers)
    client.ask_access(
        actor,
        request_id,
        [record.pk for record in records],
        role="emergency" if is_emergency else "granted",
        hours=hours,
    )
    try:
        with transaction.atomic():
            request = ContentRequest.objects.create(
                pk=request_id,
                realm_id=actor.realm_id,
                asker_id=me(actor),
                talk=talk.pk,
                initiator_id=talk.initiator_id,
                subject_id=talk.subject_id,
                is_emergency=is_emergency,
                reason=archive.store(words, readers, at),
                hours=hours,
                asked_at=at,
            )
            log(actor, "access.asked", request, at)
    except IntegrityError:  # the same form a moment earlier
        refuse_asking_again(talk, me(actor), at)
        raise
    return request


def records_of(talk: Talk) -> list[Record]:
    rows = Record.objects.filter(realm=talk.realm_id, about_kind="talk", about_id=talk.pk)
    return list(rows.filter(kind__in=OPENED_KINDS).order_by("created_at", "pk"))


def refuse_asking_again(talk: Talk, asker: UUID, at: datetime) -> None:
    """Raise ``AskedAlready`` while one of the asker's waits or is in force."""
    rows = ContentRequest.objects.filter(realm=talk.realm_id, talk=talk.pk, asker=asker)
    going_on = rows.filter(Q(verdict="") | Q(open_until__gt=at)).order_by("-asked_at", "pk")
    if found := going_on.values_list("pk", flat=True).first():
        raise AskedAlready(found)


def readers_of_reason(actor: Actor, talk: Talk, at: datetime) -> Readers:
    on = at.astimezone(zone_of(actor.realm_id)).date()
    sides = (talk.initiator_id, talk.subject_id)
    deciders = who_may_decide(actor.realm_id, me(actor), sides, talk.pk, on=on)
    if not deciders:
        raise NobodyToDecide
    return [
        (me(actor), "asker"),
        (talk.initiator_id, "initiator"),
        (talk.subject_id, "subject"),
        *((one, "asked") for one in sorted(deciders)),
    ]


def approve_reading(actor: Actor, request_id: UUID, *, at: datetime) -> ContentRequest:
    """Let the asker read what there was when he asked; the two of the talk are told.

    Raises ``ContentRequestNotFound`` for whoever may not decide, and ``PageIsOld``.
    """
    request = to_decide(actor, request_id, at)
    talk = Talk.objects.get(realm=actor.realm_id, pk=request.talk)
    records = [record for record in records_of(talk) if record.created_at <= request.asked_at]
    grants = approved(actor, request.pk, records)
    with transaction.atomic():
        keep_grants(actor.realm_id, grants)
        until = at + timedelta(hours=request.hours)
        settle(request, "approved", decided_by=actor.person_id, decided_at=at, open_until=until)
        event = "access.emergency" if request.is_emergency else "access.approved"
        log(actor, event, request, at)
    return request


def refuse_reading(actor: Actor, request_id: UUID, *, at: datetime) -> ContentRequest:
    """Raises as ``approve_reading``."""
    request = to_decide(actor, request_id, at)
    with transaction.atomic():
        settle(request, "refused", decided_by=actor.person_id, decided_at=at)
        log(actor, "access.refused", request, at)
    return request


def give_up_reading(actor: Actor, request_id: UUID, *, at: datetime) -> ContentRequest:
    """The asker takes his request back, or ends the hours that he was given.

    Raises ``ContentRequestNotFound``, or ``PageIsOld`` where there is nothing left to give up.
    """
    request = content_request_for(actor, request_id)
    if request.asker_id != actor.person_id:
        raise ContentRequestNotFound(request_id)
    if request.verdict == "approved":
        end_parts(actor.realm_id, parts_lent(request))
    with transaction.atomic():
        rows = ContentRequest.objects.filter(realm=actor.realm_id, pk=request_id)
        ended = rows.filter(verdict="approved", open_until__gt=at).update(open_until=at)
        if not ended and not rows.filter(verdict="").update(verdict="withdrawn", decided_at=at):
            raise PageIsOld("there is nothing left to give up")
        log(actor, "access.withdrawn", request, at)
    request.refresh_from_db()
    return request


def review_emergency(
    actor: Actor, request_id: UUID, *, justified: bool, at: datetime
) -> ContentRequest:
    """A third person says whether it was right to read at once.

    Raises ``ContentRequestNotFound`` for whoever may not, and ``PageIsOld``.
    """
    request = content_request_for(actor, request_id)
    on = at.astimezone(zone_of(actor.realm_id)).date()
    if actor.person_id == request.decided_by_id or not may_decide(actor, request, on=on):
        raise ContentRequestNotFound(request_id)
    with transaction.atomic():
        rows = ContentRequest.objects.filter(realm=actor.realm_id, pk=request_id, review="")
        judged = rows.filter(is_emergency=True, verdict="approved").update(
            review="justified" if justified else "unjustified",
            reviewed_by=actor.person_id,
            reviewed_at=at,
        )
        if not judged:
            raise PageIsOld("it was judged already")
        log(actor, "access.reviewed", request, at)
    request.refresh_from_db()
    return request


def parts_lent(request: ContentRequest) -> list[Party]:
    rows = Party.objects.filter(
        realm=request.realm_id,
        person=request.asker_id,
        role__in=("granted", "emergency"),
        record__about_id=request.talk,
    )
    return list(rows.select_related("record"))


def to_decide(actor: Actor, request_id: UUID, at: datetime) -> ContentRequest:
    request = content_request_for(actor, request_id)
    on = at.astimezone(zone_of(actor.realm_id)).date()
    if not may_decide(actor, request, on=on):
        raise ContentRequestNotFound(request_id)
    if request.verdict:
        raise PageIsOld("it was decided already")
    return request


def settle(request: ContentRequest, verdict: str, **changes: object) -> None:
    rows = ContentRequest.objects.filter(realm=request.realm_id, pk=request.pk, verdict="")
    if rows.update(verdict=verdict, **changes) != 1:
        raise PageIsOld("it was decided already")
    request.refresh_from_db()


def log(actor: Actor, event: str, request: ContentRequest, at: datetime) -> None:
    """On the talk, so that its course tells it to the two."""
    audit.record(
        event,
        realm_id=actor.realm_id,
        actor=actor,
        subject_kind="talk",
        subject_id=request.talk,
        detail={"request": str(request.pk), "hours": request.hours},
        at=at,
    )


def reason_for(actor: Actor, request: ContentRequest) -> UUID | None:
    """The record with the reason, if the actor is one of those it was written for."""
    return next((row.pk for row in openable(actor, [request.reason])), None)
