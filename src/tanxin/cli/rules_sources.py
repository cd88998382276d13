"""The packs that a command is about, and those beside them."""

import re
from collections.abc import Iterable
from pathlib import Path

from tanxin.packs import LIBRARY, SHIPPED, shipped_sources

PACK = re.compile(r"^pack:\s*(\S+)", re.MULTILINE)
_EXTENDS = re.compile(r"^extends:(.*?)^\S", re.MULTILINE | re.DOTALL)
_NAME = re.compile(r"[a-z][a-z0-9-]*")


def sources_of(path: Path) -> dict[str, str]:
    files: Iterable[Path] = [path]
    if path.is_dir():
        found = sorted([*path.rglob("*.yaml"), *path.rglob("*.yml")])
        files = [file for file in found if "cases" not in file.relative_to(path).parts[:-1]]
    return {str(file): file.read_text(encoding="utf-8", errors="replace") for file in files}


def extended(sources: dict[str, str]) -> list[str]:
    """What everybody has beside him, and the examples that the sources name as above them.

    The words of other examples are not known to a pack that does not extend them.
    """
    above = " ".join(found for text in sources.values() for found in _EXTENDS.findall(text))
    return [name for name in LIBRARY if name in SHIPPED or name in _NAME.findall(above)]


def shipped_besides(sources: dict[str, str], names: Iterable[str]) -> dict[str, str]:
    """The shipped packs of these names, unless they are what is checked."""
    own = {name for text in sources.values() for name in PACK.findall(text)}
    names = [name for name in names if name not in own]
    return shipped_sources(*names) if names else {}
