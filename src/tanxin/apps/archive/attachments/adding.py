"""A file on its way in: cleaned by ``core.uploads``, sealed under a key of its own, then stored.

That key and the file's name are the text of a ``file`` record: who may open it is who the parties
of the record are, the keeper notes each opening, and a record whose key is destroyed takes its
file with it.
"""

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from json import dumps
from typing import TypeAlias
from uuid import UUID, uuid4

from django.db.models import QuerySet

from tanxin.apps.archive.attachments import blobs
from tanxin.apps.archive.models import FILE, Attachment
from tanxin.apps.archive.services.storing import Sealed, prepare, store
from tanxin.apps.audit import services as audit
from tanxin.apps.realms.selectors import suite_of
from tanxin.apps.sealing.transactions import refuse_inside_transaction
from tanxin.core.access import Actor
from tanxin.core.uploads import Admitted
from tanxin.core.vault.chunks import seal_chunks
from tanxin.core.vault.envelope import Place
from tanxin.core.vault.suites import provider_for

AttachmentRow: TypeAlias = Attachment
MOST_OF_ONE = 20
VERSION = 1
Parties: TypeAlias = Iterable[tuple[UUID, str]]


class TooManyFiles(Exception):
    """No more than ``MOST_OF_ONE`` files hang on one thing."""


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A file that lies sealed on the disk and has no row yet."""

    blob: UUID
    text: Sealed
    media: str
    size: int
    digest: bytes


def seal_file(
    actor: Actor, file: Admitted, *, about: tuple[str, UUID], author_id: UUID, parties: Parties
) -> SealedFile:
    """Seal what ``core.uploads.admit`` let in, and put it on the disk.

    ``about`` is the kind and the id of the row it hangs on, ``parties`` who may open it, as for
    ``archive.prepare``. Call it outside of any transaction, best within ``keeping``. Raises
    ``TooManyFiles``, ``NoRoomForFiles``, ``KeeperUnavailable`` and ``KeeperRefused``; nothing is
    kept then.
    """
    refuse_inside_transaction()
    if attachments_about(actor, [about[1]]).count() >= MOST_OF_ONE:
        raise TooManyFiles(about[1])
    provider = provider_for(suite_of(actor.realm_id))
    blob, key = uuid4(), provider.secret()
    text = prepare(
        actor.realm_id,
        kind=FILE,
        about_kind=about[0],
        about_id=about[1],
        author_id=author_id,
        text=dumps({"name": file.name, "key": b64encode(key).decode()}, ensure_ascii=False),
        parties=parties,
    )
    told, size = sha256(), 0

    def counted(pieces: Iterable[bytes]) -> Iterator[bytes]:
        nonlocal size
        for piece in pieces:
            told.update(piece)
            size += len(piece)
            yield piece

    where = Place(actor.realm_id, blob, FILE, VERSION)
    sealed = seal_chunks(provider, key, where, [file.data], kek_version=0)
    blobs.write(actor.realm_id, blob, counted(sealed))
    return SealedFile(blob, text, file.kind.value, size, told.digest())


@contextmanager
def keeping(realm_id: UUID) -> Iterator[Callable[[SealedFile], SealedFile]]:
    """Takes the files that were sealed within it from the disk again when it ends in an exception.

    Should the process be killed instead, the sweep finds them.
    """
    sealed: list[SealedFile] = []

    def keep(file: SealedFile) -> SealedFile:
        sealed.append(file)
        return file

    try:
        yield keep
    except BaseException:
        for one in sealed:
            blobs.drop(realm_id, one.blob)
        raise


def store_file(actor: Actor, file: SealedFile, parties: Parties, at: datetime) -> Attachment:
    """Store its row and its leaf, in the transaction of its cause; raises as ``archive.store``."""
    record = store(file.text, parties, at)
    row = Attachment.objects.create(
        realm_id=file.text.realm_id,
        record=record,
        about_id=record.about_id,
        blob=file.blob,
        media=file.media,
        size=file.size,
        digest=file.digest,
    )
    audit.record(
        "file.attached",
        realm_id=file.text.realm_id,
        actor=actor,
        subject_kind=record.about_kind,
        subject_id=record.about_id,
        detail={"file": str(row.pk), "digest": file.digest.hex()},
        at=at,
    )
    return row


def attachments_about(actor: Actor, about_ids: Iterable[UUID]) -> QuerySet[Attachment]:
    """Every file that hangs on these rows, the oldest first, whoever may open it.

    As ``selectors.records_about``: for the app that owns the rows and has asked its own door.
    """
    rows = Attachment.objects.filter(realm=actor.realm_id, about_id__in=list(about_ids))
    return rows.select_related("record").order_by("record__created_at", "pk")
