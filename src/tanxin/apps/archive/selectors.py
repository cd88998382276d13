"""What is known about a record without opening it: that it is there, whose, since when."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, QuerySet

from tanxin.apps.archive.models import Record, RecordVersion
from tanxin.core.access import Actor


def records_about(actor: Actor, about_id: UUID, kinds: Iterable[str]) -> QuerySet[Record]:
    """Every record of these kinds about one row, the oldest first, whoever may open them.

    For the app that owns the row and has asked its own door; it must not show more of a record
    than its existence to somebody who is no party.
    """
    return Record.objects.filter(
        realm=actor.realm_id, about_id=about_id, kind__in=list(kinds)
    ).order_by("created_at", "pk")


def records_about_all(
    actor: Actor, about_ids: Iterable[UUID], kinds: Iterable[str]
) -> QuerySet[Record]:
    """As ``records_about``, about several rows."""
    return Record.objects.filter(
        realm=actor.realm_id, about_id__in=list(about_ids), kind__in=list(kinds)
    ).order_by("created_at", "pk")


def latest_versions(realm_id: UUID, record_ids: Iterable[UUID]) -> dict[UUID, RecordVersion]:
    """The version in force of each record, by record."""
    versions = RecordVersion.objects.filter(
        realm=realm_id, record__in=list(record_ids), number=F("record__latest")
    )
    return {version.record_id: version for version in versions}


def versions_of(realm_id: UUID, record_id: UUID) -> QuerySet[RecordVersion]:
    """All versions of one record, the first one first; without opening any."""
    return (
        RecordVersion.objects.filter(realm=realm_id, record=record_id)
        .defer("sealed")
        .order_by("number")
    )
