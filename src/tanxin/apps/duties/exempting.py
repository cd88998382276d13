"""A duty that should not have to be met: one asks with a reason, another approves or refuses.

Who leads the unit where the duty counts decides, who heads the unit that manages the one who owes
it (干部管理权限), or an organiser; never who asks or who is one of the two.
"""

from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q

from tanxin.apps.duties.access import duty_for, relations_to, units_below
from tanxin.apps.duties.deciding import (
    DecisionForbidden,
    ReasonMissing,
    RequestNotFound,
    decider,
    log,
    seal,
    settle,
    words_of,
)
from tanxin.apps.duties.models import Duty, Waiver, WaiverRequest
from tanxin.apps.duties.waiving import REASON, waived
from tanxin.apps.org.authorities import managed_by
from tanxin.apps.org.recusals import is_kept_from, not_kept_from
from tanxin.apps.org.selectors.leading import leaders_of_person
from tanxin.apps.sealing import pii
from tanxin.core.access import Actor, Permission, Relation, decide
from tanxin.core.lifecycle import DutyState, IllegalMove

WaiverAsked: TypeAlias = WaiverRequest
ASKED, ANSWER = "waiver-asked", "waiver-answer"


class WaiverAskedAlready(Exception):
    """Somebody asked for it before, and nobody has decided yet."""


def ask_waiver(
    actor: Actor, duty_id: UUID, *, reason: str, on: date, at: datetime
) -> WaiverRequest:
    """The duty stays as it is.

    Raises ``DutyNotFound``, ``DutyForbidden``, ``ReasonMissing``, ``WaiverAskedAlready``, or
    ``IllegalMove`` where it is no longer open.
    """
    duty = duty_for(actor, duty_id, Permission.WAIVER_ASK, on=on)
    if duty.state != DutyState.OPEN:
        raise IllegalMove("the duty is no longer open")
    row = WaiverRequest(
        id=uuid4(), realm_id=actor.realm_id, duty=duty, asked_by_id=decider(actor), asked_at=at
    )
    row.reason_sealed = seal(actor, row, ASKED, reason)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            log(actor, "waiver.asked", row, at, {"duty": str(duty_id)})
    except IntegrityError:
        raise WaiverAskedAlready(duty_id) from None
    return row


def waiver_request_for(actor: Actor, request_id: UUID, *, on: date) -> WaiverRequest:
    """For who asked, who may decide, and who decided. Raises ``RequestNotFound``."""
    rows = WaiverRequest.objects.filter(realm=actor.realm_id, pk=request_id)
    row = rows.select_related("duty__rule").first()
    if row is None or not (_is_his(actor, row) or may_decide_waiver(actor, row, on=on)):
        raise RequestNotFound(request_id)
    return row


def _is_his(actor: Actor, row: WaiverRequest) -> bool:
    mine = actor.person_id is not None and actor.person_id in (row.asked_by_id, row.decided_by_id)
    return mine and not is_kept_from(actor, row.duty_id, row.duty.subject_id)


def may_decide_waiver(actor: Actor, row: WaiverRequest, *, on: date) -> bool:
    """Whether he is one who decides; of what is decided as well."""
    concerned = (row.asked_by_id, row.duty.initiator_id, row.duty.subject_id)
    if actor.person_id is None or actor.person_id in concerned:
        return False
    relations = relations_to(actor, row.duty, on=on) | manages(actor, row.duty, on)
    if not decide(Permission.WAIVER_DECIDE, relations).allowed:
        return False
    leaders = (
        () if decides_for_all(actor) else leaders_of_person(actor.realm_id, actor.person_id, on)
    )
    # Whoever heads a unit under them is not free to say no.
    return not {row.asked_by_id, row.duty.initiator_id}.intersection(leaders)


def manages(actor: Actor, duty: Duty, on: date) -> frozenset[Relation]:
    """Whether the unit he heads manages who owes it, such as the organisation department."""
    if actor.person_id is None or is_kept_from(actor, duty.pk, duty.subject_id):
        return frozenset()
    managed = duty.initiator_id in managed_by(actor.realm_id, actor.person_id, on=on)
    return frozenset({Relation.MANAGER}) if managed else frozenset()


def decides_for_all(actor: Actor) -> bool:
    """By a role, and not as head of a unit."""
    return decide(Permission.WAIVER_DECIDE, actor.standing).allowed


def waiver_words(row: WaiverRequest) -> tuple[str, str]:
    return words_of(row, ASKED, ANSWER)


