"""Entries that were lost when a backup was restored: they stay in the tree by their hashes."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from tanxin.apps.audit.anchors.files import AnchorDiffers
from tanxin.apps.audit.anchors.keeping import Anchors
from tanxin.apps.audit.anchors.trees import KeptHashes
from tanxin.apps.sealing import logs
from tanxin.core.vault.canonical import canonical
from tanxin.core.vault.leaf import Log

_CHUNK = 10_000


@dataclass(frozen=True, slots=True)
class Lost:
    """What the keeper has stated of a realm, and where the hashes of such entries are kept."""

    restores: Sequence[logs.Restore]
    hashes: KeptHashes

    @classmethod
    def of(cls, realm_id: UUID) -> "Lost":
        """Ask the keeper; raises ``KeeperUnavailable``."""
        return cls(logs.restores(realm_id), Anchors.of(realm_id).hashes(Log.CHANGES))

    def statements(self) -> Iterator[bytes]:
        """The statements as lines of an export."""
        for one in self.restores:
            yield canonical({"restored": one.note, "salt": one.salt.hex()}) + b"\n"

    def filled(self, entries: Iterable[tuple[int, bytes]], size: int) -> Iterator[bytes]:
        """The lines of ``entries`` by number, and hashes where there should be lost ones."""
        expected = 0
        for seq, line in entries:
            yield from self._between(expected, seq)
            yield line
            expected = seq + 1
        yield from self._between(expected, size)

    def _between(self, begin: int, end: int) -> Iterator[bytes]:
        """Nothing for what no statement names, or what the folder does not hold: it is missing."""
        for one in sorted(self.restores, key=lambda one: one.first):
            first, after = max(begin, one.first), min(end, one.after)
            begin = max(begin, after)
            with suppress(OSError, AnchorDiffers):
                for at in range(first, after, _CHUNK):
                    for known in self.hashes.read(0, at, min(at + _CHUNK, after)):
                        yield b'{"lost":"' + known.hex().encode() + b'"}\n'
