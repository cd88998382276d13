"""An answer that is overdue is told once, to whoever leads the one who owes it."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.audit.services import record
from tanxin.apps.org.selectors.leading import leaders_over
from tanxin.apps.talks.models import Delay, Request
from tanxin.core.lifecycle import UNANSWERED


def tell_delays(realm_id: UUID, *, today: date, at: datetime) -> int:
    """How many are told now. Neither who asked nor what about is in it; run twice, it tells once.

    Where nobody leads the one who was asked, or the one who asked does, those who supervise see it.
    """
    late = Request.objects.filter(
        realm=realm_id,
        state__in=[one.value for one in UNANSWERED],
        answer_by__lt=today,
        talk=None,
        delays=None,
    )
    rows = list(late.order_by("answer_by", "pk"))
    leaders = leaders_over(realm_id, {row.asked_id for row in rows}, today) if rows else {}
    return sum(tell(row, leaders.get(row.asked_id), at=at) for row in rows)


def tell(request: Request, leader: UUID | None, *, at: datetime) -> bool:
    if leader in {request.asker_id, request.through_id}:
        leader = None
    with transaction.atomic():
        _, is_new = Delay.objects.get_or_create(
            realm_id=request.realm_id,
            request=request,
            defaults={"told_id": leader, "told_at": at},
        )
        if is_new:
            record(
                "request.delay_told",
                realm_id=request.realm_id,
                actor=None,
                subject_kind="request",
                subject_id=request.pk,
                detail={"to": str(leader) if leader else ""},
                at=at,
            )
    return is_new
