"""The door to the log: auditors read it, and that they did is in it."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.audit.services import Detail, record
from tanxin.core.access import Actor, Permission, RowForbidden, RowNotFound, decide


class LogForbidden(RowForbidden):
    pass


class EntryNotFound(RowNotFound):
    pass


def may_read_log(actor: Actor) -> None:
    """Raise ``LogForbidden`` unless the actor may read the log of the realm."""
    if not decide(Permission.LOG_READ, actor.standing).allowed:
        raise LogForbidden(Permission.LOG_READ)


def visible_entries(actor: Actor) -> QuerySet[AuditLeaf]:
    """Every entry of the realm for an auditor, none for anybody else."""
    if not decide(Permission.LOG_READ, actor.standing).allowed:
        return AuditLeaf.objects.none()
    return AuditLeaf.objects.filter(realm=actor.realm_id)


def entry_for(actor: Actor, seq: int) -> AuditLeaf:
    """Return one entry; raises ``LogForbidden`` or ``EntryNotFound``."""
    may_read_log(actor)
    row = visible_entries(actor).filter(seq=seq).first()
    if row is None:
        raise EntryNotFound(seq)
    return row


@transaction.atomic(savepoint=False)  # nothing else is read or shown if this fails
def note_reading(actor: Actor, event: str, detail: Detail, *, at: datetime) -> None:
    """Leave a leaf of what an auditor is about to see; raises ``LogForbidden``."""
    may_read_log(actor)
    record(
        event,
        realm_id=actor.realm_id,
        actor=actor,
        subject_kind="log",
        subject_id=None,
        detail=detail,
        at=at,
    )
