"""Files beside the texts: scans, photographs, evidence. Bytes in memory in, ciphertext on the disk.

A file is sealed and synced before the transaction that stores its row, and opened after it.
"""

from tanxin.apps.archive.attachments.adding import (
    MOST_OF_ONE,
    AttachmentRow,
    SealedFile,
    TooManyFiles,
    attachments_about,
    keeping,
    seal_file,
    store_file,
)
from tanxin.apps.archive.attachments.blobs import NoRoomForFiles
from tanxin.apps.archive.attachments.opening import FileDamaged, Opened, open_file
from tanxin.apps.archive.attachments.sweeping import Swept, sweep

__all__ = [
    "MOST_OF_ONE",
    "AttachmentRow",
    "FileDamaged",
    "NoRoomForFiles",
    "Opened",
    "SealedFile",
    "Swept",
    "TooManyFiles",
    "attachments_about",
    "keeping",
    "open_file",
    "seal_file",
    "store_file",
    "sweep",
]
