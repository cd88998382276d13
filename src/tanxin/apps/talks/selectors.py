"""Lists of talks and requests, and what is known of one without opening any text."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID

from django.db.models import Q, QuerySet

from tanxin.apps.archive.models import Record, RecordVersion
from tanxin.apps.archive.selectors import records_about
from tanxin.apps.sealing import pii
from tanxin.apps.talks.access import (
    led,
    own_talks,
    talks_to_approve,
    talks_to_endorse,
    visible_requests,
    visible_talks,
)
from tanxin.apps.talks.models import Confirmation, Delay, DutyMatch, Request, Signature, Talk
from tanxin.core.access import Actor, Role
from tanxin.core.lifecycle import UNANSWERED, RequestState, TalkState

TalkRow: TypeAlias = Talk
RecordRow: TypeAlias = Record
RequestRow: TypeAlias = Request
DelayRow: TypeAlias = Delay

PLANNED = (TalkState.APPROVING, TalkState.PROPOSED, TalkState.AGREED)
OVER = (
    TalkState.HELD,
    TalkState.RECORDED,
    TalkState.CONFIRMED,
    TalkState.DISPUTED,
    TalkState.UNCONFIRMED,
)


def talks_to_answer(actor: Actor) -> QuerySet[Talk]:
    """Somebody else's proposal stands, and ``actor`` is the other side."""
    return own_talks(actor).filter(state=TalkState.PROPOSED).exclude(proposed_by=actor.person_id)


def talks_to_hold(actor: Actor, *, until: datetime) -> QuerySet[Talk]:
    """Agreed talks that ``actor`` leads, up to a moment."""
    return Talk.objects.filter(
        led(actor), realm=actor.realm_id, state=TalkState.AGREED, planned_for__lte=until
    )


def talks_to_record(actor: Actor) -> QuerySet[Talk]:
    """Held and not written down yet, or called not right by the subject."""
    return Talk.objects.filter(
        led(actor), realm=actor.realm_id, state__in=[TalkState.HELD, TalkState.DISPUTED]
    )


def talks_to_confirm(actor: Actor) -> QuerySet[Talk]:
    """What the subject has said nothing to; it may still be said when the time is over."""
    return Talk.objects.filter(
        realm=actor.realm_id,
        subject=actor.person_id,
        state__in=[TalkState.RECORDED, TalkState.UNCONFIRMED],
        confirm_by__isnull=False,
    )


def talks_waiting_for(actor: Actor, *, now: datetime) -> QuerySet[Talk]:
    """Everything of the four above as one list, and what the actor is asked to approve."""
    if actor.person_id is None:
        return Talk.objects.none()
    me = actor.person_id
    mine = own_talks(actor).filter(
        (Q(state=TalkState.PROPOSED) & ~Q(proposed_by=me))
        | Q(initiator=me, state=TalkState.AGREED, planned_for__lte=now)
        | Q(initiator=me, state__in=[TalkState.HELD, TalkState.DISPUTED])
        | Q(subject=me, state=TalkState.UNCONFIRMED)
        | Q(subject=me, state=TalkState.RECORDED, confirm_by__isnull=False)
    )
    return mine | talks_to_approve(actor) | talks_to_endorse(actor)


def planned_talks(actor: Actor) -> QuerySet[Talk]:
    return own_talks(actor).filter(state__in=PLANNED)


def held_talks(actor: Actor) -> QuerySet[Talk]:
    return own_talks(actor).filter(state__in=OVER)


def talks_with(actor: Actor) -> QuerySet[Talk]:
    """Talks in which the actor is talked to, the latest first."""
    rows = own_talks(actor).filter(subject=actor.person_id)
    return rows.order_by("-planned_for", "-pk")


def own_talks_whole(actor: Actor) -> QuerySet[Talk]:
    """Every talk of the actor, the earliest first, for the copy of his own data."""
    return own_talks(actor).order_by("planned_for", "pk")


