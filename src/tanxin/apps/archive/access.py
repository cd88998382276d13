"""The only door to confided text. Whoever is no party to a record cannot tell that there is one."""

from collections.abc import Iterable
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
    return records_for(actor, [record_id], permission)[0]


def records_for(
    actor: Actor, record_ids: Iterable[UUID], permission: Permission | None = None
) -> list[Record]:
    """As ``record_for``, for many in one query: all of them, or none."""
    parties = Party.objects.filter(
        realm=actor.realm_id, person=actor.person_id, record__in=(wanted := list(record_ids))
    ).select_related("record")
    parts = {party.record_id: party for party in parties}
    for record_id in wanted:
        if record_id not in parts:
            raise RecordNotFound(record_id)
        asked = permission or opening(parts[record_id].record)
        if not decide(asked, frozenset({Relation(parts[record_id].role)})).allowed:
            raise RecordForbidden(record_id)
    return [parts[record_id].record for record_id in wanted]


def version_for(actor: Actor, version_id: UUID) -> RecordVersion:
    """Return one version of a record that ``actor`` may open; raises as ``record_for``."""
    version = RecordVersion.objects.filter(realm=actor.realm_id, pk=version_id).first()
    if version is None:
        raise RecordNotFound(version_id)
    record_for(actor, version.record_id)
    return version
