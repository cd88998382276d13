"""What a talk does to the duties it meets. Called inside the transaction of the talk."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from tanxin.apps.duties.models import Duty
from tanxin.core.lifecycle import DutyState


def meet(realm_id: UUID, duty_ids: Iterable[UUID], *, on: date, at: datetime) -> int:  # noqa: ARG001 - one shape for all four
    rows = Duty.objects.filter(realm=realm_id, pk__in=list(duty_ids), state=DutyState.OPEN)
    return rows.update(state=DutyState.MET.value, met_on=on)


def confirm(realm_id: UUID, duty_ids: Iterable[UUID], *, at: datetime) -> int:  # noqa: ARG001 - as above
    rows = Duty.objects.filter(
        realm=realm_id, pk__in=list(duty_ids), state__in=[DutyState.MET, DutyState.CONTESTED]
    )
    return rows.update(state=DutyState.CONFIRMED.value)


def contest(realm_id: UUID, duty_ids: Iterable[UUID], *, at: datetime) -> int:  # noqa: ARG001 - as above
    rows = Duty.objects.filter(
        realm=realm_id, pk__in=list(duty_ids), state__in=[DutyState.MET, DutyState.CONFIRMED]
    )
    return rows.update(state=DutyState.CONTESTED.value)


def reopen(realm_id: UUID, duty_ids: Iterable[UUID], *, at: datetime) -> int:  # noqa: ARG001 - as above
    """What was said no longer covers the record: the duties are met again, and no more."""
    rows = Duty.objects.filter(
        realm=realm_id, pk__in=list(duty_ids), state__in=[DutyState.CONFIRMED, DutyState.CONTESTED]
    )
    return rows.update(state=DutyState.MET.value)
