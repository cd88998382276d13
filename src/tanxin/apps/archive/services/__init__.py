"""Sealing, storing and opening what people confide, and the drafts of it.

Text is sealed before a transaction and opened after it, never inside one.
"""

from tanxin.apps.archive.grants import approved, end_parts, keep_grants, passed_on
from tanxin.apps.archive.reading import RecordRow, open_texts, open_version, search_texts
from tanxin.apps.archive.services.drafts import Typed, Window, drop_draft, load_draft, save_draft
from tanxin.apps.archive.services.storing import (
    PartiesMoved,
    Sealed,
    VersionMoved,
    keep_at,
    prepare,
    prepare_version,
    store,
    store_version,
)

__all__ = [
    "PartiesMoved",
    "RecordRow",
    "Sealed",
    "Typed",
    "VersionMoved",
    "Window",
    "approved",
    "drop_draft",
    "end_parts",
    "keep_at",
    "keep_grants",
    "load_draft",
    "open_texts",
    "open_version",
    "passed_on",
    "prepare",
    "prepare_version",
    "save_draft",
    "search_texts",
    "store",
    "store_version",
]
