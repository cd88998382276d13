from datetime import date
from uuid import UUID

from django.db.models import Q

from tanxin.apps.duties.models import Duty
from tanxin.core.lifecycle import DutyState


def duties_met_by_talk_of(
    realm_id: UUID,
    initiator_id: UUID,
    subject_id: UUID,
    *,
    kind: str,
    form: str,  # noqa: ARG001 - a talk between two is the form every duty accepts so far
    channel: str,  # noqa: ARG001 - as above
    on: date,
) -> list[Duty]:
    """The open duties that one talk meets, also mutual ones the other way round."""
    one_way = Q(initiator=initiator_id) & (Q(subject=subject_id) | Q(subject=None))
    other_way = Q(initiator=subject_id, subject=initiator_id, mutual=True)
    return list(
        Duty.objects.filter(
            one_way | other_way, realm=realm_id, state=DutyState.OPEN, kind=kind, opens__lte=on
        ).order_by("due", "id")
    )
