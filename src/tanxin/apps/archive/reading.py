"""Opening text: through the door, by the keeper, one leaf per record before anything is seen."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import F

from tanxin.apps.archive.access import may_open, own_parts, parts_for
from tanxin.apps.archive.grants import grant_of
from tanxin.apps.archive.models import FILE, Party, Record, RecordVersion
from tanxin.apps.archive.undertakings import refuse_without
from tanxin.apps.sealing import client
from tanxin.core.access import Actor

RecordRow: TypeAlias = Record


def open_texts(actor: Actor, record_ids: Iterable[UUID], ground: str) -> dict[UUID, str]:
    """Open the latest version of each record, by record. Call it outside of any transaction.

    Raises ``RecordNotFound`` or ``RecordForbidden`` if one of them is not for ``actor``: then
    none is opened. Raises ``UndertakingDue``, ``KeeperUnavailable`` or ``KeeperRefused``.
    """
    parts = parts_for(actor, record_ids)
    refuse_without(actor, parts)
    items = latest_texts(actor, parts)
    texts = client.open_texts(actor, items, ground=ground) if items else []
    return {item.record: text.decode() for item, text in zip(items, texts, strict=True)}


def open_version(actor: Actor, record_id: UUID, number: int, ground: str) -> str | None:
    """Open one version of a record, also an earlier one; None if there is no such version.

    Otherwise as ``open_texts``.
    """
    [part] = parts_for(actor, [record_id])
    refuse_without(actor, [part])
    version = RecordVersion.objects.filter(
        realm=actor.realm_id, record=record_id, number=number
    ).first()
    if version is None:
        return None
    latest = part.record.latest == number
    [text] = client.open_texts(actor, [sealed_text(part, version, latest=latest)], ground=ground)
    return text.decode()


def search_texts(actor: Actor, words: Sequence[str]) -> list[Record]:
    """Return the records of ``actor`` whose latest text holds all ``words``, the newest first.

    The keeper looks and tells which; nothing is opened and the words are kept nowhere. Raises
    ``KeeperUnavailable`` or ``KeeperRefused``. Call it outside of any transaction.
    """
    items = own_texts(actor)
    found = client.scan(actor, items, words) if items else []
    rows = Record.objects.filter(realm=actor.realm_id).in_bulk(found).values()
    return sorted(rows, key=lambda row: (row.created_at, row.pk), reverse=True)


def own_texts(actor: Actor) -> list[client.Sealed]:
    """The text in force of every record that ``actor`` may open; thousands, so no rows are made.

    A file is not looked into.
    """
    in_force = (
        own_parts(actor)
        .filter(
            record__versions__realm=actor.realm_id, record__versions__number=F("record__latest")
        )
        .exclude(record__kind=FILE)
    )
    rows = in_force.values_list(
        "record", "record__wrapped_key", "record__kind", "record__latest",
        "record__versions__sealed", "person", "role", "may_pass_on", "start", "end", "mac",
    )  # fmt: skip
    opens = cache(lambda kind, role: may_open(Party(role=role, record=Record(kind=kind))))
    return [text_of(row) for row in rows if opens(row[2], row[6])]


def text_of(row: tuple[Any, ...]) -> client.Sealed:
    record, wrapped, kind, number, sealed, person, role, may_pass_on, start, end, mac = row
    grant = client.Grant(person, role, may_pass_on, start, end, bytes(mac))
    return client.Sealed(record, bytes(wrapped), kind, number, bytes(sealed), grant)


def latest_texts(actor: Actor, parts: Iterable[Party]) -> list[client.Sealed]:
    """The text in force of each record, with the grant that opens it."""
    by_record = {part.record_id: part for part in parts}
    versions = RecordVersion.objects.filter(
        realm=actor.realm_id, record__in=list(by_record), number=F("record__latest")
    )
    return [sealed_text(by_record[version.record_id], version) for version in versions]


def sealed_text(part: Party, version: RecordVersion, *, latest: bool = True) -> client.Sealed:
    return client.Sealed(
        record=part.record_id,
        wrapped_key=bytes(part.record.wrapped_key),
        field=part.record.kind,
        version=version.number,
        sealed=bytes(version.sealed),
        grant=grant_of(part),
        latest=latest,
    )
