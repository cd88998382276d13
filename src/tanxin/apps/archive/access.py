"""The only door to confided text. Whoever is no party to a record cannot tell that there is one."""

from uuid import UUID

from django.db.models import QuerySet

from tanxin.apps.archive.models import Party, Record, RecordVersion
from tanxin.core.access import Actor, Permission, Relation, RowForbidden, RowNotFound, decide


class RecordNotFound(RowNotFound):
    pass


class RecordForbidden(RowForbidden):
    pass


def visible_records(actor: Actor) -> QuerySet[Record]:
    """The records ``actor`` may open: those he is a party to."""
    mine = Party.objects.filter(realm=actor.realm_id, person=actor.person_id)
    return Record.objects.filter(realm=actor.realm_id, pk__in=mine.values("record"))


def opening(record: Record) -> Permission:
    return Permission.MEMO_OPEN if record.kind == "memo" else Permission.RECORD_OPEN


def record_for(actor: Actor, record_id: UUID, permission: Permission | None = None) -> Record:
    """Return the record if ``actor`` is a party to it and ``permission`` follows from his part.

    Without ``permission`` the one to open it is meant. Raises ``RecordNotFound`` or
    ``RecordForbidden``.
    """
    record = visible_records(actor).filter(pk=record_id).first()
    if record is None:
        raise RecordNotFound(record_id)
    part = Party.objects.get(realm=actor.realm_id, record=record_id, person=actor.person_id)
    if not decide(permission or opening(record), frozenset({Relation(part.role)})).allowed:
        raise RecordForbidden(record_id)
    return record


def version_for(actor: Actor, version_id: UUID) -> RecordVersion:
    """Return one version of a record that ``actor`` may open; raises as ``record_for``."""
    version = RecordVersion.objects.filter(realm=actor.realm_id, pk=version_id).first()
    if version is None:
        raise RecordNotFound(version_id)
    record_for(actor, version.record_id)
    return version
