"""A duty that need not be met: with a reason, approved by somebody else, and never by silence."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from tanxin.apps.audit import services as audit
from tanxin.apps.duties.access import duty_for
from tanxin.apps.duties.models import Duty, Waiver
from tanxin.apps.duties.tallies import counted_again
from tanxin.apps.org.models import Person
from tanxin.apps.sealing import pii
from tanxin.core.access import Actor, Permission, RowForbidden, decide
from tanxin.core.lifecycle import DutyState, IllegalMove
from tanxin.core.wording import is_blank

REASON = "waiver-reason"


class WaiverForbidden(RowForbidden):
    """Only organisers record what somebody else approved; nobody waives what he owes himself."""


class WaiverNeedsReason(ValueError):
    pass


class WaiverNeedsAnother(ValueError):
    """The approver is the recorder, one of the two, or nobody of the realm."""


def waive_duty(
    actor: Actor,
    duty_id: UUID,
    *,
    reason: str,
    approved_by: UUID,
    approved_on: date,
    at: datetime,
) -> Waiver:
    """Record that an open duty need not be met; deriving leaves it alone from then on.

    Raises ``DutyNotFound``, ``WaiverForbidden``, ``WaiverNeedsReason``, ``WaiverNeedsAnother`` or
    ``IllegalMove`` where it is no longer open.
    """
    duty = duty_for(actor, duty_id, Permission.DUTY_VIEW)
    if not decide(Permission.ORG_EDIT, actor.standing).allowed or actor.person_id is None:
        raise WaiverForbidden(duty_id)
    if actor.person_id in (duty.initiator_id, duty.subject_id):
        raise WaiverForbidden(duty_id)
    if is_blank(reason):
        raise WaiverNeedsReason
    if approved_by in (actor.person_id, duty.initiator_id, duty.subject_id):
        raise WaiverNeedsAnother
    if not Person.objects.filter(realm=actor.realm_id, pk=approved_by).exists():
        raise WaiverNeedsAnother
    waiver = Waiver(
        id=uuid4(), realm_id=actor.realm_id, duty=duty, recorded_by_id=actor.person_id,
        approved_by_id=approved_by, approved_on=approved_on, recorded_at=at,
    )  # fmt: skip
    waiver.reason_sealed = pii.seal_pii(actor.realm_id, waiver.pk, REASON, reason.strip())
    with transaction.atomic():
        waived(actor, waiver, at=at)
    return waiver


def waived(actor: Actor, waiver: Waiver, *, at: datetime) -> None:
    """Inside a transaction: the duty is waived, and the waiver kept. Raises ``IllegalMove``."""
    duty_id = waiver.duty_id
    rows = Duty.objects.filter(realm=actor.realm_id, pk=duty_id, state=DutyState.OPEN)
    with counted_again(actor.realm_id, [duty_id]):
        if rows.update(state=DutyState.WAIVED.value) != 1:
            raise IllegalMove("the duty is no longer open")
    waiver.save(force_insert=True)
    audit.record(
        "duty.waived",
        realm_id=actor.realm_id,
        actor=actor,
        subject_kind="duty",
        subject_id=duty_id,
        at=at,
        detail={
            "approved_by": str(waiver.approved_by_id),
            "approved_on": waiver.approved_on.isoformat(),
        },
    )


def waiver_reason(actor: Actor, duty_id: UUID) -> str:
    """Return why a duty was waived; empty where it was not. Needs the right to know the reason."""
    duty = duty_for(actor, duty_id, Permission.DUTY_REASON)
    waiver = Waiver.objects.filter(realm=actor.realm_id, duty=duty).first()
    if waiver is None:
        return ""
    return pii.open_pii(actor.realm_id, waiver.pk, REASON, bytes(waiver.reason_sealed))
