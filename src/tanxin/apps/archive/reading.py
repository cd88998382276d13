"""Opening text: through the door, by the keeper, one leaf per record before anything is seen."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F

from tanxin.apps.archive.access import record_for, records_for
from tanxin.apps.archive.models import RecordVersion
from tanxin.apps.sealing import client
from tanxin.core.access import Actor


def open_texts(actor: Actor, record_ids: Iterable[UUID], ground: str) -> dict[UUID, str]:
    """Open the latest version of each record, by record. Call it outside of any transaction.

    Raises ``RecordNotFound`` or ``RecordForbidden`` if one of them is not for ``actor``: then
    none is opened. Raises ``KeeperUnavailable`` or ``KeeperRefused``.
    """
    records = records_for(actor, record_ids)
    versions = RecordVersion.objects.filter(
        realm=actor.realm_id, record__in=records, number=F("record__latest")
    ).select_related("record")
    return {version.record_id: text for version, text in opened(actor, list(versions), ground)}


def open_version(actor: Actor, record_id: UUID, number: int, ground: str) -> str | None:
    """Open one version of a record, also an earlier one; None if there is no such version.

    Otherwise as ``open_texts``.
    """
    record_for(actor, record_id)
    versions = RecordVersion.objects.filter(
        realm=actor.realm_id, record=record_id, number=number
    ).select_related("record")
    return next((text for _, text in opened(actor, list(versions), ground)), None)


def opened(
    actor: Actor, versions: list[RecordVersion], ground: str
) -> list[tuple[RecordVersion, str]]:
    items = [
        client.Sealed(
            record=version.record_id,
            wrapped_key=bytes(version.record.wrapped_key),
            field=version.record.kind,
            version=version.number,
            sealed=bytes(version.sealed),
        )
        for version in versions
    ]
    if not items:
        return []
    texts = client.open_texts(actor, items, ground=ground)
    return [(version, text.decode()) for version, text in zip(versions, texts, strict=True)]