def approve_waiver(actor: Actor, request_id: UUID, *, on: date, at: datetime) -> WaiverRequest:
    """The duty is waived from now on.

    Raises ``RequestNotFound``, ``DecisionForbidden``, ``DecidedAlready`` or ``IllegalMove``.
    """
    row = _to_decide(actor, request_id, on)
    said, _ = waiver_words(row)
    waiver = Waiver(
        id=uuid4(), realm_id=actor.realm_id, duty=row.duty, recorded_by_id=row.asked_by_id,
        approved_by_id=decider(actor), approved_on=on, recorded_at=at,
    )  # fmt: skip
    waiver.reason_sealed = pii.seal_pii(actor.realm_id, waiver.pk, REASON, said)
    with transaction.atomic():
        settle(row, "approved", by=actor.person_id, at=at)
        waived(actor, waiver, at=at)
        log(actor, "waiver.approved", row, at, {"duty": str(row.duty_id)})
    return row


def refuse_waiver(
    actor: Actor, request_id: UUID, *, answer: str, on: date, at: datetime
) -> WaiverRequest:
    """The duty stays. Raises as ``approve_waiver``, and ``ReasonMissing``."""
    row = _to_decide(actor, request_id, on)
    sealed = seal(actor, row, ANSWER, answer)
    with transaction.atomic():
        settle(row, "refused", by=actor.person_id, at=at, answer=sealed)
        log(actor, "waiver.refused", row, at, {"duty": str(row.duty_id)})
    return row


def withdraw_waiver(actor: Actor, request_id: UUID, *, on: date, at: datetime) -> WaiverRequest:
    row = waiver_request_for(actor, request_id, on=on)
    if actor.person_id != row.asked_by_id:
        raise DecisionForbidden(request_id)
    with transaction.atomic():
        settle(row, "withdrawn", by=actor.person_id, at=at)
        log(actor, "waiver.withdrawn", row, at, {"duty": str(row.duty_id)})
    return row


def _to_decide(actor: Actor, request_id: UUID, on: date) -> WaiverRequest:
    row = waiver_request_for(actor, request_id, on=on)
    if not may_decide_waiver(actor, row, on=on):
        raise DecisionForbidden(request_id)
    return row


def waivers_to_decide(actor: Actor, *, on: date, most: int = 50) -> list[WaiverRequest]:
    """What waits for the actor's word, the oldest first."""
    if actor.person_id is None:
        return []
    rows = WaiverRequest.objects.filter(realm=actor.realm_id, verdict="")
    rows = rows.exclude(asked_by=actor.person_id).exclude(duty__initiator=actor.person_id)
    rows = rows.exclude(duty__subject=actor.person_id, duty__subject__isnull=False)
    rows = rows.filter(not_kept_from(actor, "duty", "duty__subject"))
    if not decides_for_all(actor):
        leaders = leaders_of_person(actor.realm_id, actor.person_id, on)
        managed = managed_by(actor.realm_id, actor.person_id, on=on)
        rows = rows.filter(
            Q(duty__unit__in=units_below(actor, on)) | Q(duty__initiator__in=managed)
        )
        rows = rows.exclude(asked_by__in=leaders).exclude(duty__initiator__in=leaders)
    return list(rows.select_related("duty__rule").order_by("asked_at", "pk")[:most])


def my_waiver_requests(actor: Actor, *, most: int = 50) -> list[WaiverRequest]:
    if actor.person_id is None:
        return []
    rows = WaiverRequest.objects.filter(realm=actor.realm_id, asked_by=actor.person_id)
    rows = rows.filter(not_kept_from(actor, "duty", "duty__subject"))
    return list(rows.select_related("duty__rule").order_by("-asked_at", "-pk")[:most])


def open_waiver_request(duty: Duty) -> WaiverRequest | None:
    return WaiverRequest.objects.filter(realm=duty.realm_id, duty=duty.pk, verdict="").first()


def waiver_of(duty: Duty) -> Waiver | None:
    return Waiver.objects.filter(realm=duty.realm_id, duty=duty.pk).first()


__all__ = [
    "ReasonMissing",
    "WaiverAsked",
    "WaiverAskedAlready",
    "approve_waiver",
    "ask_waiver",
    "may_decide_waiver",
    "my_waiver_requests",
    "open_waiver_request",
    "refuse_waiver",
    "waiver_of",
    "waiver_request_for",
    "waiver_words",
    "waivers_to_decide",
    "withdraw_waiver",
]