def requests_to_answer(actor: Actor) -> QuerySet[Request]:
    """Not what was answered with a talk that waits for approval."""
    rows = visible_requests(actor).filter(asked=actor.person_id, talk=None)
    return rows.filter(state=RequestState.WAITING)


def requests_to_forward(actor: Actor) -> QuerySet[Request]:
    """Another was suggested to ``actor``, who decides."""
    rows = visible_requests(actor).filter(state=RequestState.SUGGESTED)
    return rows.exclude(asked=actor.person_id)


def delays_told(actor: Actor) -> QuerySet[Delay]:
    """Requests that somebody whom ``actor`` leads, or oversees, lets wait too long.

    Who asked and what about is for neither.
    """
    mine = Q(told=actor.person_id)
    if Role.SUPERVISOR in actor.roles:
        mine |= Q(told=None)
    rows = Delay.objects.filter(mine, realm=actor.realm_id, request__state__in=UNANSWERED)
    rows = rows.filter(request__talk=None)
    shown = rows.exclude(request__asker=actor.person_id).exclude(request__asked=actor.person_id)
    return shown.select_related("request")


def requests_waiting_for(actor: Actor) -> Iterator[tuple[str, Request]]:
    """The three above in one query: each with ``answer``, ``forward`` or ``late``."""
    told = delays_told(actor).values("request")
    mine = requests_to_answer(actor) | requests_to_forward(actor)
    rows = mine | Request.objects.filter(realm=actor.realm_id, pk__in=told)
    for row in rows.order_by("answer_by", "pk"):
        if row.asked_id == actor.person_id:
            yield "answer", row
        elif actor.person_id in {row.asker_id, row.through_id}:
            yield "forward", row
        else:
            yield "late", row


def told_to(request: Request) -> Delay | None:
    """To whom, and when, it was told that the answer is overdue."""
    return Delay.objects.filter(realm=request.realm_id, request=request.pk).first()


def replaced_by(request: Request) -> UUID | None:
    """The request that took its place, for the one who made both."""
    rows = Request.objects.filter(realm=request.realm_id, instead_of=request.pk)
    return rows.values_list("pk", flat=True).first()


def overdue_requests(actor: Actor, *, today: date) -> QuerySet[Request]:
    return requests_to_answer(actor).filter(answer_by__lt=today)


def places(talks: list[Talk]) -> dict[UUID, str]:
    """Where each talk is to be, for those that say so."""
    said = [talk for talk in talks if talk.place_sealed is not None]
    if not said:
        return {}
    sealed = [(talk.pk, bytes(talk.place_sealed or b"")) for talk in said]
    texts = pii.open_column(said[0].realm_id, "place", sealed)
    return dict(zip((talk.pk for talk in said), texts, strict=True))


def record_of(talk: Talk) -> Record | None:
    """The shared record of a talk; for services and for pages that have asked ``talk_for``."""
    return Record.objects.filter(realm=talk.realm_id, about_id=talk.pk, kind="record").first()


def memo_of(actor: Actor, talk_id: UUID) -> Record | None:
    """The actor's own memo on a talk."""
    return records_about(actor, talk_id, ["memo"]).filter(author=actor.person_id).first()


def topics_of(talk: Talk) -> Record | None:
    """What the subject wrote beforehand for the one who leads the talk now."""
    rows = Record.objects.filter(
        realm=talk.realm_id, about_id=talk.pk, kind="topic", author=talk.subject_id
    )
    rows = rows.filter(parties__realm=talk.realm_id, parties__person=talk.initiator_id)
    return rows.order_by("created_at", "pk").last()


def outline_of(actor: Actor, talk_id: UUID) -> Record | None:
    """The actor's own outline for a talk."""
    return records_about(actor, talk_id, ["outline"]).filter(author=actor.person_id).first()


def duties_planned(actor: Actor) -> QuerySet[DutyMatch, UUID]:
    """The duties for which a talk of the actor is planned: they need not be named once more."""
    planned = planned_talks(actor).values("pk")
    rows = DutyMatch.objects.filter(realm=actor.realm_id, talk__in=planned)
    return rows.values_list("duty", flat=True)


