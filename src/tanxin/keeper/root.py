"""Where the root key comes from: a file only the keeper's user may read, a token, or custodians."""

import json
import os
from importlib import import_module
from pathlib import Path
from typing import Any

from tanxin.core.vault.keys import Label, derive
from tanxin.core.vault.provider import SECRET_BYTES, Provider
from tanxin.core.vault.refusals import Malformed
from tanxin.core.vault.suites import INTL_1, provider_for
from tanxin.core.vault.wire import to_bytes, to_text

FILE_NAME = "root.key"
TOKEN_NAME = "root.token"  # noqa: S105 - a file's name
ESCROW_NAME = "escrow.json"
NEXT_NAME = "root.next"
_FORM = 1
_OTHERS = 0o077
_ID_BYTES = 4


class RootKeyUnusable(Exception):
    """The key file is missing, damaged or readable by others; the sentence says what to do."""


def has_root(home: Path) -> bool:
    """Say whether this home ever had a root key, wherever it is now."""
    return any((home / name).exists() for name in (FILE_NAME, TOKEN_NAME, ESCROW_NAME))


def stored_root(home: Path) -> bytes | None:
    """Return the root key, or nothing where only its custodians have it.

    Raises ``RootKeyUnusable``, also while a change of the root key is half done.
    """
    if (home / NEXT_NAME).exists():
        raise RootKeyUnusable(
            "a change of the root key is half done;"
            f" this finishes it: tanxin keeper rotate-root --home {home}"
        )
    return known_root(home)


def known_root(home: Path) -> bytes | None:
    """As ``stored_root``, for whoever is about to finish that change."""
    if (home / FILE_NAME).exists():
        return read_root_key(home)
    if (home / TOKEN_NAME).exists():
        root: bytes = token().open_root(home / TOKEN_NAME)
        return root
    if (home / ESCROW_NAME).exists():
        return None
    return read_root_key(home)


def root_id(root: bytes) -> str:
    """Return eight characters that tell one root key from another and nothing about it."""
    return derive(provider_for(INTL_1), root, Label.ROOT_ID)[:_ID_BYTES].hex()


def make_root_key(home: Path, provider: Provider) -> bytes:
    """Create the key file, on disk before this returns. Never overwrites one."""
    root = provider.secret()
    write_root_key(home, root)
    return root


def write_root_key(home: Path, root: bytes) -> None:
    write_new(home / FILE_NAME, {"form": _FORM, "root": to_text(root)})


def read_root_key(home: Path) -> bytes:
    """Return the root key of the file or raise ``RootKeyUnusable``."""
    path = home / FILE_NAME
    values = read_kept(path)
    try:
        root = to_bytes(values["root"])
    except (KeyError, Malformed):
        raise damaged(path) from None
    if values.get("form") != _FORM or len(root) != SECRET_BYTES:
        raise damaged(path)
    return root


def read_kept(path: Path) -> dict[str, object]:
    """Return the JSON object of a file that nobody else may read; raises ``RootKeyUnusable``."""
    try:
        if path.stat().st_mode & _OTHERS:
            raise RootKeyUnusable(f"{path} can be read by others: chmod 600 it")
        values = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RootKeyUnusable(f"{path} is missing: restore it from its custodians") from None
    except (OSError, ValueError):
        raise damaged(path) from None
    if not isinstance(values, dict):
        raise damaged(path)
    return values


def damaged(path: Path) -> RootKeyUnusable:
    return RootKeyUnusable(f"{path} is damaged: restore it from its custodians")


def write_new(path: Path, values: dict[str, object]) -> None:
    """Write a file for its owner alone, on disk before this returns. Never overwrites one."""
    content = json.dumps(values, ensure_ascii=False, indent=1) + "\n"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    sync_directory(path.parent)


def write_over(path: Path, values: dict[str, object]) -> None:
    """As ``write_new``, in the place of what was there: all of the old or all of the new."""
    beside = path.with_suffix(path.suffix + ".new")
    beside.unlink(missing_ok=True)
    write_new(beside, values)
    beside.replace(path)
    sync_directory(path.parent)


def sync_directory(home: Path) -> None:
    """Make a new file's name survive a power cut."""
    descriptor = os.open(home, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def token() -> Any:  # noqa: ANN401 - a module of an extra
    try:
        return import_module("tanxin.keeper.custody.token")
    except ImportError:
        raise RootKeyUnusable("a root key in a token needs: pip install tanxin[hsm]") from None
