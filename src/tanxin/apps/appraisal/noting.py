"""One leaf for one verb."""

from datetime import datetime
from uuid import UUID

from tanxin.apps.audit import services as audit
from tanxin.core.access import Actor


def log(
    event: str, actor: Actor, kind: str, row_id: UUID, at: datetime, **detail: int | str
) -> None:
    """The last statement of the transaction that makes the change."""
    audit.record(
        event,
        realm_id=actor.realm_id,
        actor=actor,
        subject_kind=kind,
        subject_id=row_id,
        at=at,
        detail=dict(detail),
    )