def talks_planned_for(actor: Actor, duty_ids: Collection[UUID]) -> dict[UUID, Talk]:
    """The actor's planned talk for each of these duties that has one; an agreed one first."""
    planned = planned_talks(actor).values("pk")
    rows = DutyMatch.objects.filter(realm=actor.realm_id, talk__in=planned, duty__in=duty_ids)
    found = rows.select_related("talk").order_by("-talk__state", "-talk__planned_for")
    return {row.duty_id: row.talk for row in found}


def duties_of(talk: Talk) -> list[UUID]:
    """The duties a talk is for, or met."""
    return talk.duty_ids


@dataclass(frozen=True, slots=True)
class Standing:
    """What is to be said wherever a record is quoted.

    ``state`` is ``waiting``, ``unconfirmed``, or what the subject said to the version in force;
    ``proxy`` how he did through ``by``, if he has no account.
    """

    state: str
    version: int
    digest: bytes
    written_at: datetime
    said_at: datetime | None
    late: bool
    proxy: str = ""
    by: UUID | None = None


def standing_of_record(talk: Talk, record: Record) -> Standing:
    """How the record of a talk with one stands; of one in a group ``groups.standing_of``."""
    version = RecordVersion.objects.get(realm=talk.realm_id, record=record.pk, number=record.latest)
    return standing_of_version(talk, version, bytes(version.digest))


def standing_of_version(
    talk: Talk, version: RecordVersion, digest: bytes, summary: RecordVersion | None = None
) -> Standing:
    said = (
        Confirmation.objects.filter(
            realm=talk.realm_id, talk=talk.pk, version=version.pk, summary=summary
        )
        .order_by("said_at", "pk")
        .last()
    )
    silent = "unconfirmed" if talk.state == TalkState.UNCONFIRMED else "waiting"
    return Standing(
        state=said.verdict if said else silent,
        version=version.number,
        digest=digest,
        written_at=max(one.written_at for one in (version, summary) if one),
        said_at=said.said_at if said else None,
        late=talk.late_id is not None,
        proxy=said.proxy if said else "",
        by=said.by_id if said else None,
    )


def proofs_of(talk: Talk) -> frozenset[UUID]:
    """Which files of a talk are signatures by certificate."""
    rows = Signature.objects.filter(realm=talk.realm_id, talk=talk.pk, proof__isnull=False)
    return frozenset(rows.values_list("proof", flat=True))


def drawings_of(talk: Talk) -> frozenset[UUID]:
    """Which files of a talk are signatures by hand on the screen."""
    rows = Signature.objects.filter(realm=talk.realm_id, talk=talk.pk, drawing__isnull=False)
    return frozenset(rows.values_list("drawing", flat=True))


def said_about(talk: Talk) -> list[Confirmation]:
    """Everything the subject has said to any version, the first first."""
    rows = Confirmation.objects.filter(realm=talk.realm_id, talk=talk.pk)
    return list(rows.select_related("version", "summary").order_by("said_at", "pk"))


def last_talks(actor: Actor, person_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When ``actor`` last talked with each of these people, for those with whom he did."""
    if actor.person_id is None:
        return {}
    others = list(person_ids)
    between = Q(subject=actor.person_id, initiator__in=others)
    between |= Q(initiator=actor.person_id, subject__in=others)
    rows = Talk.objects.filter(between, realm=actor.realm_id, state__in=OVER)
    last: dict[UUID, datetime] = {}
    for lead, subject, held_at in rows.order_by("held_at").values_list(
        "initiator", "subject", "held_at"
    ):
        if held_at is not None:
            last[subject if lead == actor.person_id else lead] = held_at
    return last


def talks_for_duty(actor: Actor, duty_id: UUID) -> QuerySet[Talk]:
    """The talks planned or held for a duty of which the actor may know, the first one first."""
    matched = DutyMatch.objects.filter(realm=actor.realm_id, duty=duty_id).values("talk")
    return visible_talks(actor).filter(pk__in=matched).order_by("planned_for", "pk")
