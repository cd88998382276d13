"""Text is sealed first, outside of any transaction, and stored inside the one of its cause."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from tanxin.apps.archive.grants import held_by, party_row
from tanxin.apps.archive.models import Party, Record, RecordVersion
from tanxin.apps.sealing import client
from tanxin.apps.sealing.client import Grant, Named, NewText
from tanxin.core.access import Actor
from tanxin.core.lifecycle import IllegalMove

# Whose work it is may one day hand it over; the subject and whoever was asked cannot give access.
PASS_ON = frozenset({"initiator", "owner", "verifier", "inquirer"})


class PartiesMoved(IllegalMove):
    """Others have a part in it now than when it was sealed; it is sealed anew with the next try."""


class VersionMoved(Exception):
    """A later version of the record was written in the meantime; ``latest`` is its number."""

    def __init__(self, latest: int) -> None:
        super().__init__(latest)
        self.latest = latest


@dataclass(frozen=True, slots=True)
class Sealed:
    """A text that has left the clear and is not stored yet: version 1 of a record, or a later."""

    realm_id: UUID
    kind: str
    about_kind: str
    about_id: UUID
    author_id: UUID
    wrapped_key: bytes = field(repr=False)
    sealed: bytes = field(repr=False)
    record_id: UUID
    number: int
    version_id: UUID
    grants: tuple[Grant, ...] = ()


def prepare(
    realm_id: UUID,
    *,
    kind: str,
    about_kind: str,
    about_id: UUID,
    author_id: UUID,
    text: str,
    parties: Iterable[tuple[UUID, str]],
    version_id: UUID | None = None,
) -> Sealed:
    """Seal the first version of a new record for ``parties``, each a person and what he is to it.

    Call it outside of any transaction. Raises ``KeeperUnavailable`` or ``KeeperRefused``; nothing
    is stored then.
    """
    record_id = uuid4()
    named = tuple(Named(person, role, role in PASS_ON) for person, role in parties)
    [made] = client.create(realm_id, [NewText(record_id, kind, text.encode(), named)])
    return Sealed(
        realm_id=realm_id,
        kind=kind,
        about_kind=about_kind,
        about_id=about_id,
        author_id=author_id,
        wrapped_key=made.wrapped_key,
        sealed=made.sealed,
        record_id=record_id,
        number=1,
        version_id=version_id or uuid4(),
        grants=made.grants,
    )


def prepare_version(
    actor: Actor, record: Record, *, text: str, number: int, version_id: UUID | None = None
) -> Sealed:
    """Seal ``text`` as version ``number`` of ``record``; otherwise as ``prepare``.

    The keeper asks for the live session of whoever writes, and for his part in the record.
    """
    wrapped, grant = bytes(record.wrapped_key), held_by(actor, record)
    draft = client.Draft(record.pk, wrapped, record.kind, number, text.encode(), grant)
    return Sealed(
        realm_id=record.realm_id,
        kind=record.kind,
        about_kind=record.about_kind,
        about_id=record.about_id,
        author_id=grant.person_id,
        wrapped_key=wrapped,
        sealed=client.seal_text(actor, draft),
        record_id=record.pk,
        number=number,
        version_id=version_id or uuid4(),
    )


def store(sealed: Sealed, parties: Iterable[tuple[UUID, str]], at: datetime) -> Record:
    """Store a new record with its first version and those who may open it.

    Raises ``PartiesMoved`` unless ``parties`` are those it was sealed for.
    """
    if {(grant.person_id, grant.role) for grant in sealed.grants} != set(parties):
        raise PartiesMoved("the people changed while it was sealed")
    record = Record.objects.create(
        pk=sealed.record_id,
        realm_id=sealed.realm_id,
        kind=sealed.kind,
        about_kind=sealed.about_kind,
        about_id=sealed.about_id,
        author_id=sealed.author_id,
        wrapped_key=sealed.wrapped_key,
        created_at=at,
    )
    Party.objects.bulk_create(
        party_row(sealed.realm_id, record.pk, grant) for grant in sealed.grants
    )
    add_version(sealed, at)
    return record


def store_version(sealed: Sealed, at: datetime) -> RecordVersion:
    """Store a later version; raises ``VersionMoved`` unless it directly follows the latest."""
    keep_at(sealed.realm_id, sealed.record_id, sealed.number - 1, becomes=sealed.number)
    return add_version(sealed, at)


def keep_at(realm_id: UUID, record_id: UUID, number: int, *, becomes: int | None = None) -> None:
    """Make sure, until the transaction ends, that ``number`` is the latest version.

    Raises ``VersionMoved``. The update makes a writer of the next version wait, or this one.
    """
    row = Record.objects.filter(realm=realm_id, pk=record_id, latest=number)
    if row.update(latest=becomes or number) != 1:
        record = Record.objects.get(realm=realm_id, pk=record_id)
        raise VersionMoved(record.latest)


def add_version(sealed: Sealed, at: datetime) -> RecordVersion:
    return RecordVersion.objects.create(
        pk=sealed.version_id,
        realm_id=sealed.realm_id,
        record_id=sealed.record_id,
        number=sealed.number,
        author_id=sealed.author_id,
        sealed=sealed.sealed,
        digest=sha256(sealed.sealed).digest(),
        written_at=at,
    )
