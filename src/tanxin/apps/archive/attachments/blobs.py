"""Sealed files on the disk: there whole, or not at all. What is not sealed never gets here."""

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from io import FileIO
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

HALF = ".part"
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
PIECE = 64 * 1024


class NoRoomForFiles(Exception):
    """The disk is full: nothing of the file was kept."""


def folder(realm_id: UUID) -> Path:
    return Path(settings.TANXIN_BLOBS) / str(realm_id)


def place(realm_id: UUID, file_id: UUID) -> Path:
    return folder(realm_id) / file_id.hex


def write(realm_id: UUID, file_id: UUID, sealed: Iterable[bytes]) -> None:
    """Write, sync, rename, sync the folder: a killed process leaves at most a ``.part``.

    Raises ``NoRoomForFiles``, or the ``OSError`` of a disk that is broken otherwise.
    """
    whole = place(realm_id, file_id)
    whole.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = whole.with_suffix(HALF)
    try:
        handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(handle, "wb", buffering=0) as file:  # noqa: PTH123 - a handle, not a path
            for piece in sealed:
                write_all(file, piece)
            os.fsync(file.fileno())
        half.rename(whole)
        sync_folder(whole.parent)
    except OSError as reason:
        for left in (half, whole):
            with suppress(OSError):
                left.unlink(missing_ok=True)
        if reason.errno in FULL:
            raise NoRoomForFiles from reason
        raise


def write_all(file: FileIO, piece: bytes) -> None:
    """A disk that is nearly full takes less than it is given, and says so only by the count."""
    rest = memoryview(piece)
    while rest:
        rest = rest[file.write(rest) :]


def sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def reading(realm_id: UUID, file_id: UUID) -> Iterator[BinaryIO]:
    """Raises ``FileNotFoundError``."""
    with place(realm_id, file_id).open("rb", buffering=0) as file:
        yield file


def pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece


def drop(realm_id: UUID, file_id: UUID) -> None:
    place(realm_id, file_id).unlink(missing_ok=True)


def kept_before(moment: datetime) -> Iterator[tuple[UUID, Path]]:
    """What stands on the disk since before ``moment``, with the realm whose folder it is in."""
    root = Path(settings.TANXIN_BLOBS)
    for folder_of_realm in sorted(root.iterdir()) if root.is_dir() else ():
        with suppress(ValueError):
            realm_id = UUID(folder_of_realm.name)
            for path in sorted(folder_of_realm.iterdir()):
                with suppress(FileNotFoundError):
                    if path.stat().st_mtime < moment.timestamp():
                        yield realm_id, path
