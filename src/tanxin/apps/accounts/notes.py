"""One entry in the log for what happens to a login."""

from datetime import datetime
from uuid import UUID

from tanxin.apps.audit.services import record
from tanxin.core.access import Actor


def note(
    event: str, actor: Actor, at: datetime, *, account_id: UUID | None = None, **detail: str | int
) -> None:
    """About the actor's own account, unless another is named. Call it in a transaction."""
    record(
        event,
        realm_id=actor.realm_id,
        actor=actor,
        subject_kind="account",
        subject_id=account_id or actor.account_id,
        detail=detail or None,
        at=at,
    )
