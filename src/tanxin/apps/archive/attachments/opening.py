"""A file on its way out: the door, the keeper's leaf, a look at every chunk, the first byte."""

from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, field
from json import loads
from uuid import UUID

from tanxin.apps.archive.access import RecordNotFound
from tanxin.apps.archive.attachments import blobs
from tanxin.apps.archive.attachments.adding import VERSION
from tanxin.apps.archive.models import FILE, Attachment
from tanxin.apps.archive.reading import open_texts
from tanxin.core.access import Actor
from tanxin.core.vault.chunks import open_chunks
from tanxin.core.vault.envelope import Place
from tanxin.core.vault.refusals import VaultRefusal


class FileDamaged(Exception):
    """What lies on the disk is not what was put there, or nothing is. It is in the backup."""


@dataclass(frozen=True, slots=True)
class Opened:
    """``name`` is what its owner called it; ``pieces`` is read once, and holds little at a time."""

    name: str = field(repr=False)
    media: str
    pieces: Iterator[bytes] = field(repr=False)


def open_file(actor: Actor, file_id: UUID, ground: str) -> Opened:
    """Open a file for ``actor``. Call it outside of any transaction.

    The keeper has noted it before this returns, and every chunk was found sound, so that nobody is
    handed the beginning of a file that is cut off. Raises ``RecordNotFound``, ``RecordForbidden``,
    ``FileDamaged``, ``KeeperUnavailable`` and ``KeeperRefused``.
    """
    row = Attachment.objects.filter(realm=actor.realm_id, pk=file_id).first()
    if row is None:
        raise RecordNotFound(file_id)
    text = loads(open_texts(actor, [row.record_id], ground)[row.record_id])
    key = b64decode(text["key"])
    for _ in content(row, key):
        pass
    return Opened(text["name"], row.media, content(row, key))


def content(row: Attachment, key: bytes) -> Iterator[bytes]:
    """The clear bytes, a chunk at a time; raises ``FileDamaged``."""
    where = Place(row.realm_id, row.blob, FILE, VERSION)
    try:
        with blobs.reading(row.realm_id, row.blob) as file:
            yield from open_chunks(key, where, blobs.pieces(file))
    except (VaultRefusal, FileNotFoundError) as reason:
        raise FileDamaged(row.pk) from reason
