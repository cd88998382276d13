"""What is done to duties: derived from the facts, met by talks, given their rules.

``meet``, ``confirm``, ``contest`` and ``reopen`` are called inside the transaction of a talk, which
writes the leaf; each says how many duties it found in a state it could change.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.duties.derive import Difference, derive_realm
from tanxin.apps.duties.models import Duty
from tanxin.apps.duties.packs import (
    PacksHaveFaults,
    RulesForbidden,
    VersionIsTaken,
    put_in_force,
    put_shipped_in_force,
)
from tanxin.apps.duties.tallies import counted_again
from tanxin.core.lifecycle import DutyState

__all__ = [
    "Difference",
    "PacksHaveFaults",
    "RulesForbidden",
    "VersionIsTaken",
    "confirm",
    "contest",
    "derive_realm",
    "meet",
    "put_in_force",
    "put_shipped_in_force",
    "reopen",
]


def meet(realm_id: UUID, duty_ids: Iterable[UUID], *, on: date, at: datetime) -> int:  # noqa: ARG001 - one shape for all four
    """A talk was held on a day."""
    return _change(realm_id, duty_ids, DutyState.MET, since=(DutyState.OPEN,), met_on=on)


def confirm(realm_id: UUID, duty_ids: Iterable[UUID], *, at: datetime) -> int:  # noqa: ARG001 - as above
    """The other side confirmed the record."""
    return _change(
        realm_id, duty_ids, DutyState.CONFIRMED, since=(DutyState.MET, DutyState.CONTESTED)
    )


def contest(realm_id: UUID, duty_ids: Iterable[UUID], *, at: datetime) -> int:  # noqa: ARG001 - as above
    """The other side says that the talk did not take place."""
    return _change(
        realm_id, duty_ids, DutyState.CONTESTED, since=(DutyState.MET, DutyState.CONFIRMED)
    )


def reopen(realm_id: UUID, duty_ids: Iterable[UUID], *, at: datetime) -> int:  # noqa: ARG001 - as above
    """What was said no longer covers the record: the duties are met again, and no more."""
    return _change(
        realm_id, duty_ids, DutyState.MET, since=(DutyState.CONFIRMED, DutyState.CONTESTED)
    )


def _change(
    realm_id: UUID,
    duty_ids: Iterable[UUID],
    to: DutyState,
    *,
    since: tuple[DutyState, ...],
    **also: date,
) -> int:
    ids = list(duty_ids)
    rows = Duty.objects.filter(realm=realm_id, pk__in=ids, state__in=since)
    with transaction.atomic(), counted_again(realm_id, ids):
        return rows.update(state=to.value, **also)
