"""Sealing, storing and opening what people confide, and the drafts of it.

Text is sealed before a transaction and opened after it, never inside one.
"""

from tanxin.apps.archive.reading import open_texts, open_version
from tanxin.apps.archive.services.drafts import Typed, drop_draft, load_draft, save_draft
from tanxin.apps.archive.services.storing import (
    Sealed,
    VersionMoved,
    keep_at,
    prepare,
    prepare_version,
    store,
    store_version,
)

__all__ = [
    "Sealed",
    "Typed",
    "VersionMoved",
    "drop_draft",
    "keep_at",
    "load_draft",
    "open_texts",
    "open_version",
    "prepare",
    "prepare_version",
    "save_draft",
    "store",
    "store_version",
]
