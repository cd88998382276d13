"""Files that only grow, on the disk before we go on."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tanxin.core.vault.tree import HASH_BYTES


class AnchorDiffers(Exception):
    """What is kept outside is not what the log says now: one of the two was rewritten."""


def append(path: Path, start: int, content: bytes) -> None:
    """Bring ``content`` to stand at byte ``start``; what stands there must be its beginning.

    So a write that was cut off is completed, and nothing is ever overwritten.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o640)
    with os.fdopen(descriptor, "r+b", buffering=0) as file:
        size = os.fstat(descriptor).st_size
        if size < start:
            raise AnchorDiffers(f"{path} is shorter than it was")
        known = os.pread(descriptor, len(content), start)
        if content[: len(known)] != known:
            raise AnchorDiffers(f"{path} tells another history")
        rest = memoryview(content)[len(known) :]
        while rest:
            rest = rest[file.write(rest) :]
        os.fsync(descriptor)


def whole_hashes(path: Path) -> int:
    """How many whole hashes a file holds."""
    return path.stat().st_size // HASH_BYTES if path.exists() else 0


def hashes_between(path: Path, begin: int, end: int) -> list[bytes]:
    with path.open("rb") as file:
        file.seek(begin * HASH_BYTES)
        block = file.read((end - begin) * HASH_BYTES)
    if len(block) != (end - begin) * HASH_BYTES:
        raise AnchorDiffers(f"{path} is shorter than it was")
    return [block[at : at + HASH_BYTES] for at in range(0, len(block), HASH_BYTES)]


def sync_folder(folder: Path) -> None:
    """Make the names in it survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody else writes in ``folder`` meanwhile."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
