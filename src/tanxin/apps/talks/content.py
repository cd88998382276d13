"""The door to requests for reading a talk: who asked, who may decide, and whom it is about."""

from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID

from django.db.models import Q, QuerySet

from tanxin.apps.archive.content import ContentRequest
from tanxin.apps.org.recusals import kept_from, not_kept_from
from tanxin.apps.org.selectors.entrusted import holders_of
from tanxin.apps.org.selectors.leading import is_subordinate
from tanxin.core.access import Actor, Permission, Role, RowNotFound, decide

ContentRow: TypeAlias = ContentRequest
DECIDERS = frozenset({Role.SUPERVISOR, Role.SECURITY_ADMIN})


class ContentRequestNotFound(RowNotFound):
    pass


def who_may_decide(
    realm_id: UUID, asker_id: UUID, sides: tuple[UUID, UUID], talk_id: UUID, *, on: date
) -> frozenset[UUID]:
    """Everybody entitled who is free to say no.

    Not the asker, nobody who works under him, neither of the two of the talk, and nobody from whom
    it is kept.
    """
    entitled = holders_of(realm_id, DECIDERS, on) - {asker_id, *sides}
    entitled -= kept_from(realm_id, [talk_id, sides[1]])
    return frozenset(one for one in entitled if not is_subordinate(realm_id, one, asker_id, on))


def may_decide(actor: Actor, request: ContentRequest, *, on: date) -> bool:
    if not decide(Permission.CONTENT_DECIDE, actor.standing).allowed or actor.person_id is None:
        return False
    return actor.person_id in who_may_decide(
        request.realm_id,
        request.asker_id,
        (request.initiator_id, request.subject_id),
        request.talk,
        on=on,
    )


def content_requests(actor: Actor) -> QuerySet[ContentRequest]:
    """What the actor may know of: what he asked, what he may decide, and what is about him.

    Of what is about him only what was let: before that nobody has read anything.
    """
    rows = ContentRequest.objects.filter(realm=actor.realm_id)
    if actor.person_id is None:
        return rows.none()
    mine = asked_by(actor)
    mine |= (Q(subject=actor.person_id) | Q(initiator=actor.person_id)) & Q(verdict="approved")
    if decide(Permission.CONTENT_DECIDE, actor.standing).allowed:
        mine |= (
            not_kept_from(actor, "talk", "subject")
            & ~Q(subject=actor.person_id)
            & ~Q(initiator=actor.person_id)
        )
    return rows.filter(mine)


def asked_by(actor: Actor) -> Q:
    """The actor's own requests, but none about what is kept from him since."""
    return Q(asker=actor.person_id) & not_kept_from(actor, "talk", "subject")


def content_request_for(actor: Actor, request_id: UUID) -> ContentRequest:
    """Raises ``ContentRequestNotFound``."""
    found = content_requests(actor).filter(pk=request_id).first()
    if found is None:
        raise ContentRequestNotFound(request_id)
    return found


def waiting_for_decision(actor: Actor, *, on: date) -> list[ContentRequest]:
    """What the actor may decide, the emergencies first."""
    if not decide(Permission.CONTENT_DECIDE, actor.standing).allowed:
        return []
    waiting = content_requests(actor).filter(verdict="").exclude(asker=actor.person_id)
    rows = waiting.order_by("-is_emergency", "asked_at", "pk")[:100]
    return [row for row in rows if may_decide(actor, row, on=on)]


def waiting_for_review(actor: Actor, *, on: date) -> list[ContentRequest]:
    """Emergencies that a third person has not judged yet."""
    if not decide(Permission.CONTENT_DECIDE, actor.standing).allowed:
        return []
    rows = content_requests(actor).filter(is_emergency=True, verdict="approved", review="")
    others = rows.exclude(asker=actor.person_id).exclude(decided_by=actor.person_id)
    return [
        row for row in others.order_by("decided_at", "pk")[:100] if may_decide(actor, row, on=on)
    ]


def let_read(talk_id: UUID, actor: Actor) -> QuerySet[ContentRequest]:
    """Who was let read one talk: for the two of it, on its page."""
    rows = content_requests(actor).filter(talk=talk_id, verdict="approved")
    return rows.order_by("-decided_at", "-pk")


def lately_decided(actor: Actor, *, since: datetime) -> QuerySet[ContentRequest]:
    """What became of the actor's own requests, and who was let read what he said."""
    if actor.person_id is None:
        return ContentRequest.objects.none()
    told = asked_by(actor) & Q(verdict__in=("approved", "refused"))
    told |= Q(subject=actor.person_id, verdict="approved")
    rows = ContentRequest.objects.filter(told, realm=actor.realm_id, decided_at__gte=since)
    return rows.order_by("-decided_at", "-pk")


def open_request(actor: Actor, talk_id: UUID, *, at: datetime) -> ContentRequest | None:
    """By what the actor may read the talk now, if somebody let him."""
    rows = ContentRequest.objects.filter(
        asked_by(actor), realm=actor.realm_id, talk=talk_id, verdict="approved"
    )
    return rows.filter(open_until__gt=at).order_by("-open_until", "-pk").first()
