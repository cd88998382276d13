"""One realm's folder of checkpoints."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

from tanxin.apps.audit.anchors.files import AnchorDiffers, append, sync_folder
from tanxin.apps.audit.anchors.trees import KeptHashes
from tanxin.core.vault.checkpoint import Checkpoint
from tanxin.core.vault.leaf import Log
from tanxin.core.vault.note import VerifierKey, open_note

KEYS, NOTES = "keys", "notes"


@dataclass(frozen=True, slots=True)
class Anchored:
    """A checkpoint and the note that signs it."""

    checkpoint: Checkpoint
    note: str


@dataclass(frozen=True, slots=True)
class Anchors:
    folder: Path

    @classmethod
    def of(cls, realm_id: UUID) -> "Anchors":
        return cls(Path(settings.TANXIN_CHECKPOINTS) / str(realm_id))

    def hashes(self, log: Log) -> KeptHashes:
        return KeptHashes(self.folder, log)

    def public_keys(self) -> list[VerifierKey]:
        path = self.folder / KEYS
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [VerifierKey.decode(line) for line in lines]

    def keep_keys(self, keys: Iterator[str] | tuple[str, ...]) -> None:
        content = "".join(f"{key}\n" for key in keys)
        append(self.folder / KEYS, 0, content.encode())

    def keep(self, anchored: Anchored) -> bool:
        """Write the note down unless it is there; another one of these sizes is refused."""
        path, content = self._path(anchored.checkpoint), anchored.note.encode()
        known = path.read_bytes() if path.exists() else b""
        if known == content:
            return False
        for folder in (path.parent.parent, path.parent):
            if not folder.exists():
                folder.mkdir()
                sync_folder(folder.parent)
        if len(known) > len(content):
            raise AnchorDiffers(f"{path} tells another history")
        append(path, 0, content)
        path.chmod(0o440)
        sync_folder(path.parent)
        sync_folder(self.folder)
        return True

    def latest(self) -> Anchored | None:
        """The newest checkpoint, read and checked with the keys kept here."""
        days = self._days()
        notes = sorted(days[-1].glob("*.note")) if days else []
        return self._read(notes[-1]) if notes else None

    def daily(self) -> list[str]:
        """The last note of each day."""
        return [max(day.glob("*.note")).read_text(encoding="utf-8") for day in self._days()]

    def count(self) -> int:
        return sum(1 for day in self._days() for _ in day.glob("*.note"))

    def _days(self) -> list[Path]:
        folder = self.folder / NOTES
        return (
            sorted(day for day in folder.iterdir() if any(day.iterdir())) if folder.exists() else []
        )

    def _read(self, path: Path) -> Anchored:
        note = path.read_text(encoding="utf-8")
        return Anchored(Checkpoint.decode(open_note(note, self.public_keys())), note)

    def _path(self, checkpoint: Checkpoint) -> Path:
        sizes = f"{checkpoint.changes.size:012}-{checkpoint.releases.size:012}"
        return self.folder / NOTES / f"{checkpoint.at:%Y-%m-%d}" / f"{sizes}.note"
