"""The root key in a file that only the keeper's user may read."""

import json
import os
from pathlib import Path

from tanxin.core.vault.provider import SECRET_BYTES, Provider
from tanxin.core.vault.refusals import Malformed
from tanxin.core.vault.wire import to_bytes, to_text

FILE_NAME = "root.key"
_FORM = 1
_OTHERS = 0o077


class RootKeyUnusable(Exception):
    """The key file is missing, damaged or readable by others; the sentence says what to do."""


def make_root_key(home: Path, provider: Provider) -> bytes:
    """Create the key file, on disk before this returns. Never overwrites one."""
    root = provider.secret()
    content = json.dumps({"form": _FORM, "root": to_text(root)}) + "\n"
    path = home / FILE_NAME
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    sync_directory(home)
    return root


def read_root_key(home: Path) -> bytes:
    """Return the root key or raise ``RootKeyUnusable``."""
    path = home / FILE_NAME
    try:
        if path.stat().st_mode & _OTHERS:
            raise RootKeyUnusable(f"{path} can be read by others: chmod 600 it")
        return _parse(path.read_text(encoding="ascii"))
    except FileNotFoundError:
        raise RootKeyUnusable(f"{path} is missing: restore it from its custodians") from None
    except (OSError, ValueError, KeyError, TypeError, Malformed):
        raise RootKeyUnusable(f"{path} is damaged: restore it from its custodians") from None


def _parse(content: str) -> bytes:
    values = json.loads(content)
    root = to_bytes(values["root"])
    if values["form"] != _FORM or len(root) != SECRET_BYTES:
        raise ValueError
    return root


def sync_directory(home: Path) -> None:
    """Make a new file's name survive a power cut."""
    descriptor = os.open(home, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
