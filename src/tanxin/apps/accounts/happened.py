"""What the log says about one's own login."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tanxin.apps.audit.models import AuditLeaf
from tanxin.core.access import Actor

LATEST = 12


@dataclass(frozen=True, slots=True)
class Happened:
    event: str
    at: datetime
    by: UUID | None


def latest(actor: Actor) -> Sequence[Happened]:
    """The newest entries about the actor's account, by whomever."""
    rows = AuditLeaf.objects.filter(
        realm=actor.realm_id, subject_id=actor.account_id, subject_kind="account"
    )
    return [Happened(row.event, row.at, row.person) for row in rows.order_by("-seq")[:LATEST]]
