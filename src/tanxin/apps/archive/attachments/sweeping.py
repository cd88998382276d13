"""What a process that was killed between the file and its row left behind is taken away."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tanxin.apps.archive.attachments import blobs
from tanxin.apps.archive.models import Attachment

# A transaction that stores the row is over long before.
YOUNG = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Swept:
    """How many files had no row; ``missing`` are rows whose file is gone: that needs a backup."""

    removed: int
    missing: list[UUID]


def sweep(*, at: datetime, young: timedelta = YOUNG) -> Swept:
    """Remove files of no row, and halves; may run again at any time, also beside writers."""
    removed = 0
    for realm_id, path in blobs.kept_before(at - young):
        if path.suffix == blobs.HALF or not has_row(realm_id, path.name):
            path.unlink(missing_ok=True)
            removed += 1
    kept = Attachment.objects.filter(record__erased_at=None)
    rows = kept.order_by("realm", "pk").only("realm", "blob").iterator()
    missing = [row.pk for row in rows if not blobs.place(row.realm_id, row.blob).is_file()]
    return Swept(removed, missing)


def has_row(realm_id: UUID, name: str) -> bool:
    """A file whose name none of ours could have is left alone: somebody put it there."""
    try:
        blob = UUID(hex=name)
    except ValueError:
        return True
    return Attachment.objects.filter(realm=realm_id, blob=blob).exists()
