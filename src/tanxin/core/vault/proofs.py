"""Proofs of RFC 6962: that a leaf is in a tree, and that one tree grew out of another.

Proofs are made from complete subtrees whose hashes are stored: level 0 holds leaf hashes, level 1
the roots of 256 leaves each, level 2 of 65,536, and so on. They are checked as RFC 9162 says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tanxin.core.vault.provider import Provider
from tanxin.core.vault.tree import HASH_BYTES, node_hash

STRIDE = 8
WIDTH = 1 << STRIDE


class NoSuchProof(Exception):
    """The tree does not reach that far."""


class Nodes(Protocol):
    """The stored hashes of one tree."""

    def read(self, level: int, begin: int, end: int) -> Sequence[bytes]:
        """Return the roots of complete subtrees of ``256 ** level`` leaves."""
        ...


@dataclass(frozen=True, slots=True)
class Prover:
    """Makes proofs about the first ``size`` leaves of stored nodes."""

    provider: Provider
    nodes: Nodes

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """Return the path of leaf ``index`` in the tree of ``size`` leaves, the leaf's side first.

        Raises ``NoSuchProof``.
        """
        if not 0 <= index < size:
            raise NoSuchProof(f"leaf {index} is not among {size}")
        path: list[bytes] = []
        begin, end = 0, size
        while end - begin > 1:
            middle = begin + _split(end - begin)
            if index < middle:
                path.append(self.subtree(middle, end))
                end = middle
            else:
                path.append(self.subtree(begin, middle))
                begin = middle
        return path[::-1]

    def consistency(self, older: int, newer: int) -> list[bytes]:
        """Return the proof that the tree of ``newer`` leaves begins with that of ``older``."""
        if not 0 < older <= newer:
            raise NoSuchProof(f"a tree of {newer} did not grow out of one of {older}")
        path: list[bytes] = []
        begin, end, whole = 0, newer, True
        while older < end:
            middle = begin + _split(end - begin)
            if older <= middle:
                path.append(self.subtree(middle, end))
                end = middle
            else:
                path.append(self.subtree(begin, middle))
                begin, whole = middle, False
        return path[::-1] if whole else [self.subtree(begin, end), *path[::-1]]

    def root(self, size: int) -> bytes:
        return self.subtree(0, size) if size else self.provider.hash(b"")

    def subtree(self, begin: int, end: int) -> bytes:
        """Return the root over the leaves from ``begin`` up to ``end``."""
        count = end - begin
        if count & (count - 1):
            middle = begin + _split(count)
            left, right = self.subtree(begin, middle), self.subtree(middle, end)
            return node_hash(self.provider, left, right)
        level = (count.bit_length() - 1) // STRIDE
        shift = level * STRIDE
        row = list(self.nodes.read(level, begin >> shift, end >> shift))
        return fold(self.provider, row)


def fold(provider: Provider, row: Sequence[bytes]) -> bytes:
    """Return the root over a power of two of hashes."""
    while len(row) > 1:
        row = [node_hash(provider, row[at], row[at + 1]) for at in range(0, len(row), 2)]
    return row[0]


def _split(count: int) -> int:
    """The largest power of two below ``count``."""
    return 1 << (count - 1).bit_length() - 1


@dataclass(frozen=True, slots=True)
class Place:
    """A leaf's number in a tree of ``size`` leaves under ``root``."""

    index: int
    size: int
    root: bytes

    def is_proved(self, provider: Provider, leaf: bytes, path: Sequence[bytes]) -> bool:
        """Whether ``path`` proves that ``leaf`` stands here."""
        if not 0 <= self.index < self.size or not _are_hashes(path):
            return False
        here, last, top = self.index, self.size - 1, leaf
        for step in path:
            if last == 0:
                return False
            if here & 1 or here == last:
                top = node_hash(provider, step, top)
                while not here & 1 and here:
                    here, last = here >> 1, last >> 1
            else:
                top = node_hash(provider, top, step)
            here, last = here >> 1, last >> 1
        return last == 0 and top == self.root


@dataclass(frozen=True, slots=True)
class Grown:
    """A tree before and after; ``is_proved`` asks whether the second began with the first."""

    older: int
    older_root: bytes
    newer: int
    newer_root: bytes

    def is_proved(self, provider: Provider, path: Sequence[bytes]) -> bool:
        if not 0 < self.older <= self.newer or not _are_hashes(path):
            return False
        if self.older == self.newer:
            return not path and self.older_root == self.newer_root
        if self.older & (self.older - 1) == 0:
            path = [self.older_root, *path]
        return bool(path) and self._walks_to_both(provider, path)

    def _walks_to_both(self, provider: Provider, path: Sequence[bytes]) -> bool:
        here, last = self.older - 1, self.newer - 1
        while here & 1:
            here, last = here >> 1, last >> 1
        old = new = path[0]
        for step in path[1:]:
            if last == 0:
                return False
            if here & 1 or here == last:
                old, new = node_hash(provider, step, old), node_hash(provider, step, new)
                while not here & 1 and here:
                    here, last = here >> 1, last >> 1
            else:
                new = node_hash(provider, new, step)
            here, last = here >> 1, last >> 1
        return last == 0 and (old, new) == (self.older_root, self.newer_root)


def _are_hashes(path: Sequence[bytes]) -> bool:
    return all(len(step) == HASH_BYTES for step in path)
