"""The hashes of one log in files: leaves, subtrees of 256 leaves, of 65,536, and so on.

They make proofs without reading the log, and name the first entry that was rewritten.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tanxin.apps.audit.anchors.files import append, hashes_between, whole_hashes
from tanxin.core.vault.leaf import Log
from tanxin.core.vault.proofs import WIDTH, fold
from tanxin.core.vault.provider import Provider
from tanxin.core.vault.tree import HASH_BYTES

_CHUNK = 8_192


@dataclass(frozen=True, slots=True)
class KeptHashes:
    folder: Path
    log: Log

    @property
    def size(self) -> int:
        return whole_hashes(self._level(0))

    def read(self, level: int, begin: int, end: int) -> Sequence[bytes]:
        return hashes_between(self._level(level), begin, end)

    def extend(self, provider: Provider, leaves: Iterable[bytes]) -> None:
        """Append the leaves from ``size`` on, and the roots of the subtrees they complete."""
        begin, block = self.size, bytearray()
        for leaf in leaves:
            block += leaf
            if len(block) == _CHUNK * HASH_BYTES:
                append(self._level(0), begin * HASH_BYTES, bytes(block))
                begin, block = begin + _CHUNK, bytearray()
        if block:
            append(self._level(0), begin * HASH_BYTES, bytes(block))
        self._complete(provider, 1)

    def _complete(self, provider: Provider, level: int) -> None:
        begin, end = whole_hashes(self._level(level)), whole_hashes(self._level(level - 1)) // WIDTH
        for at in range(begin, end):
            row = self.read(level - 1, at * WIDTH, (at + 1) * WIDTH)
            append(self._level(level), at * HASH_BYTES, fold(provider, row))
        if end:
            self._complete(provider, level + 1)

    def _level(self, level: int) -> Path:
        return self.folder / f"{self.log.value}.{level}"
